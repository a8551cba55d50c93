import Bytes
import Directory
import LDIF
import Repairs

/// The files that a plan is written to: patches and what takes them back.
struct PatchFiles {
  var output: String
  var undo: String?
  var splitBy: SplitBy?
  /// Files that must not be written over, and why: the sources.
  var taken: [FileIdentity: String] = [:]

  /// Writes `objects`, one pair of files per source or domain where that was asked for.
  func write(_ objects: [ObjectEdit], sources: [String]) throws {
    guard let splitBy else {
      try write(objects, to: output, undo: undo ?? Self.undoName(output))
      return
    }
    guard output != "-" else { throw Failure("--split-by needs a file name, not -") }
    for (key, part) in groups(objects, by: splitBy, sources: sources) {
      let name = Self.inserted(key, in: output)
      try write(
        part, to: name, undo: undo.map { Self.inserted(key, in: $0) } ?? Self.undoName(name))
    }
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

  private func write(_ objects: [ObjectEdit], to path: String, undo: String?) throws {
    try write(objects.map(PatchRecords.forward), to: path)
    guard let undo, !undo.isEmpty else { return }
    try write(objects.reversed().map(PatchRecords.backward), to: undo)
  }

  private func write(_ records: [ChangeRecord], to path: String) throws {
    let file = try OutputFile(path == "-" ? nil : path, taken: taken)
    file.empty()
    let writer = LDIFWriter()
    var buffer = OutputBuffer()
    writer.version(to: &buffer)
    var failure: OutputFile.Failed?
    for record in records {
      writer.write(record, to: &buffer)
      failure = failure ?? file.write(&buffer)
    }
    failure = failure ?? file.write(&buffer) ?? file.close()
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
