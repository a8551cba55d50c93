import Bytes
import LDIF

/// Which patch something belongs to.
public struct PatchIdentity: Sendable, Equatable {
  /// SHA-256 of the records, comments left out, in hexadecimal digits.
  public var hash: String
  /// How many records there are.
  public var records: Int

  /// The identity of the patch of `records`.
  public init(_ records: [ChangeRecord]) {
    var hasher = SHA256()
    for record in records {
      let bytes = JournalLine.ldif(record)
      hasher.update(bigEndian: UInt64(bytes.count))
      bytes.withByteView { hasher.update($0) }
    }
    hash = hasher.finalize().hexadecimal()
    self.records = records.count
  }

  init(hash: String, records: Int) {
    self.hash = hash
    self.records = records
  }
}
