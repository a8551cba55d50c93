import Testing

@testable import Sync

/// Microsoft, "Microsoft Entra UserPrincipalName population": its table of scenarios, and what it says
/// of each source of MailNickName.
@Suite struct SignInNameTests {
  private static func predicted(
    _ values: Values, verified: Set<String> = ["contoso.com"], login: String? = nil,
    initial: String? = "contoso.onmicrosoft.com"
  ) -> String {
    var tenant = TenantSettings()
    tenant.verifiedDomains = verified
    tenant.initialDomain = initial
    tenant.loginAttribute = login
    let view = ObjectView(.of(tenant))
    view.fill(values)
    return SignInName(view).predicted
  }

  @Test func anUnverifiedSuffixBecomesTheInitialDomain() {
    let start: Values = [
      "userPrincipalName": "user3@contoso.local", "mail": "user2@contoso.local",
      "proxyAddresses": "SMTP:user1@contoso.local",
    ]
    #expect(Self.predicted(start) == "user1@contoso.onmicrosoft.com")
  }

  @Test func mailNicknameComesFirst() {
    let values: Values = [
      "userPrincipalName": "user5@contoso.local", "mail": "user2@contoso.local",
      "proxyAddresses": "SMTP:user1@contoso.local", "mailNickname": "user4",
    ]
    #expect(Self.predicted(values) == "user4@contoso.onmicrosoft.com")
  }

  @Test func aVerifiedSuffixIsTakenOver() {
    let values: Values = [
      "userPrincipalName": "user5@contoso.com", "mailNickname": "user4",
      "proxyAddresses": "SMTP:user1@contoso.local",
    ]
    #expect(Self.predicted(values) == "user5@contoso.com")
  }

  /// A name that cannot be is never said to become itself.
  @Test(arguments: ["ann.@contoso.com", "ann@föo.com", "ann@例子.com"])
  func aNameThatCannotBeIsNotTakenOver(_ name: String) {
    for verified in [[], ["contoso.com", "föo.com", "xn--fo-fka.com"]] as [Set<String>] {
      let values: Values = ["userPrincipalName": name, "mailNickname": "ann"]
      #expect(Self.predicted(values, verified: verified) == "ann@contoso.onmicrosoft.com")
    }
  }

  @Test func theSourcesOfMailNickNameAreAskedInOrder() {
    let upn = ("userPrincipalName", "upn@contoso.local")
    let all = [
      ("mailNickname", "nick"), ("proxyAddresses", "SMTP:primary@contoso.local"),
      ("mail", "mail@contoso.local"), upn, ("proxyAddresses", "smtp:second@contoso.local"),
    ]
    let expected = ["nick", "primary", "mail", "upn", "second"]
    for index in all.indices {
      let pairs = Array(all[index...])
      let view = ObjectView(.of())
      view.fill([:])
      for (name, value) in pairs {
        guard let attribute = view.sync.table.find(name) else { continue }
        view.entry.append(view.entry.arena.copy(Array(value.utf8)), to: attribute)
      }
      #expect(SignInName(view).predicted == "\(expected[index])@TENANT.onmicrosoft.com")
    }
  }

  @Test(arguments: [
    ("ann b@contoso.com", "ann_b@contoso.onmicrosoft.com"),
    ("ännchen@contoso.com", "_nnchen@contoso.onmicrosoft.com"),
    ("o'hara@contoso.com", "o'hara@contoso.com"),
    ("ann@sub.contoso.com", "ann@contoso.onmicrosoft.com"),
    ("ann@contoso.onmicrosoft.com", "ann@contoso.onmicrosoft.com"),
    ("@contoso.com", "@contoso.onmicrosoft.com"),
    ("ann", "ann@contoso.onmicrosoft.com"),
  ])
  func whatCannotBeTakenOverIsReplaced(_ upn: String, _ expected: String) {
    #expect(Self.predicted(["userPrincipalName": upn]) == expected)
  }

  @Test func withoutAUPNConnectMakesOneOfTheAccountAndTheDomain() {
    #expect(Self.predicted(["sAMAccountName": "ann"]) == "ann@contoso.com")
    #expect(
      Self.predicted(["sAMAccountName": "ann"], verified: ["fabrikam.com"])
        == "ann@contoso.onmicrosoft.com")
  }

  @Test func theLoginAttributeFeedsIt() {
    let values: Values = ["userPrincipalName": "a@corp.local", "mail": "ann@contoso.com"]
    #expect(Self.predicted(values, login: "mail") == "ann@contoso.com")
  }

  @Test func withoutVerifiedDomainsARoutableSuffixIsTakenOver() {
    #expect(
      Self.predicted(["userPrincipalName": "a@fabrikam.com"], verified: []) == "a@fabrikam.com")
    #expect(
      Self.predicted(["userPrincipalName": "a@corp.local"], verified: [], initial: nil)
        == "a@TENANT.onmicrosoft.com")
  }

  // MARK: Computed

  /// The name that is made for an object, and the attribute that it is made of.
  private static func computed(
    _ values: Values, verified: Set<String> = ["contoso.com"], login: String? = nil,
    dn: String = "CN=Ann,DC=contoso,DC=com"
  ) -> String? {
    var tenant = TenantSettings()
    tenant.verifiedDomains = verified
    tenant.initialDomain = "contoso.onmicrosoft.com"
    tenant.loginAttribute = login
    let view = ObjectView(.of(tenant))
    view.fill(dn: dn, values)
    let computed = SignInName(view).computed
    // Whoever has a plain name is not asked, so there must be nothing to ask for.
    if view.hasPlainSignInName { #expect(computed == nil) }
    return computed.map { "\($0.name.string) \(view.sync.table.name($0.attribute))" }
  }

  @Test(arguments: [
    "ann@corp.local", "ann@fabrikam.com", "ann@corp", "ann@contoso..com", "ann@contoso.com ",
    "ann@fabrikam.onmicrosoft.com", "ann@contoso.microsoftonline.com", "ann@contoso.comm",
  ])
  func aNameInASuffixThatIsNotTakenOverIsMadeAnew(_ upn: String) {
    #expect(
      Self.computed(["userPrincipalName": upn]) == "ann@contoso.onmicrosoft.com userPrincipalName")
    #expect(
      Self.computed(["userPrincipalName": upn, "mailNickname": "a1"])
        == "a1@contoso.onmicrosoft.com mailNickname")
  }

  @Test(arguments: [
    "ann lee@contoso.com", "änn@contoso.com", "a&b@contoso.com", "ann\u{200B}@contoso.com",
  ])
  func aNameWithAnInvalidCharacterIsMadeAnew(_ upn: String) {
    #expect(
      Self.computed(["userPrincipalName": upn, "mail": "ann@contoso.com"])
        == "ann@contoso.onmicrosoft.com userPrincipalName")
  }

  @Test(arguments: [
    "ann@contoso.com", "o'b-c_d!e#f^g~1@CONTOSO.com", "ann@contoso.onmicrosoft.com",
    "ann@contoso.mail.onmicrosoft.com",
  ])
  func aNameThatIsTakenOverNeedsNone(_ upn: String) {
    #expect(Self.computed(["userPrincipalName": upn, "sAMAccountName": "x"]) == nil)
  }

  @Test(arguments: ["ann", "ann@", "@contoso.com", "a@b@corp.local", "@"])
  func whatIsNoNameAtADomainIsRefused(_ upn: String) {
    #expect(Self.computed(["userPrincipalName": upn]) == nil)
  }

  @Test func withoutANameTheAccountMakesOne() {
    let ann: Values = ["sAMAccountName": "ann"]
    #expect(Self.computed(ann) == "ann@contoso.com sAMAccountName")
    #expect(
      Self.computed(ann, dn: "CN=Ann,DC=corp,DC=local")
        == "ann@contoso.onmicrosoft.com sAMAccountName")
    #expect(Self.computed(ann, verified: [], dn: "CN=Ann,DC=fabrikam,DC=com") != nil)
    #expect(
      Self.computed(["sAMAccountName": "ann lee"])
        == "ann_lee@contoso.onmicrosoft.com sAMAccountName"
    )
    #expect(Self.computed(ann, dn: "CN=Ann,O=Contoso") == nil)
    #expect(Self.computed([:]) == nil)
  }

  @Test func theLoginAttributeIsWhatMatters() {
    let values: Values = ["userPrincipalName": "a@contoso.com", "mail": "ann@corp.local"]
    #expect(Self.computed(values, login: "mail") == "ann@contoso.onmicrosoft.com mail")
    #expect(Self.computed(values) == nil)
  }

  @Test func aForeignNameOfTheServiceIsNotTakenOver() {
    #expect(
      Self.predicted(["userPrincipalName": "a@fabrikam.onmicrosoft.com"], verified: [])
        == "a@contoso.onmicrosoft.com")
  }

  @Test func aNicknameIsNotTrimmed() {
    #expect(
      Self.predicted(["userPrincipalName": "a@corp.local", "mailNickname": "ann "])
        == "ann_@contoso.onmicrosoft.com")
    #expect(
      Self.predicted(["userPrincipalName": "a@corp.local", "mailNickname": " "])
        == "a@contoso.onmicrosoft.com")
  }
}
