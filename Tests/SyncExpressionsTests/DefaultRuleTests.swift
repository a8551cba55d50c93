import Directory
import Testing

@testable import SyncExpressions

/// The expressions of Entra Connect's out-of-box rules, as they are.
enum DefaultRules {
  static let user =
    #"IIF(IsPresent([isCriticalSystemObject]) || IsPresent([sAMAccountName]) = False || [sAMAccountName] = "SUPPORT_388945a0" || Left([mailNickname], 14) = "SystemMailbox{" || Left([sAMAccountName], 4) = "AAD_" || (Left([mailNickname], 4) = "CAS_" && (InStr([mailNickname], "}") > 0)) || (Left([sAMAccountName], 4) = "CAS_" && (InStr([sAMAccountName], "}") > 0)) || Left([sAMAccountName], 5) = "MSOL_" || CBool(IIF(IsPresent([msExchRecipientTypeDetails]),BitAnd([msExchRecipientTypeDetails],&H21C07000) > 0,NULL)) || CBool(InStr(DNComponent(CRef([dn]),1),"\\0ACNF:")>0), True, NULL)"#
  static let group =
    #"IIF(IsPresent([isCriticalSystemObject]) || [sAMAccountName] = "MSOL_AD_Sync_RichCoexistence" || CBool(IIF(IsPresent([msExchRecipientTypeDetails]),BitAnd([msExchRecipientTypeDetails],&H40000000) > 0,NULL))  || CBool(InStr(DNComponent(CRef([dn]),1),"\\0ACNF:")>0), True, NULL)"#
  static let mailEnabled =
    #"IIF(( (IsPresent([proxyAddresses]) = True) && (Contains([proxyAddresses], "SMTP:") > 0) && (InStr(Item([proxyAddresses], Contains([proxyAddresses], "SMTP:")), "@") > 0)) ||  (IsPresent([mail]) = True && (InStr([mail], "@") > 0)), True, False)"#
  static let sourceAnchor =
    "IIF(IsPresent([msExchRecipientTypeDetails]),IIF([msExchRecipientTypeDetails]=2,NULL,IIF(IsString([objectGUID]),CStr([objectGUID]),ConvertToBase64([objectGUID]))),IIF(IsString([objectGUID]),CStr([objectGUID]),ConvertToBase64([objectGUID])))"
  static let userPrincipalName =
    #"IIF(IsPresent([userPrincipalName]),[userPrincipalName], IIF(IsPresent([sAMAccountName]),([sAMAccountName]&"@"&%Domain.FQDN%),Error("AccountName is not present")))"#
  static let accountEnabled = "IIF(BitAnd([userAccountControl],2)=0,True,False)"
  static let displayName = "IIF(IsNullOrEmpty([displayName]),[cn],[displayName])"
  static let proxyAddresses = #"RemoveDuplicates(Trim(ImportedValue("proxyAddresses")))"#
  static let description =
    "IIF(IsNullOrEmpty([description]),NULL,Left(Trim(Item([description],1)),448))"
  static let securityEnabled = "CBool(BitAnd([groupType],-2147483648))"
  static let member =
    #"IIF(([memberCount]> 50000),Error("Maximum Group member count exceeded"),IgnoreThisFlow)"#
  static let device = "IIF(IsNullOrEmpty([userCertificate]),True,NULL)"
  static let contactHidden =
    #"((InStr([displayName], "(MSOL)") > 0) && (CBool([msExchHideFromAddressLists])))"#

  static let all = [
    user, group, mailEnabled, sourceAnchor, userPrincipalName, accountEnabled, displayName,
    proxyAddresses, description, securityEnabled, member, device, contactHidden,
    "Trim([mail])", "Left(Trim([info]),448)", #"ValueCount("member")"#,
    "IIF(IsNullOrEmpty([postOfficeBox]),NULL,Left(Trim(Item([postOfficeBox],1)),448))",
    "IIF(IsNullOrEmpty([url]),NULL,Left(Trim(Item([url],1)),448))",
    "IsPresent([isCriticalSystemObject])", "IsPresent([sAMAccountName]) = False",
    #"Left([sAMAccountName], 4) = "AAD_""#, #"Left([sAMAccountName], 5) = "MSOL_""#,
    #"[sAMAccountName] = "SUPPORT_388945a0""#, #"Left([mailNickname], 14) = "SystemMailbox{""#,
    #"(Left([mailNickname], 4) = "CAS_" && (InStr([mailNickname], "}") > 0))"#,
    #"(InStr([mailNickname], "}") > 0)"#, "IsPresent([proxyAddresses]) = True",
    #"CBool(InStr(DNComponent(CRef([dn]),1),"\\0ACNF:")>0)"#,
    "CBool(IIF(IsPresent([msExchRecipientTypeDetails]),BitAnd([msExchRecipientTypeDetails],&H21C07000) > 0,NULL))",
    #"Error("SourceAnchor attribute has changed.")"#,
  ]
}

struct DefaultRuleTests {
  @Test(arguments: DefaultRules.all)
  func compilesWithoutReservation(_ source: String) throws {
    let messages = try warnings(source).filter { !$0.message.contains("[memberCount]") }
    #expect(messages == [])
  }

  static let ordinary = Sample(["sAMAccountName": "ann", "mailNickname": "ann"])
  static let conflict =
    #"CN=Ann\0ACNF:4d2c5f8e-7a0b-4a94-9c0e-111111111111,OU=x,DC=contoso,DC=com"#

  @Test(arguments: [
    (ordinary, false),
    (Sample(["sAMAccountName": "ann"]), false),
    (Sample(["sAMAccountName": "ann", "isCriticalSystemObject": "TRUE"]), true),
    (Sample(["sAMAccountName": "ann", "isCriticalSystemObject": "FALSE"]), true),
    (Sample(["mailNickname": "ann"]), true),
    (Sample(["sAMAccountName": ""]), true),
    (Sample(["sAMAccountName": "support_388945A0"]), true),
    (Sample(["sAMAccountName": "SUPPORT_388945a01"]), false),
    (Sample(["sAMAccountName": "a", "mailNickname": "SystemMailbox{1}"]), true),
    (Sample(["sAMAccountName": "a", "mailNickname": "SystemMailbox"]), false),
    (Sample(["sAMAccountName": "aad_12ab"]), true),
    (Sample(["sAMAccountName": "AAD"]), false),
    (Sample(["sAMAccountName": "a", "mailNickname": "CAS_{12}"]), true),
    (Sample(["sAMAccountName": "a", "mailNickname": "CAS_12"]), false),
    (Sample(["sAMAccountName": "CAS_{1}"]), true),
    (Sample(["sAMAccountName": "MSOL_1234"]), true),
    (Sample(["sAMAccountName": "a", "msExchRecipientTypeDetails": "4096"]), true),
    (Sample(["sAMAccountName": "a", "msExchRecipientTypeDetails": "536870912"]), true),
    (Sample(["sAMAccountName": "a", "msExchRecipientTypeDetails": "1"]), false),
    (Sample(["sAMAccountName": "a", "msExchRecipientTypeDetails": "2147483648"]), false),
    (Sample(dn: conflict, ["sAMAccountName": "a"]), true),
    (Sample(dn: #"CN=Ann\0acnf:1,DC=x"#, ["sAMAccountName": "a"]), true),
    (Sample(dn: "CN=Ann\u{0A}CNF:1,DC=x", ["sAMAccountName": "a"]), true),
    (Sample(dn: #"CN=Ann,OU=x\0ACNF:1,DC=y"#, ["sAMAccountName": "a"]), false),
  ])
  func userIsFiltered(_ sample: Sample, _ expected: Bool) throws {
    #expect(try isTrue(DefaultRules.user, sample) == expected)
    #expect(try evaluate(DefaultRules.user, sample) == (expected ? "True" : "NULL"))
  }

  @Test(arguments: [
    (Sample(["sAMAccountName": "staff"]), false),
    (Sample([:]), false),
    (Sample(["sAMAccountName": "MSOL_AD_Sync_RichCoexistence"]), true),
    (Sample(["isCriticalSystemObject": "TRUE"]), true),
    (Sample(["msExchRecipientTypeDetails": "1073741824"]), true),
    (Sample(["msExchRecipientTypeDetails": "536870912"]), false),
    (Sample(dn: conflict, [:]), true),
  ])
  func groupIsFiltered(_ sample: Sample, _ expected: Bool) throws {
    #expect(try isTrue(DefaultRules.group, sample) == expected)
  }

  @Test(arguments: [
    (Sample([:]), false),
    (Sample(["proxyAddresses": "SMTP:a@contoso.com"]), true),
    (Sample(["proxyAddresses": "smtp:a@contoso.com"]), false),
    (Sample(["proxyAddresses": "smtp:b@c.com", "proxyAddresses": "SMTP:a"]), false),
    (Sample(["proxyAddresses": "X400:b", "proxyAddresses": "SMTP:a@b.com"]), true),
    (Sample(["mail": "a@contoso.com"]), true),
    (Sample(["mail": "a"]), false),
    (Sample(["mail": "a@contoso.com", "proxyAddresses": "smtp:x"]), true),
  ])
  func contactIsMailEnabled(_ sample: Sample, _ expected: Bool) throws {
    #expect(try isTrue(DefaultRules.mailEnabled, sample) == expected)
  }

  static let guid: [UInt8] = (0..<16).map { $0 * 16 }

  @Test(arguments: [
    (Sample([:]).adding("objectGUID", bytes: guid), #""ABAgMEBQYHCAkKCwwNDg8A==""#),
    (
      Sample(["msExchRecipientTypeDetails": "1"]).adding("objectGUID", bytes: guid),
      #""ABAgMEBQYHCAkKCwwNDg8A==""#
    ),
    (Sample(["msExchRecipientTypeDetails": "2"]).adding("objectGUID", bytes: guid), "NULL"),
    (Sample([:]), "NULL"),
  ])
  func sourceAnchor(_ sample: Sample, _ expected: String) throws {
    #expect(try evaluate(DefaultRules.sourceAnchor, sample) == expected)
  }

  @Test func userPrincipalName() throws {
    let source = DefaultRules.userPrincipalName
    #expect(try evaluate(source, Sample(["userPrincipalName": "a@b.c"])) == #""a@b.c""#)
    #expect(try evaluate(source, Sample(["sAMAccountName": "ann"])) == #""ann@contoso.com""#)
    #expect(try evaluationError(source) == #"the expression raised "AccountName is not present""#)
  }

  @Test(arguments: [
    (DefaultRules.accountEnabled, Sample(["userAccountControl": "512"]), "True"),
    (DefaultRules.accountEnabled, Sample(["userAccountControl": "514"]), "False"),
    (DefaultRules.displayName, Sample(["cn": "a"]), #""a""#),
    (DefaultRules.displayName, Sample(["cn": "a", "displayName": "b"]), #""b""#),
    (
      DefaultRules.proxyAddresses,
      Sample(["proxyAddresses": " smtp:a@b ", "proxyAddresses": "smtp:A@b", "proxyAddresses": "x"]),
      #"["smtp:a@b", "x"]"#
    ),
    (DefaultRules.proxyAddresses, Sample([:]), "NULL"),
    (DefaultRules.description, Sample(["description": "  one "]), #""one""#),
    (DefaultRules.description, Sample([:]), "NULL"),
    (DefaultRules.securityEnabled, Sample(["groupType": "-2147483646"]), "True"),
    (DefaultRules.securityEnabled, Sample(["groupType": "2"]), "False"),
    (DefaultRules.securityEnabled, Sample([:]), "False"),
    (DefaultRules.member, Sample(["memberCount": "50000"]), "IgnoreThisFlow"),
    (DefaultRules.device, Sample([:]), "True"),
    (DefaultRules.device, Sample(["userCertificate": "x"]), "NULL"),
    (#"ValueCount("member")"#, Sample(["member": "a", "member": "b"]), "2"),
    (DefaultRules.contactHidden, Sample(["displayName": "x (msol)"]), "False"),
    (
      DefaultRules.contactHidden,
      Sample(["displayName": "x (MSOL)", "msExchHideFromAddressLists": "TRUE"]), "True"
    ),
  ])
  func flows(_ source: String, _ sample: Sample, _ expected: String) throws {
    #expect(try evaluate(source, sample) == expected)
  }

  @Test func tooManyMembersAreAnError() throws {
    let message = try evaluationError(DefaultRules.member, Sample(["memberCount": "50001"]))
    #expect(message == #"the expression raised "Maximum Group member count exceeded""#)
  }

  /// The documentation prints these with a parenthesis too many and an HTML entity.
  @Test func misprintsAreExplained() throws {
    let unbalanced =
      #"(Contains([proxyAddresses], "SMTP:") > 0) && (InStr(Item([proxyAddresses], Contains([proxyAddresses], "SMTP:")), "@") > 0))"#
    #expect(compileError(unbalanced)?.message == #"")" has no "(""#)
    #expect(compileError(unbalanced)?.column == unbalanced.count)
    let entity = "BitAnd([msExchRecipientTypeDetails],&amp;H40000000)"
    #expect(compileError(entity)?.message == "&amp; is HTML; write &")
    #expect(compileError(entity)?.column == 37)
  }

  @Test func memberIsOnlyCounted() throws {
    var table = AttributeTable()
    _ = try compile(#"ValueCount("member") > 5 || Count([member]) = 1"#, &table)
    _ = try compile("IsPresent([member])", &table)
    #expect(table.names == ["member"])
    #expect(table.needs == [.count])
    _ = try compile("IsPresent(Item([member],1))", &table)
    #expect(table.needs == [.values])
  }
}
