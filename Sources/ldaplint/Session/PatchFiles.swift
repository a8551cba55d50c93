import Bytes
import Repairs
import System

/// The files that a plan is written to: patches and what takes them back.
///
/// No two of them are one file, nor is one of them a file that the run reads; all of them take their
/// places when all are on the disk, an undo before its patch.
struct PatchFiles {
  private let names: PatchNames
  /// Files that must not be written over, and why.
  private let taken: [FileIdentity: String]
  /// The files of a plan that is not split, opened before the run.
  private let single: Pair?

  private struct Pair {
    var patch: OutputFile
    var undo: OutputFile?
  }

  /// One file and the records in it.
  private struct Part {
    var file: OutputFile
    var objects: [ObjectEdit]
    var isUndo: Bool
  }

  /// Opens what is called `names`, where that is known already, unless it is one of `taken`.
  init(_ names: PatchNames, taken: [FileIdentity: String]) throws {
    self.names = names
    self.taken = taken
    var taken = taken
    single = try names.single.map { try Self.opened($0, &taken) }
  }

  /// Writes `objects` in `form`, one pair of files per source or domain where that was asked for.
  func write(_ objects: [ObjectEdit], _ form: PatchForm, sources: [String]) throws {
    var parts: [Part] = []
    if let single {
      parts = Self.parts(single, objects)
    } else {
      var taken = taken
      for (names, objects) in names.split(objects, sources: sources) {
        parts += Self.parts(try Self.opened(names, &taken), objects)
      }
    }
    for part in parts where part.file.isBeside {
      try Self.check(Self.write(part, form) ?? part.file.settle())
    }
    for part in parts {
      try Self.check((part.file.isBeside ? nil : Self.write(part, form)) ?? part.file.close())
    }
  }

  private static func opened(
    _ names: PatchNames.Pair, _ taken: inout [FileIdentity: String]
  ) throws -> Pair {
    func open(_ path: String) throws -> OutputFile {
      let file = try OutputFile.opened(path == "-" ? nil : path, taken: taken)
      if let identity = file.identity { taken[identity] = "another patch or undo goes there" }
      return file
    }
    let undo = try names.undo.map(open)
    return Pair(patch: try open(names.patch), undo: undo)
  }

  private static func parts(_ pair: Pair, _ objects: [ObjectEdit]) -> [Part] {
    let undo = pair.undo.map { [Part(file: $0, objects: objects.reversed(), isUndo: true)] }
    return (undo ?? []) + [Part(file: pair.patch, objects: objects, isUndo: false)]
  }

  private static func write(_ part: Part, _ form: PatchForm) -> OutputFile.Failed? {
    var buffer = OutputBuffer()
    form.begin(part.objects, isUndo: part.isUndo, to: &buffer)
    if let failure = part.file.write(&buffer) { return failure }
    for object in part.objects {
      form.write(object, isUndo: part.isUndo, to: &buffer)
      if let failure = part.file.write(&buffer) { return failure }
    }
    form.end(part.objects.count, to: &buffer)
    return part.file.write(&buffer)
  }

  private static func check(_ failure: OutputFile.Failed?) throws {
    if let failure, failure.error != .brokenPipe {
      throw Failure("\(failure.name): the patch could not be written: \(failure.error)")
    }
  }
}
