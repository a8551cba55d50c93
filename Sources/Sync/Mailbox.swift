import Bytes
import Directory

/// What Exchange and the account's flags say of the object.
extension ObjectView {
  /// Recipient types with a mailbox here or in the cloud (Exchange's RecipientTypeDetails: user,
  /// linked, shared, legacy, room, equipment; remote user, room, equipment, shared).
  private static let mailboxTypes: Int64 =
    0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x20 | 0x8000_0000 | 0x2_0000_0000 | 0x4_0000_0000
    | 0x8_0000_0000

  /// Whether it has a mailbox: homeMDB, or a recipient type that says so.
  public var hasMailbox: Bool {
    let type = entry.first(attributes.recipientTypeDetails).flatMap(LDAPInteger.parse) ?? 0
    return entry.has(attributes.homeMDB) || type & Self.mailboxTypes != 0
  }

  /// Whether it has a mailbox or an alias, so that an address of it may be missed.
  public var isRecipient: Bool { hasMailbox || entry.has(attributes.mailNickname) }

  /// Whether the account is enabled; what has no flags is.
  public var isEnabled: Bool {
    let flags = entry.first(attributes.userAccountControl).flatMap { UserAccountControl($0) }
    return flags.map { !$0.contains(.accountDisable) } ?? true
  }
}
