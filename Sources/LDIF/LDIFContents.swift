import Bytes
import System

/// What the records of an LDIF are: entries, which make an export, or changes, which make a patch.
public enum LDIFContents: Sendable {
  /// Entries, or entries to be added, and no change but values that are added, as `ldifde` writes them.
  case entries
  /// Some change of an entry.
  case changes
  /// No record.
  case nothing

  /// Records that are looked at: with all of them entries, the rest is no patch either.
  private static let maximumRecords = 10_000
  /// What is looked at of one, in bytes.
  private static let maximumRecord = 1 << 20

  /// What `input` has, as its first records tell. Throws when it cannot be read.
  public init(of input: LDIFInput) throws(SystemError) {
    var walk = try RecordWalk(input)
    let window = FileWindow(file: input.file, capacity: 1 << 16)
    let hash = KeyedHash()
    var entries = 0
    var additions = 0
    while entries + additions < Self.maximumRecords, let record = try walk.next() {
      if record.kind == .entry {
        entries += 1
        continue
      }
      try window.load(
        at: record.range.lowerBound, count: min(record.range.count, Self.maximumRecord))
      guard record.kind == .modify, AddedValues.added(by: window.bytes, hash) != nil else {
        self = .changes
        return
      }
      additions += 1
    }
    self = entries > 0 ? .entries : additions > 0 ? .changes : .nothing
  }
}
