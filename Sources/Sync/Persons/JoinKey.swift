import Bytes
import Directory
import Rules

/// A value by which objects are joined into one person.
public struct JoinKey: Hashable, Sendable {
  var kind: UInt8
  var value: [UInt8]

  static let sidKind: UInt8 = 0
  static let mailKind: UInt8 = 1
  static let samNicknameKind: UInt8 = 2
  static let attributeKind: UInt8 = 3
  static let contactKind: UInt8 = 4
}

extension ObjectView {
  /// The values by which Connect would join the entry with objects of other connectors.
  ///
  /// Persons by what the wizard was told (Microsoft's "Custom installation of Microsoft Entra
  /// Connect", page "Uniquely identifying your users"); contacts always on mail.
  public func joinKeys(_ objectClass: ObjectClass) -> [JoinKey] {
    if objectClass == .contact {
      // Outside of Active Directory there may be several.
      return entry.values(attributes.mail).map(\.trimmed).filter { !$0.isEmpty }
        .map { JoinKey(kind: JoinKey.contactKind, value: folded($0)) }
    }
    guard objectClass == .user || objectClass == .inetOrgPerson else { return [] }
    switch sync.tenant.join {
    case .none: return []
    case .sid: return sidKeys
    case .mail: return key(JoinKey.mailKind, [attributes.mail])
    case .samNickname:
      return key(JoinKey.samNicknameKind, [attributes.sAMAccountName, attributes.mailNickname])
    case .attribute(let name):
      guard let attribute = sync.table.find(name) else { return [] }
      return key(JoinKey.attributeKind, [attribute])
    }
  }

  /// objectSid, msExchMasterAccountSid and msRTCSIP-OriginatorSid name one person when equal.
  private var sidKeys: [JoinKey] {
    [attributes.objectSid, attributes.masterAccountSid, attributes.originatorSid]
      .compactMap { entry.first($0) }
      .filter { !$0.isEmpty && !Self.isWellKnownSID($0) }
      .map { JoinKey(kind: JoinKey.sidKind, value: $0.array) }
  }

  /// NT AUTHORITY\SELF, which Exchange writes as the master of shared mailboxes, is no account.
  private static func isWellKnownSID(_ sid: ByteView) -> Bool { sid.count < 24 }

  private func key(_ kind: UInt8, _ wanted: [AttributeID]) -> [JoinKey] {
    var value: [UInt8] = []
    for attribute in wanted {
      guard let text = entry.first(attribute)?.trimmed, !text.isEmpty else { return [] }
      value.append(contentsOf: folded(text))
      value.append(0)
    }
    return [JoinKey(kind: kind, value: value)]
  }

  private func folded(_ text: ByteView) -> [UInt8] {
    UnicodeText.foldCase(text, into: entry.arena).map(\.asciiLowercased)
  }
}
