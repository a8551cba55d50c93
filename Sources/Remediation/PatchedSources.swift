import Bytes
import Checks
import Directory
import LDIF
import Lint

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Applies a plan to copies of the sources, so that what comes of it can be linted like any file.
struct PatchedSources {
  private let context: RunContext
  private let folder: String

  init(_ context: RunContext, spoolFolder: String) {
    self.context = context
    folder = spoolFolder
  }

  /// The sources with `objects` changed, which are in the order of their positions, and where their
  /// objects were.
  func apply(
    _ objects: [ObjectChange]
  ) throws(SystemError) -> (sources: [LintSource], origins: PositionMap) {
    var result: [LintSource] = []
    var origins = PositionMap(sources: context.sources.count)
    var bySource: [Int: [ObjectChange]] = [:]
    for object in objects { bySource[object.source, default: []].append(object) }
    for number in context.sources.indices {
      var source = context.sources[number]
      if let mine = bySource[number] {
        let file = try patch(source.input, number, mine, &origins)
        source.input = LDIFInput(file: file, firstByte: 0)
      }
      // What was wrong with the input has been said of the source itself.
      source.problems = []
      result.append(source)
    }
    return (result, origins)
  }

  private func patch(
    _ input: LDIFInput, _ source: Int, _ objects: [ObjectChange], _ origins: inout PositionMap
  ) throws(SystemError) -> ReadableFile {
    let target = try Spool.make(in: folder)
    do throws(SystemError) {
      try write(input, source, objects, to: target, &origins)
      return try ReadableFile(adopting: target)
    } catch {
      close(target)
      throw error
    }
  }

  private func write(
    _ input: LDIFInput, _ source: Int, _ objects: [ObjectChange], to target: Int32,
    _ origins: inout PositionMap
  ) throws(SystemError) {
    let base = context.map.start(of: source)
    let entry = Entry(table: AttributeTable())
    var reader = ChunkReader(file: input.file, table: AttributeTable())
    let window = FileWindow(file: input.file, capacity: 1 << 20)
    var done = input.firstByte
    var written = 0
    origins.append(source: source, now: 0, before: done)
    for object in objects {
      let start = object.position - base
      try copy(window, from: done, to: start, target)
      written += start - done
      origins.append(source: source, now: written, before: start)
      _ = try reader.readBlock(at: start, into: entry)
      done = reader.nextOffset
      try window.load(at: start, count: done - start)
      for var record in ContentReader.read(window.bytes).records {
        for change in object.changes { record.apply(change) }
        var text = OutputBuffer()
        LDIFWriter().write(record, to: &text)
        try text.withByteView { (bytes) throws(SystemError) in try Spool.write(bytes, to: target) }
        written += text.count
      }
      origins.append(source: source, now: written, before: done)
    }
    try copy(window, from: done, to: input.file.size, target)
  }

  private func copy(
    _ window: FileWindow, from start: Int, to end: Int, _ target: Int32
  ) throws(SystemError) {
    var position = start
    while position < end {
      try window.load(at: position, count: min(1 << 20, end - position))
      guard !window.bytes.isEmpty else { return }
      try Spool.write(window.bytes, to: target)
      position += window.bytes.count
    }
  }
}

extension ContentRecord {
  /// Removes and adds values of one attribute, whatever options it is written with.
  mutating func apply(_ change: AttributeChange) {
    let wanted = change.attribute.lowercased()
    func isWanted(_ name: String) -> Bool {
      name.lowercased().split(separator: ";").first.map { $0 == wanted } ?? false
    }
    var removed = change.removed
    for index in attributes.indices where isWanted(attributes[index].name) {
      attributes[index].values.removeAll { value in
        guard let found = removed.firstIndex(of: value) else { return false }
        removed.remove(at: found)
        return true
      }
    }
    attributes.removeAll { $0.values.isEmpty }
    guard !change.added.isEmpty else { return }
    if let index = attributes.firstIndex(where: { isWanted($0.name) }) {
      attributes[index].values += change.added
    } else {
      attributes.append(Attribute(change.attribute, change.added))
    }
  }
}
