import Foundation
import Testing

/// What a user can choose for a forest whose parts differ: suffixes by subtree, and who keeps a duplicate.
@Suite struct FixChoiceTests {
  private static let corp = "DC=corp,DC=local"

  /// A person in an organizational unit.
  private static func person(_ name: String, _ unit: String, _ lines: String...) -> String {
    "dn: CN=\(name),OU=\(unit),\(corp)\nobjectClass: user\ncn: \(name)\nsAMAccountName: \(name)\n"
      + lines.map { $0 + "\n" }.joined() + "\n"
  }

  /// The sign-in names that a patch gives.
  private static func names(_ patch: String) -> [String] {
    let lines = patch.split(separator: "\n").map(String.init)
    return zip(lines, lines.dropFirst()).filter { $0.0 == "add: userPrincipalName" }
      .map { String($0.1.dropFirst("userPrincipalName: ".count)) }
      .sorted()
  }

  private static let forest =
    person(
      "ann", "Poland", "userPrincipalName: ann@corp.local", "mail: ann@contoso.pl",
      "proxyAddresses: SMTP:ann@contoso.pl")
    + person(
      "bob", "Berlin,OU=Germany", "userPrincipalName: bob@corp.local", "mail: b@contoso.com",
      "proxyAddresses: SMTP:b@contoso.com")
    + person("cy", "Germany", "userPrincipalName: cy@eu.corp.local")

  @Test(arguments: [
    (["corp.local=primary"], ["ann@contoso.pl", "bob@contoso.com"]),
    (["*.corp.local=contoso.com"], ["cy@contoso.com"]),
    (["*.local=a.com"], ["ann@a.com", "bob@a.com", "cy@a.com"]),
    (["*.local=a.com", "corp.local=b.com"], ["ann@b.com", "bob@b.com", "cy@a.com"]),
    (["*.local=a.com", "*.corp.local=c.com"], ["ann@a.com", "bob@a.com", "cy@c.com"]),
    (["*.corp.local=primary"], []),
    (["OU=Germany,DC=corp,DC=local:corp.local=contoso.de"], ["bob@contoso.de"]),
    (["ou=germany, dc=CORP, dc=local:@CORP.local=contoso.de"], ["bob@contoso.de"]),
    (
      ["corp.local=a.com", "OU=Germany,DC=corp,DC=local:*.local=b.com"],
      ["ann@a.com", "bob@b.com", "cy@b.com"]
    ),
    (
      [
        "OU=Germany,DC=corp,DC=local:corp.local=b.com",
        "OU=Berlin,OU=Germany,DC=corp,DC=local:*.local=c.com",
      ], ["bob@c.com"]
    ),
    (["CN=bob,OU=Berlin,OU=Germany,DC=corp,DC=local:corp.local=b.com"], ["bob@b.com"]),
    (["OU=many,DC=corp,DC=local:corp.local=b.com"], []),
  ])
  func suffixesAreExchangedAsOrdered(_ orders: [String], _ expected: [String]) throws {
    let place = try Workplace(Self.forest)
    let options = orders.flatMap { ["--upn-suffix", $0] }
    let made = try place.run(["fix", "export.ldif", "-o", "-"] + options)
    #expect(made.status <= 1, "\(made.errors)")
    #expect(Self.names(made.output) == expected, "\(made.output)")
    if !expected.isEmpty {
      let verb = expected.count == 1 ? "signs" : "sign"
      #expect(made.errors.contains("\n  \(expected.count) \(verb) in under another name"))
    }
    let check = try place.run(
      ["check", "export.ldif", "--format", "csv", "--fail-on", "never"] + options)
    for name in expected {
      #expect(check.output.contains(",edit,\(name),safe,"), "\(check.output)")
    }
  }

  /// A primary address says where a name belongs only when its domain is the tenant's.
  @Test(arguments: [
    ([], ["ann@contoso.pl", "bob@contoso.com"]),
    (["--verified-domain", "contoso.com"], ["bob@contoso.com"]),
  ])
  func theDomainOfThePrimaryAddressMustBeVerified(_ options: [String], _ expected: [String]) throws
  {
    let place = try Workplace(Self.forest)
    let made = try place.run(
      ["fix", "export.ldif", "-o", "-", "-q", "--upn-suffix", "corp.local=primary"] + options)
    #expect(Self.names(made.output) == expected, "\(made.output)")
    try place.write(Self.forest.replacing("SMTP:ann@contoso.pl", with: "SMTP:ann@b.lan"), to: "x")
    let other = try place.run(
      "fix", "x", "-o", "-", "--upn-suffix", "corp.local=primary", "--list-left")
    #expect(
      other.errors.contains("ann@corp.local\": UPN006")
        && other.errors.contains(
          "The object has no primary address in a routable domain"),
      "\(other.errors)")
    #expect(Self.names(other.output) == ["bob@contoso.com"], "\(other.output)")
  }

  @Test(arguments: [
    (["--upn-from-mail"], ["ann@contoso.pl", "bob@contoso.com"]),
    (["--upn-from-mail-in", "OU=germany, DC=corp,DC=local"], ["bob@contoso.com"]),
    (["--upn-from-mail-in", "OU=Nobody,DC=corp,DC=local"], []), ([], []),
  ])
  func namesAreTakenFromMailWhereOrdered(_ options: [String], _ expected: [String]) throws {
    let made = try Workplace(Self.forest).run(["fix", "export.ldif", "-o", "-"] + options)
    #expect(Self.names(made.output) == expected, "\(made.output)")
    let isUnknown = options.last?.contains("Nobody") == true
    #expect(made.errors.contains("OU=Nobody,DC=corp,DC=local: there is no") == isUnknown)
  }

  // MARK: Addresses

  /// What the values of the person's addresses are after a patch, in order.
  private static func after(_ text: String, _ options: String...) throws -> [String] {
    let place = try Workplace(text)
    let made = try place.run(
      ["fix", "export.ldif", "-o", "-", "--upn-suffix", "corp.local=contoso.com"] + options)
    try #require(made.status <= 1, "\(made.errors)")
    var values = text.split(separator: "\n").map(String.init).filter { $0.contains("@") }
    var isDeleting = false
    for line in made.output.split(separator: "\n").map(String.init) {
      if line.hasPrefix("delete: ") { isDeleting = true }
      if line.hasPrefix("add: ") { isDeleting = false }
      guard line.contains("@"), !"# ".contains(line.prefix(1)), !line.hasPrefix("dn:")
      else { continue }
      if isDeleting { values.removeAll { $0 == line } } else { values.append(line) }
    }
    return values.sorted()
  }

  private static let corporate = person(
    "ann", "Staff", "userPrincipalName: ann@corp.local", "mail: ann@corp.local",
    "proxyAddresses: SMTP:ann@corp.local", "proxyAddresses: smtp:a2@corp.local")

  /// The sign-in name moves; the primary address and mail do with leave, and nothing is lost.
  @Test func addressesFollowWithLeaveAndTheOldOnesStay() throws {
    #expect(
      try Self.after(Self.corporate) == [
        "mail: ann@corp.local", "proxyAddresses: SMTP:ann@corp.local",
        "proxyAddresses: smtp:a2@corp.local", "userPrincipalName: ann@contoso.com",
      ])
    let followed = [
      "mail: ann@contoso.com", "proxyAddresses: SMTP:ann@contoso.com",
      "proxyAddresses: smtp:a2@corp.local", "proxyAddresses: smtp:ann@corp.local",
      "userPrincipalName: ann@contoso.com",
    ]
    #expect(try Self.after(Self.corporate, "--unsafe-fixes") == followed)
    // An address that the object has already becomes the primary one.
    let both = Self.corporate.replacing(
      "smtp:a2@", with: "smtp:Ann@contoso.com\nproxyAddresses: smtp:a2@")
    #expect(try Self.after(both, "--unsafe-fixes") == followed)
    // Without a suffix that is meant, an address that the cloud does not keep is removed as ever.
    let lab = Self.corporate.replacing("a2@corp.local", with: "a2@lab.local")
    #expect(try !Self.after(lab, "--unsafe-fixes").contains { $0.contains("lab.local") })
  }

  @Test func addressesInDomainsThatAreNotVerifiedFollowToo() throws {
    let text = Self.corporate.replacing("corp.local", with: "corp.com")
    let options = ["--verified-domain", "contoso.com", "--upn-suffix", "corp.com=contoso.com"]
    let made = try Self.after(
      text, options[0], options[1], options[2], options[3], "--unsafe-fixes")
    #expect(
      made == [
        "mail: ann@contoso.com", "proxyAddresses: SMTP:ann@contoso.com",
        "proxyAddresses: smtp:a2@corp.com", "proxyAddresses: smtp:ann@corp.com",
        "userPrincipalName: ann@contoso.com",
      ])
  }

  /// mail alone has no place where the old address could stay.
  @Test func mailAloneIsLeftToAPerson() throws {
    let text = Self.person(
      "ann", "Staff", "userPrincipalName: ann@corp.local", "mail: ann@corp.local")
    #expect(
      try Self.after(text, "--unsafe-fixes")
        == ["mail: ann@corp.local", "userPrincipalName: ann@contoso.com"])
  }

  // MARK: Duplicates

  private static let enabled = "userAccountControl: 512"
  private static let disabled = "userAccountControl: 514"

  /// Who loses the address in a safe plan, and in an unsafe one: a disabled account takes nothing from an
  /// enabled one unasked.
  @Test(
    arguments: [
      // A leaver that has it as its name against an enabled one that has it as an alias.
      (
        [disabled, "userPrincipalName: x@contoso.com"],
        [enabled, "proxyAddresses: smtp:x@contoso.com"],
        [], nil, nil
      ),
      (
        [disabled, "proxyAddresses: smtp:x@contoso.com"],
        [enabled, "userPrincipalName: x@contoso.com"], [], "old", "old"
      ),
      (
        [disabled, "proxyAddresses: smtp:x@contoso.com"],
        [enabled, "proxyAddresses: smtp:x@contoso.com"], [], "old", "old"
      ),
      // A shared mailbox is disabled; what it takes from an enabled account is for a person to say.
      (
        [disabled, "homeMDB: CN=db", "userPrincipalName: x@contoso.com"],
        [enabled, "proxyAddresses: smtp:x@contoso.com"], [], nil, "new"
      ),
      (
        [disabled, "homeMDB: CN=db", "proxyAddresses: smtp:x@contoso.com"],
        [enabled, "proxyAddresses: smtp:x@contoso.com"], ["--keep-policy", "enabled,mailbox"], nil,
        "old"
      ),
    ] as [([String], [String], [String], String?, String?)])
  func noAliasGoesToADisabledAccountUnasked(
    _ old: [String], _ new: [String], _ options: [String], _ safe: String?, _ unsafe: String?
  ) throws {
    let people = [("old", old), ("new", new)].map { name, lines in
      Self.person(name, "Staff").dropLast() + lines.map { $0 + "\n" }.joined() + "\n"
    }
    let place = try Workplace(people.joined())
    for (more, loser) in [([], safe), (["--unsafe-fixes"], unsafe)] {
      let made = try place.run(
        ["fix", "export.ldif", "-o", "-", "--select", "DUP001,DUP002"] + options + more)
      let losers = ["old", "new"].filter { made.output.contains("dn: CN=\($0),") }
      #expect(losers == (loser.map { [$0] } ?? []), "\(made.output)\(made.errors)")
      if loser != nil {
        #expect(made.errors.contains("1 object to change;"), "\(made.errors)")
        #expect(made.errors.contains("\n  1 loses an alias\n"), "\(made.errors)")
      }
    }
  }
}
