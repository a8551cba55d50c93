import Directory
import Findings
import Testing

@testable import Reports

@Suite struct RedactionTests {
  @Test(arguments: ReportFormat.allCases)
  func valueIsNowhere(_ format: ReportFormat) {
    let text = Fixture.text(
      format, redacting: ["USERPRINCIPALNAME", "proxyaddresses;lang-de", "mail", "cn"])
    for secret in [
      "jörg@", "joerg", "corp.local", "jo@contoso.com", "JO@", "values@", "Müller", "Jo Other",
      "owned", "Somebody", "amFwY", "evil",
    ] {
      #expect(!text.contains(secret), "\(secret)")
    }
    #expect(text.contains("[redacted]"))
    #expect(text.contains("telephoneNumber"))
  }

  @Test(arguments: ReportFormat.allCases)
  func wholeNamesCanBeMasked(_ format: ReportFormat) {
    let text = Fixture.text(format, redacting: ["distinguishedName"])
    #expect(!text.contains("DC=contoso") && !text.contains("DC=fabrikam"))
  }

  @Test(arguments: ReportFormat.allCases)
  func valueThatARepairTakesIsNowhere(_ format: ReportFormat) {
    var finding = Fixture.finding(
      "PRX012", "a-rule", .error, dn: Array("CN=a".utf8), attribute: "proxyAddresses",
      "there are two")
    finding.proposal = Fixture.repair(
      .edit, "smtp:old@contoso.com", of: "SMTP:old@contoso.com", isSafe: true, "Spare.")
    let open = Fixture.text(format, objects: [[finding]])
    let masked = Fixture.text(format, redacting: ["proxyAddresses"], objects: [[finding]])
    #expect(open.contains("old@contoso.com"))
    #expect(!masked.contains("old@"))
  }

  @Test func passwordsAreAlwaysMasked() {
    let finding = Fixture.finding(
      "NAME001", "a-rule", .error, dn: Array("CN=a".utf8), attribute: "unicodePwd",
      value: Array("hunter2".utf8), "\"hunter2\" is short")
    var summary = Fixture.quiet
    var problem = Problem(kind: .malformedRecord, message: "no base64")
    problem.raw = Array("userPassword;x-1:: hunter2".utf8)
    summary.problems = [problem]
    for format in ReportFormat.allCases {
      let text = Fixture.text(format, objects: [[finding]], summary: summary)
      #expect(!text.contains("hunter2"), "\(format)")
    }
  }

  @Test(arguments: SecretAttributes.names)
  func secretIsInNoReport(_ name: String) {
    let dn = Array("CN=a".utf8)
    var finding = Fixture.finding(
      "NAME001", "a-rule", .error, dn: dn, attribute: name.uppercased(),
      value: Array("S3CRET".utf8), "\"S3CRET\" is short")
    finding.proposal = Fixture.repair(.edit, "S3CRET2", isSafe: true, "S3CRET2 is longer.")
    let named = Fixture.finding(
      "NAME002", "b-rule", .error, dn: Array("\(name): S3CRET".utf8), attribute: "cn", "is empty")
    var other = Fixture.finding(
      "NAME003", "c-rule", .error, dn: dn, attribute: "cn", value: Array("x".utf8), "is held")
    other.related = [
      Finding.Related(
        dn: dn, source: "a.ldif", attribute: "\(name);x-1", value: Array("S3CRET".utf8),
        isInScope: true)
    ]
    var summary = Fixture.quiet
    summary.problems = ["\(name) S3CRET", "dn: \(name): S3CRET"].map { raw in
      var problem = Problem(kind: .malformedRecord, message: "no colon")
      problem.raw = Array(raw.utf8)
      problem.dn = "\(name): S3CRET"
      return problem
    }
    for format in ReportFormat.allCases {
      let text = Fixture.text(format, objects: [[finding, other], [named]], summary: summary)
      #expect(!text.contains("S3CRET"), "\(format)")
    }
  }

  /// What another attribute's finding says of a masked one, and of objects that are named by one.
  @Test(arguments: ReportFormat.allCases)
  func valueIsInNoOtherFinding(_ format: ReportFormat) {
    var finding = Fixture.finding(
      "MAIL007", "a-rule", .error, dn: Array("uid=Anna Secret,DC=a".utf8), attribute: "mail",
      value: Array("a@b.c".utf8), "a@b.c is not ann.secret@b.c; see uid=Other Secret,DC=a")
    finding.commonName = Array("Anna Secret".utf8)
    finding.annotations.concealed = [Array("SMTP:ann.secret@b.c".utf8)]
    finding.cause = Cause(kind: .domain, value: "ann.secret@b.c")
    finding.related = [
      Finding.Related(
        dn: Array("uid=Other Secret,DC=a".utf8), source: "a.ldif", attribute: "mail",
        value: Array("a@b.c".utf8), isInScope: true)
    ]
    finding.proposal = Fixture.repair(
      .edit, "ann.secret@b.c", isSafe: true, "It is ann.secret@b.c.")
    let text = Fixture.text(
      format, redacting: ["0.9.2342.19200300.100.1.1"], objects: [[finding], [finding]])
    #expect(!text.lowercased().contains("secret"), "\(text)")
  }

  @Test func identityCanBeMasked() {
    var finding = Fixture.finding(
      "NAME001", "a-rule", .error, dn: Array("CN=a".utf8), attribute: "cn", "is empty")
    finding.objectGUID = "00010203-0405-0607-0809-0a0b0c0d0e0f"
    for format in ReportFormat.allCases {
      let text = Fixture.text(format, redacting: ["objectGUID"], objects: [[finding]])
      #expect(!text.contains("00010203"), "\(format)")
    }
  }

  @Test func maskedAttributeOffersNoDecision() throws {
    var finding = Fixture.finding(
      "PRX012", "a-rule", .error, dn: Array("CN=a".utf8), attribute: "mail",
      value: Array("a b@c.d".utf8), "there is a space")
    finding.proposal = Fixture.repair(.edit, "ab@c.d", isSafe: true, "No space is meant.")
    finding.annotations.decision = Decision(action: .edit, value: Array("ab@c.d".utf8))
    let text = Fixture.text(.decisions, redacting: ["mail"], objects: [[finding]])
    #expect(text.contains("none,,"))
    #expect(text.contains("The values of mail are masked: nothing is offered here."))
    #expect(!text.contains("EDIT") && !text.contains("ab@"))
  }

  @Test func attributeThatNothingHasIsSaid() {
    var summary = Fixture.quiet
    Redaction(attributes: ["telphone"], absent: ["telphone"]).pass(&summary)
    #expect(
      summary.problems.map(\.message) == [
        "--redact telphone masks nothing: no object that was read has such an attribute"
      ])
    #expect(summary.isComplete)
  }

  @Test(arguments: [
    ("mail: secret", "mail: [redacted]"), ("sn: x", "sn: x"), (" secret", "[redacted]"),
    ("no colon", "[redacted]"), ("sn: x\n secret", "[redacted]"),
    ("dn: MAIL=secret,DC=x", "dn: MAIL=[redacted],DC=x"), ("dn:: bWFpbA==", "dn: [redacted]"),
    ("", "[redacted]"), (": x", "[redacted]"),
    ("0.9.2342.19200300.100.1.3: x", "0.9.2342.19200300.100.1.3: [redacted]"),
    ("dn: mail: secret", "dn:[redacted]"), ("dn: mail secret", "dn:[redacted]"),
  ])
  func rawLinesAreKeptWhenPlain(_ line: String, _ expected: String) {
    var summary = Fixture.quiet
    var problem = Problem(kind: .malformedRecord, message: "")
    problem.raw = Array(line.utf8)
    summary.problems = [problem]
    let raw = Redaction(attributes: ["mail"]).masked(summary).problems[0].raw ?? []
    #expect(String(decoding: raw, as: UTF8.self) == expected)
  }

  @Test(arguments: [
    ("CN=a,OU=b", "CN=[redacted],OU=b"), (#"cn=a\,b+sn=c,OU=d"#, "cn=[redacted]+sn=c,OU=d"),
    ("CN=a,b;c,OU=d", "CN=[redacted],OU=d"), (#"CN=a\"#, "CN=[redacted]"), ("OU=x", "OU=x"),
    ("", ""), ("CN", "CN"), ("OU=a, CN = b , DC=c", "OU=a, CN =[redacted], DC=c"),
  ])
  func nameLosesHiddenParts(_ dn: String, _ expected: String) {
    let masked = Redaction(attributes: ["cn"]).masked(dn: Array(dn.utf8))
    #expect(String(decoding: masked, as: UTF8.self) == expected)
  }

  @Test(arguments: [
    (
      "smtp:Ann@corp.local", "ann is at CORP.local, complete; smtp:ann@corp.local, localhost",
      "[redacted] is at [redacted], complete; [redacted], localhost"
    ),
    ("a", "a cat has a", "[redacted] cat has [redacted]"), ("  ", "two  words", "two  words"),
    ("x y", "x y, x yz", "[redacted], x yz"),
  ])
  func partsAreMaskedWhereTheyStandAlone(_ value: String, _ text: String, _ expected: String) {
    var secrets = Secrets()
    secrets.add(Array(value.utf8))
    #expect(secrets.masking(text, quotations: false) == expected)
  }
}
