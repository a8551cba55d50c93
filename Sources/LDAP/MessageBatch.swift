internal import CLDAP

/// The entries of one page, as they arrived, before they are written: a page that breaks off can
/// still be asked for again. Freed when it goes.
@safe
struct MessageBatch: ~Copyable {
  /// libldap's messages. Valid until `deinit`.
  private(set) var entries: [OpaquePointer] = unsafe []
  /// The URLs of search references, a list for each.
  var references: [[String]] = []

  /// A batch of nothing.
  init() {}

  deinit {
    for index in unsafe entries.indices { unsafe ldap_msgfree(entries[index]) }
  }

  /// How many entries there are.
  var count: Int { unsafe entries.count }

  /// Takes over `message`, an entry.
  mutating func append(_ message: consuming Message) {
    unsafe entries.append(message.take())
  }

  /// The DN of the first entry, or nil when there is none.
  borrowing func firstDN(_ connection: borrowing Connection) -> [UInt8]? {
    unsafe dn(of: entries.first, connection)
  }

  /// The DNs of the first and the last entry; none when there is no entry.
  borrowing func ends(_ connection: borrowing Connection) -> [[UInt8]] {
    unsafe [dn(of: entries.first, connection), dn(of: entries.last, connection)].compactMap(\.self)
  }

  private borrowing func dn(
    of message: OpaquePointer?, _ connection: borrowing Connection
  ) -> [UInt8]? {
    guard let message = unsafe message,
      let cursor = unsafe EntryCursor(session: connection.handle, message: message)
    else { return nil }
    return cursor.dn.array
  }
}
