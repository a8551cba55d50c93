import Directory

/// The attributes that the engine itself looks at.
public struct WellKnownAttributes: Sendable {
  package let objectClass: AttributeID
  package let isDeleted: AttributeID
  package let objectGUID: AttributeID
  package let entryUUID: AttributeID
  package let cn: AttributeID
  package let userPrincipalName: AttributeID
  package let mail: AttributeID
  package let proxyAddresses: AttributeID
  package let targetAddress: AttributeID
  package let sipAddress: AttributeID
  package let mailNickname: AttributeID
  package let sAMAccountName: AttributeID
  package let userAccountControl: AttributeID
  package let objectSid: AttributeID
  package let masterAccountSid: AttributeID
  package let originatorSid: AttributeID
  package let recipientTypeDetails: AttributeID
  package let homeMDB: AttributeID
  package let servicePrincipalName: AttributeID
  package let policiesIncluded: AttributeID
  package let policiesExcluded: AttributeID
  /// The attribute that feeds the cloud UPN.
  package let login: AttributeID
  /// Those whose values have a `type:` prefix.
  private let typed: [AttributeID]

  init(table: inout AttributeTable, loginAttribute: String?) {
    objectClass = table.need("objectClass")
    isDeleted = table.need("isDeleted")
    objectGUID = table.need("objectGUID")
    entryUUID = table.need("entryUUID")
    cn = table.need("cn")
    userPrincipalName = table.need("userPrincipalName")
    mail = table.need("mail")
    proxyAddresses = table.need("proxyAddresses")
    targetAddress = table.need("targetAddress")
    sipAddress = table.need("msRTCSIP-PrimaryUserAddress")
    mailNickname = table.need("mailNickname")
    sAMAccountName = table.need("sAMAccountName")
    userAccountControl = table.need("userAccountControl")
    objectSid = table.need("objectSid")
    masterAccountSid = table.need("msExchMasterAccountSid")
    originatorSid = table.need("msRTCSIP-OriginatorSid")
    recipientTypeDetails = table.need("msExchRecipientTypeDetails")
    homeMDB = table.need("homeMDB")
    servicePrincipalName = table.need("servicePrincipalName", .count)
    policiesIncluded = table.need("msExchPoliciesIncluded", .count)
    policiesExcluded = table.need("msExchPoliciesExcluded", .count)
    login = loginAttribute.map { table.need($0) } ?? userPrincipalName
    typed = Schema.names(.typed).map { table.need($0) }
  }

  /// Whether values of `attribute` have a `type:` prefix.
  package func isTyped(_ attribute: AttributeID) -> Bool { typed.contains(attribute) }
}
