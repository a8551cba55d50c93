/// Names and values that do not change from object to object.
enum Line {
  static let dn = bytes("dn")
  static let objectClass = bytes("objectClass")
  static let cn = bytes("cn")
  static let sn = bytes("sn")
  static let givenName = bytes("givenName")
  static let displayName = bytes("displayName")
  static let distinguishedName = bytes("distinguishedName")
  static let instanceType = bytes("instanceType")
  static let whenCreated = bytes("whenCreated")
  static let whenChanged = bytes("whenChanged")
  static let uSNCreated = bytes("uSNCreated")
  static let name = bytes("name")
  static let objectGUID = bytes("objectGUID")
  static let userAccountControl = bytes("userAccountControl")
  static let codePage = bytes("codePage")
  static let pwdLastSet = bytes("pwdLastSet")
  static let primaryGroupID = bytes("primaryGroupID")
  static let objectSid = bytes("objectSid")
  static let accountExpires = bytes("accountExpires")
  static let sAMAccountName = bytes("sAMAccountName")
  static let sAMAccountType = bytes("sAMAccountType")
  static let userPrincipalName = bytes("userPrincipalName")
  static let objectCategory = bytes("objectCategory")
  static let mail = bytes("mail")
  static let mailNickname = bytes("mailNickname")
  static let proxyAddresses = bytes("proxyAddresses")
  static let member = bytes("member")
  static let groupType = bytes("groupType")

  static let userClasses = ["top", "person", "organizationalPerson", "user"].map(bytes)
  static let groupClasses = ["top", "group"].map(bytes)
  static let four = bytes("4")
  static let zero = bytes("0")
  static let enabled = bytes("512")
  static let disabled = bytes("514")
  static let domainUsers = bytes("513")
  static let never = bytes("9223372036854775807")
  static let normalAccount = bytes("805306368")
  static let globalSecurity = bytes("-2147483646")
  static let personCategory = bytes("CN=Person,CN=Schema,CN=Configuration,DC=contoso,DC=com")
  static let groupName = bytes("Everyone in the company")
  static let groupDN = bytes("CN=Everyone in the company,OU=Groups,DC=contoso,DC=com")
  static let cnPrefix = bytes("CN=")
  static let ouPrefix = bytes(",OU=")
  static let dnTail = bytes(",DC=contoso,DC=com")

  /// S-1-5-21-3623811015-3361044348-30300820, without the relative part.
  static let domainSID: [UInt8] = [
    1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 0xC7, 0xF7, 0xFE, 0xD7, 0x7C, 0x77, 0x55, 0xC8, 0x94,
    0x5A, 0xCE, 0x01,
  ]

  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}
