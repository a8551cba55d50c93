import Directory

/// The attributes that the engine itself looks at.
public struct WellKnownAttributes: Sendable {
  let objectClass: AttributeID
  let objectGUID: AttributeID
  let entryUUID: AttributeID
  let cn: AttributeID
  let userPrincipalName: AttributeID
  let mail: AttributeID
  let proxyAddresses: AttributeID
  let targetAddress: AttributeID
  let sipAddress: AttributeID
  let mailNickname: AttributeID
  let sAMAccountName: AttributeID
  let userAccountControl: AttributeID
  let objectSid: AttributeID
  let masterAccountSid: AttributeID
  let originatorSid: AttributeID
  let recipientTypeDetails: AttributeID
  let homeMDB: AttributeID
  let servicePrincipalName: AttributeID
  let policiesIncluded: AttributeID
  let policiesExcluded: AttributeID
  /// The attribute that feeds the cloud UPN.
  let login: AttributeID

  init(table: inout AttributeTable, loginAttribute: String?) {
    objectClass = table.need("objectClass")
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
  }
}
