import Bytes
import Directory
import Rules

/// Linked mailboxes: Exchange's mailbox in a resource forest is joined with the account of another
/// forest that logs on to it, and does not arrive without it.
extension ObjectView {
  /// Where the account has what `masterAccountSID` names.
  public static let accountAttribute = "objectSid"

  /// The SID of the account that the entry, a linked mailbox, waits for.
  public var masterAccountSID: [UInt8]? { entry.first(attributes.masterAccountSid)?.array }

  /// Type 2 of msExchRecipientTypeDetails waits for the account that logs on to it.
  func isLinkedMailbox(_ objectClass: ObjectClass) -> Bool {
    guard objectClass == .user || objectClass == .inetOrgPerson,
      let type = entry.first(attributes.recipientTypeDetails)
    else { return false }
    return type.count == 1 && type[0] == 0x32
  }

  var hasMasterAccount: Bool {
    guard let masterAccounts, let sid = entry.first(attributes.masterAccountSid) else {
      return false
    }
    return masterAccounts.contains(sid.array)
  }
}
