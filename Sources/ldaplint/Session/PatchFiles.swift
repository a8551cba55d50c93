import Bytes
import Directory
import LDIF
import Repairs
import System

/// The files that a plan is written to: patches and what takes them back.
struct PatchFiles {
  var output: String
  var undo: String?
  var splitBy: SplitBy?
  /// Files that must not be written over, and why: the sources.
  var taken: [FileIdentity: String] = [:]

  /// One file and the records in it.
  private struct Part {
    var file: OutputFile
    var objects: [ObjectEdit]
    var isUndo: Bool
  }

  /// Writes `objects`, one pair of files per source or domain where that was asked for. All of them take
  /// their places when all are written, an undo before its patch.
  func write(_ objects: [ObjectEdit], sources: [String]) throws {
    var parts: [Part] = []
    var taken = taken
    for (path, undo, objects) in try pairs(objects, sources: sources) {
      if let undo { parts.append(try Self.part(objects, undo, isUndo: true, &taken)) }
      parts.append(try Self.part(objects, path, isUndo: false, &taken))
    }
    for part in parts { try Self.check(Self.write(part)) }
    for part in parts { try Self.check(part.file.close()) }
  }

  private func pairs(
    _ objects: [ObjectEdit], sources: [String]
  ) throws -> [(String, String?, [ObjectEdit])] {
    let undo = undo.flatMap { $0.isEmpty ? nil : $0 }
    guard let splitBy else {
      return [(output, self.undo == nil ? Self.undoName(output) : undo, objects)]
    }
    guard output != "-" else { throw Failure("--split-by needs a file name, not -") }
    return groups(objects, by: splitBy, sources: sources).map { key, part in
      let name = Self.inserted(key, in: output)
      return (
        name, self.undo == nil ? Self.undoName(name) : undo.map { Self.inserted(key, in: $0) }, part
      )
    }
  }

  private static func part(
    _ objects: [ObjectEdit], _ path: String, isUndo: Bool, _ taken: inout [FileIdentity: String]
  ) throws -> Part {
    let file = try OutputFile.opened(path == "-" ? nil : path, taken: taken)
    if let identity = file.identity { taken[identity] = "another patch or undo goes there" }
    return Part(file: file, objects: objects, isUndo: isUndo)
  }

  private func groups(
    _ objects: [ObjectEdit], by split: SplitBy, sources: [String]
  ) -> [(String, [ObjectEdit])] {
    var order: [String] = []
    var groups: [String: [ObjectEdit]] = [:]
    for object in objects {
      let key: String
      switch split {
      case .source:
        let name = Self.withoutExtension(sources[object.source])
        key = Self.fileSafe("\(object.source + 1)-\(name)")
      case .domain:
        let arena = ByteArena(blockSize: 1024)
        // The view that comes back lives in the arena.
        let domain = withExtendedLifetime(arena) {
          object.dn.withByteView { DistinguishedName.domainName(of: $0, into: arena)?.string }
        }
        key = Self.fileSafe(domain ?? "no-domain")
      }
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(object)
    }
    return order.map { ($0, groups[$0] ?? []) }
  }

  private static func write(_ part: Part) -> OutputFile.Failed? {
    let writer = LDIFWriter()
    var buffer = OutputBuffer()
    writer.version(to: &buffer)
    if let failure = part.file.write(&buffer) { return failure }
    for object in part.isUndo ? part.objects.reversed() : part.objects {
      writer.write(
        part.isUndo ? PatchRecords.backward(object) : PatchRecords.forward(object), to: &buffer)
      if let failure = part.file.write(&buffer) { return failure }
    }
    return nil
  }

  private static func check(_ failure: OutputFile.Failed?) throws {
    if let failure, failure.error != .brokenPipe {
      throw Failure("\(failure.name): the patch could not be written: \(failure.error)")
    }
  }

  /// `patch.ldif` → `patch.undo.ldif`; nothing for standard output.
  private static func undoName(_ path: String) -> String? {
    path == "-" ? nil : inserted("undo", in: path)
  }

  private static func inserted(_ word: String, in path: String) -> String {
    "\(withoutExtension(path)).\(word).ldif"
  }

  private static func withoutExtension(_ path: String) -> String {
    path.hasSuffix(".ldif") ? String(path.dropLast(5)) : path
  }

  /// `text` with only characters that every file system takes.
  private static func fileSafe(_ text: String) -> String {
    String(
      text.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "_" })
  }
}
