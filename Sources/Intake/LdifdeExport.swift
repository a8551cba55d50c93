import Bytes
import Directory
import LDIF
import System

/// LDIF as `ldifde -f` writes it: every entry is one to be added, and of a group with many members some
/// stand in records of their own that only add values. They are read with their entry; nothing is copied.
enum LdifdeExport {
  /// Files up to this many bytes are searched whatever they begin with.
  private static let smallSize = 1 << 20

  /// The merged `source`, which is LDIF; the same when it has no such records.
  static func merged(_ source: OpenedSource) throws(SystemError) -> OpenedSource {
    guard try hasChanges(source.input), let export = try MergedExport.merge(source.input) else {
      return source
    }
    var result = source.holding(
      OpenedSource(
        input: LDIFInput(file: ReadableFile(stretches: export.stretches), firstByte: 0),
        places: MergedPlaces(export.places)))
    result.faults += export.orphans.map { orphan in
      OpenedSource.Fault(
        "adds values to \(orphan.dn.withByteView { HostileText.quoted($0) }), of which this export has no entry; they "
          + "were not checked",
        line: source.places.line(of: orphan.line),
        byteOffset: source.places.offset(of: orphan.offset))
    }
    let more = export.orphanCount - export.orphans.count
    if more > 0 {
      result.faults.append(
        OpenedSource.Fault("\(more) more records add values to entries that are not in this export")
      )
    }
    return result
  }

  /// Whether `input` has change records, as far as its beginning and its end tell.
  private static func hasChanges(_ input: LDIFInput) throws(SystemError) -> Bool {
    let size = input.file.size
    guard size > smallSize else { return size > 0 }
    let window = FileWindow(file: input.file, capacity: Intake.headSize)
    for offset in [0, size - Intake.headSize] {
      try window.load(at: offset, count: Intake.headSize)
      if hasChangeType(window.bytes) { return true }
    }
    return false
  }

  /// Whether a line of `bytes` begins with `changetype:`.
  private static func hasChangeType(_ bytes: ByteView) -> Bool {
    var start = 0
    while let newline = bytes.firstIndex(of: 0x0A, from: start) {
      if bytes[start..<newline].isNamed("changetype") { return true }
      start = newline + 1
    }
    return false
  }
}

/// The places of an export of which records were merged.
private struct MergedPlaces: PlaceMap {
  private let places: [MergedExport.Place]

  init(_ places: [MergedExport.Place]) { self.places = places }

  func line(of line: Int) -> Int {
    guard let index = places.lastIndexInOrder(where: { $0.own.line <= line }) else { return line }
    return places[index].given.line + line - places[index].own.line
  }

  func offset(of offset: Int) -> Int? {
    guard let index = places.lastIndexInOrder(where: { $0.own.offset <= offset }) else {
      return offset
    }
    return places[index].given.offset + offset - places[index].own.offset
  }
}
