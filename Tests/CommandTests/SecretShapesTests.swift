import Directory
import Foundation
import Testing

/// A marker behind every name and object identifier of a secret, in every shape that an export may
/// give it, comes out nowhere: in no report, on neither output, in no patch and no undo.
@Suite struct SecretShapesTests {
  /// A whole record that holds the secret `name`, or what a paste or an editor has made of it.
  private static let shapes: [@Sendable (_ name: String, _ number: Int) -> String] = [
    { user("\($0): S3CRET\n\($0);x-1:: UzNDUkVU\n", $1) },
    { user("\($0) : S3CRET\n", $1) },
    { user("\($0) S3CRET\n", $1) },
    { user("\($0)\tS3CRET\n", $1) },
    { user("\($0) S3\n CRET S3CRET\n", $1) },
    { user("\($0): abc\nS3CRET\n", $1) },
    { user("\($0): abc\n# a comment\nS3CRET\n", $1) },
    { user("# \($0): abc\nS3CRET\n", $1) },
    { user("\($0):: UzNDUkVU*S3CRET\n", $1) },
    { user("\($0):< file:///S3CRET\n", $1) },
    { user("\"\($0)\",\"S3CRET\"\n", $1) },
    { user("\($0.prefix(3))\n \($0.dropFirst(3)) S3CRET\n", $1) },
    { name, _ in "\(name.uppercased()): S3CRET\n\n" },
    { name, _ in "\(name)=S3CRET\n\n" },
    { name, number in user("", number, dn: "\(name): S3CRET") },
    { name, number in user("description:< file:///x\n", number, dn: "\(name) S3CRET") },
    { name, number in
      let text = Data("\(name): S3CRET \(number)".utf8).base64EncodedString()
      return user("", number, dn: text).replacingOccurrences(of: "dn: ", with: "dn:: ")
    },
    { name, number in "dn: CN=u\(number),DC=a\ndn: \(name): S3CRET\n\n" },
    { name, number in "dn: CN=u\(number),DC=a\nchangetype: modify\nadd: \(name)\nS3CRET\n-\n\n" },
    { name, number in
      "dn: CN=u\(number),DC=a\nchangetype: modify\nadd: \(name)\n\(name): S3CRET\n-\n\n"
    },
  ]

  /// A user with faults that can be repaired, and with what a shape adds.
  private static func user(_ more: String, _ number: Int, dn: String? = nil) -> String {
    """
    dn: \(dn ?? "CN=u\(number),DC=contoso,DC=com")
    objectClass: user
    sAMAccountName: u\(number)
    userPrincipalName: u\(number)@contoso.local
    mail: u \(number)@contoso.com
    proxyAddresses: SMTP:u \(number)@contoso.com
    proxyAddresses: smtp:shared@contoso.com
    \(more)

    """
  }

  private static let commands = [
    "check export.ldif --list-skipped --report json=r.json --report ndjson=r.ndjson "
      + "--report csv=r.csv --report idfix-csv=r.idfix --report decisions=r.decisions",
    "check export.ldif --all-objects --redact mail",
    "fix export.ldif -o p.ldif --undo u.ldif --unsafe-fixes --list-left",
    "fix export.ldif --diff --unsafe-fixes --upn-suffix contoso.local=contoso.com --list-left",
    "fix clean.ldif --check export.ldif",
    "fix export.ldif --decisions export.ldif -o d.ldif",
    "apply export.ldif --to ldap://127.0.0.1:1",
    "undo export.ldif --to ldap://127.0.0.1:1",
  ]

  @Test(arguments: shapes.indices)
  func markerComesOutNowhere(_ shape: Int) throws {
    let names = SecretAttributes.names
    let text = names.enumerated().map { Self.shapes[shape]($0.element, $0.offset) }.joined()
    try #require(text.contains("S3CRET") || text.contains("UzNDUkVU") || text.contains("::"))
    let place = try Workplace(text)
    try place.write(Export.clean, to: "clean.ldif")
    for command in Self.commands {
      let outcome = try place.run(command.split(separator: " ").map(String.init))
      #expect((0...2).contains(outcome.status) && !outcome.isSignal)
      try expectNoMarker(outcome.output + outcome.errors, command)
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
    where name != "export.ldif" {
      try expectNoMarker(try place.read(name), name)
    }
  }

  /// `S3CRET`, its Base64 at each of the three places of a group, and its hexadecimal digits.
  private func expectNoMarker(_ text: String, _ place: String) throws {
    for marker in ["S3CRET", "UzNDUkVU", "MzQ1JFV", "TM0NSRV", "533343524554"] {
      #expect(!text.contains(marker), "\(place)")
    }
  }

  /// What one attribute's findings say of another that is masked.
  @Test(arguments: [
    "userPrincipalName", "mail", "proxyAddresses", "mailNickname", "sAMAccountName", "displayName",
    "targetAddress", "givenName", "sn", "telephoneNumber", "cn", "1.2.840.113556.1.4.656",
  ])
  func maskedAttributeComesOutNowhere(_ attribute: String) throws {
    let place = try Workplace(Self.masked)
    let marker = try #require(Self.markers[attribute])
    let outcome = try place.run(
      [
        "check", "export.ldif", "--redact", attribute, "--unsafe-fixes", "--report", "json=r.json",
        "--report", "ndjson=r.ndjson", "--report", "csv=r.csv", "--report", "idfix-csv=r.idfix",
        "--report",
        "decisions=r.decisions",
      ])
    #expect(outcome.status == 1, "\(outcome.errors)")
    var texts = ["standard error": outcome.errors, "text": outcome.output]
    for name in ["r.json", "r.ndjson", "r.csv", "r.idfix", "r.decisions"] {
      texts[name] = try place.read(name)
    }
    for (name, text) in texts {
      #expect(!text.lowercased().contains(marker), "\(attribute) in \(name)")
    }
  }

  private static let markers = [
    "userPrincipalName": "quokka", "1.2.840.113556.1.4.656": "quokka", "mail": "wombat",
    "proxyAddresses": "numbat", "mailNickname": "dingo", "sAMAccountName": "koala",
    "displayName": "bilby", "targetAddress": "potoroo", "givenName": "quoll", "sn": "echidna",
    "telephoneNumber": "cassowary", "cn": "platypus",
  ]

  /// Two objects with faults in most attributes, each of which has a word of its own.
  private static let masked = ["", "2"].map { number in
    """
    dn: CN=Platypus\(number),OU=Staff,DC=contoso,DC=com
    objectClass: user
    cn: Platypus\(number)
    sAMAccountName: koala\(number)|
    userPrincipalName: quokka é@contoso.local
    mail: wombat \(number)@contoso.com
    mailNickname: dingo\(number) x
    proxyAddresses: SMTP:numbat \(number)@contoso.com
    proxyAddresses: smtp:numbat@contoso.com
    proxyAddresses: numbat3@contoso.com
    targetAddress: SMTP:potoroo \(number)@contoso.com
    displayName:  bilby\(number)
    givenName:  quoll\(number) \(String(repeating: "x", count: 70))
    sn: echidna\(number) \(String(repeating: "x", count: 70))
    telephoneNumber: cassowary\(number) \(String(repeating: "x", count: 70))


    """
  }.joined()

  @Test func attributeThatNothingHasIsSaid() throws {
    let place = try Workplace(Export.local)
    let outcome = try place.check(
      "--redact", "telphoneNumber", "--redact", "title", "--redact", "mail", "--redact", "cn",
      "--redact", "userPassword")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("--redact telphoneNumber masks nothing"))
    #expect(outcome.output.contains("--redact title masks nothing"))
    for name in ["mail", "cn", "userPassword"] {
      #expect(!outcome.output.contains("--redact \(name) masks"))
    }
    let there = try Workplace(Export.user("ann", upn: "ann@contoso.local", more: "title: x"))
      .check("--redact", "TITLE")
    #expect(!there.output.contains("masks nothing"))
  }

  @Test func maskedDecisionsAreNotCarriedOut() throws {
    let place = try Workplace(Export.user("ann", upn: "ann @contoso.com"))
    _ = try place.check("--format", "decisions", "-o", "d.csv", "--redact", "userPrincipalName")
    let rows = try #require(strictCSV(try place.read("d.csv")))
    let action = try #require(rows[0].firstIndex(of: "ACTION"))
    let new = try #require(rows[0].firstIndex(of: "NEWVALUE"))
    let lines = rows.enumerated().map { number, row in
      var row = row
      if number > 0 { (row[action], row[new]) = ("EDIT", "[redacted]") }
      return row.map { "\"\($0)\"" }.joined(separator: ",")
    }
    try place.write(lines.joined(separator: "\r\n") + "\r\n", to: "d.csv")
    let outcome = try place.run("fix", "export.ldif", "--decisions", "d.csv", "-o", "p.ldif")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("row 2") && outcome.errors.contains("no value"))
    #expect(!FileManager.default.fileExists(atPath: place.path("p.ldif")))
  }

  /// What a pack of one's own compares a password with, or copies, stays where it is.
  @Test func passwordDoesNotMoveToAnotherAttribute() throws {
    let place = try Workplace(
      Export.user("ann", upn: "ann@contoso.com", more: "description: x\nunixUserPassword: S3CRET"))
    try place.writePack(
      """
      id: OWN001
      name: description-is-no-password
      severity: error
      summary: The description differs.
      why: To see.
      objects: [user]
      attribute: description
      cloud: Nothing.
      check: { compare: { with: unixUserPassword } }
      message: '"{value}" is not {other}'
      fix:
        - replace-value: { from: unixUserPassword }
          safety: safe
          reason: It should be {other}.
      references: [https://example.com]
      examples:
        bad:
          - ldif: |
              dn: CN=a,DC=contoso,DC=com
              objectClass: user
              description: a
              unixUserPassword: b
            finds: [{ dn: "CN=a,DC=contoso,DC=com", attribute: description }]
        good:
          - ldif: |
              dn: CN=a,DC=contoso,DC=com
              objectClass: user
              description: ab
              unixUserPassword: ab
      """, named: "description-is-no-password")
    for more in [["check"], ["check", "--format", "json"], ["fix", "--diff"]] {
      let outcome = try place.run(
        [more[0], "export.ldif", "--pack", "pack", "--all-objects"] + more.dropFirst())
      #expect(outcome.status == 1, "\(outcome.errors)")
      #expect(!(outcome.output + outcome.errors).contains("CRET"))
    }
  }
}
