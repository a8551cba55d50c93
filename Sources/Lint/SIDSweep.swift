import Directory
import Sync

/// Looks through all sources for the accounts that linked mailboxes wait for.
struct SIDSweep {
  private let context: RunContext

  init(_ context: RunContext) { self.context = context }

  /// Those of `wanted` that are some object's objectSid.
  func accounts(wanted: Set<[UInt8]>) -> Set<[UInt8]> {
    var table = AttributeTable()
    let sid = table.need(ObjectView.accountAttribute)
    let parts = context.sweep(table, from: Set<[UInt8]>()) { found, entry, _, _, _ in
      if let bytes = entry.first(sid)?.array, wanted.contains(bytes),
        !DistinguishedName.isOfDeletedObject(entry.dn)
      {
        found.insert(bytes)
      }
    }
    return parts.reduce(into: []) { $0.formUnion($1) }
  }
}
