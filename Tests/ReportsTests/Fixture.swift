import Bytes
import Findings

@testable import Reports

/// One awkward run, the same for every format.
enum Fixture {
  // Texts stay on one line, so that they can be searched for.
  // swift-format-ignore
  static let header = RunHeader(
    toolVersion: "0.9.0", ruleDataDate: "2026-10-22", packs: ["entra-id"],
    sources: [
      SourceSummary(
        name: "staff.ldif", forest: "contoso.com", directory: "ad: sAMAccountName is used",
        entries: 1207, bytes: 481_516),
      SourceSummary(
        name: "ldaps://dc1.fabrikam.example", forest: "fabrikam", directory: "ad: the rootDSE says so",
        entries: 1, bytes: 90),
    ])

  static let objects = [awkwardName, hostileName, values, wide]

  static var findings: [Finding] { objects.flatMap { $0 } }

  static func finding(
    _ rule: String, _ name: String, _ severity: Severity, dn: [UInt8], line: Int? = nil,
    attribute: String? = nil, value: [UInt8]? = nil, _ message: String
  ) -> Finding {
    var finding = Finding(
      rule: rule, name: name, severity: severity, source: "staff.ldif", dn: dn,
      objectClass: "user", message: message)
    finding.line = line
    finding.attribute = attribute
    finding.value = value
    finding.commonName = Array("Somebody".utf8)
    finding.fingerprint = "0123456789abcdef0123456789abcdef"
    finding.valueKey = "fedcba9876543210fedcba9876543210"
    return finding
  }

  static func repair(
    _ action: Proposal.Action, _ value: String?, of target: String? = nil, isSafe: Bool,
    _ reason: String
  ) -> Proposal {
    var repair = Proposal(
      action: action, value: value.map { Array($0.utf8) }, isSafe: isSafe, reason: reason)
    repair.target = target.map { Array($0.utf8) }
    return repair
  }

  /// A DN with a comma and quotation marks; three findings on one value; a duplicate.
  // swift-format-ignore
  static let awkwardName: [Finding] = {
    let dn = Array(#"CN=Müller\, Jörg "Jo",OU=Staff,DC=contoso,DC=com"#.utf8)
    let value = Array("jörg@corp.local".utf8)
    var duplicate = finding(
      "DUP001", "duplicate-address", .error, dn: dn, line: 120, attribute: "proxyAddresses",
      value: Array("SMTP:jo@contoso.com".utf8),
      #""SMTP:jo@contoso.com" is held by 15 objects, of which only the first that is synchronized keeps it"#)
    duplicate.category = "Duplicate"
    duplicate.syncError = "AttributeValueMustBeUnique"
    duplicate.related = [
      Finding.Related(
        dn: Array("CN=Jo Other,OU=Staff and Guests,DC=contoso,DC=com".utf8), source: "staff.ldif",
        attribute: "mail", value: Array("jo@contoso.com".utf8), isInScope: true),
      Finding.Related(
        dn: Array("CN=Old".utf8) + [0xFF] + Array("\n|,DC=fabrikam,DC=example".utf8),
        source: "ldaps://dc1.fabrikam.example", attribute: "proxyAddresses",
        value: Array("smtp:JO@contoso.com".utf8) + [0xFF], isInScope: false),
    ]
    duplicate.relatedOmitted = 1012
    duplicate.consequence = .address
    duplicate.role = .undecided
    duplicate.groupKey = "00112233445566778899aabbccddeeff"
    duplicate.proposal = repair(
      .none, nil, isSafe: false, "Two holders have a mailbox; nothing in the data decides.")
    var suffix = finding(
      "UPN006", "upn-suffix-not-routable", .error, dn: dn, line: 120,
      attribute: "userPrincipalName", value: value,
      #""jörg@corp.local" ends in ".local", which no tenant can verify"#)
    suffix.category = "TopLevelDomain"
    suffix.objectGUID = "5f0c6d5e-8a1b-4c2d-9e3f-0123456789ab"
    suffix.cloud = "It would sign in as jo@contoso.onmicrosoft.com, an address that nobody has been told."
    suffix.proposal = repair(
      .edit, "jörg@contoso.com", isSafe: true, "--upn-suffix maps corp.local to contoso.com.")
    var letters = finding(
      "UPN004", "upn-diacritics", .error, dn: dn, line: 120, attribute: "userPrincipalName",
      value: value, "a letter with a diacritic")
    letters.category = "Character"
    letters.evidence = [
      "U+00F6 LATIN SMALL LETTER O WITH DIAERESIS at position 2", #"also "ö", once more"#,
    ]
    letters.proposal = repair(.edit, "joerg@corp.local", isSafe: false, "Transliterated.")
    letters.proposal?.safeValue = Array("jörg@contoso.com".utf8)
    let other = finding(
      "UPN011", "upn-differs-from-mail", .info, dn: dn, line: 120,
      attribute: "userPrincipalName", value: value, "differs from the primary address")
    var follower = finding(
      "UPN004", "upn-diacritics", .info, dn: dn, attribute: "mail", value: Array("jörg@corp.local".utf8), "follows")
    follower.proposal = repair(.edit, "joerg@corp.local", isSafe: false, "Transliterated.")
    follower.fingerprint = ""
    duplicate.annotations.followers = [follower]
    return [duplicate, letters, suffix, other]
  }()

  /// No line, no attribute; a DN that would like to run the terminal.
  static let hostileName: [Finding] = {
    var dn = Array("CN=\u{1B}]0;owned\u{07}\u{1B}[2J\u{202E}evil\u{9B}31m\\".utf8)
    dn += [0x0A] + Array(",OU=".utf8) + [0xFF, 0xC3] + Array(",DC=contoso,DC=com".utf8)
    var conflict = finding(
      "OBJ001", "replication-conflict", .warning, dn: dn,
      "the object lost a naming conflict \u{1B}[31mred\u{1B}[0m\r\nsecond line\u{2028}third")
    conflict.objectClass = "contact"
    conflict.commonName = [0xFF, 0x0A]
    return [conflict]
  }()

  /// Line breaks, bytes, escape sequences, formulas; every action.
  // swift-format-ignore
  static let values: [Finding] = {
    let dn = Array("CN=Values,DC=contoso,DC=com".utf8)
    let cases: [(String, [UInt8]?, Proposal?)] = [
      ("description", Array("first\r\nsecond\n\"third\"".utf8), repair(.remove, nil, isSafe: false, "Blank.")),
      ("jpegPhoto", [0xFF, 0xD8, 0x00, 0x0A], nil),
      ("displayName", Array("=cmd|' /C calc'!A0".utf8), repair(.edit, "+1", isSafe: true, "A formula.")),
      ("givenName", Array("'＝1+1".utf8), repair(.edit, "@x", isSafe: true, "Wide.")),
      ("info", Array("a\u{1B}[31mb\u{0}\u{7F}\u{85}\u{2066}".utf8), repair(.remove, nil, isSafe: true, "Controls.")),
      ("mail", nil, repair(.add, "values@contoso.com", isSafe: true, "The primary address.")),
      ("sn", [], repair(.edit, "", isSafe: true, "It is to stay as it is.")),
      ("telephoneNumber", Array("-12;34".utf8), repair(.edit, "＋4912", isSafe: false, "Dialable.")),
    ]
    return cases.map { attribute, value, repair in
      var found = finding(
        "NAME009", "awkward-value", .warning, dn: dn, line: 1301, attribute: attribute,
        value: value, "the value is awkward")
      found.category = "Format"
      found.proposal = repair
      return found
    }
  }()

  /// Wide characters, and words that do not fit a line.
  // swift-format-ignore
  static let wide: [Finding] = {
    let dn = Array("CN=山田 太郎,OU=\(String(repeating: "東京", count: 20)),DC=contoso,DC=com".utf8)
    let long = String(repeating: "x", count: 100)
    return [
      finding(
        "NICK003", "nickname-too-long", .info, dn: dn, line: 9, attribute: "mailNickname",
        value: Array(long.utf8), "\(long) has 100 characters, and 64 are allowed, 山田 太郎 山田 太郎 山田 太郎")
    ]
  }()

  // swift-format-ignore
  static var summary: RunSummary {
    var summary = RunSummary()
    summary.entries = 1208
    summary.examined = [
      RunSummary.SkipCount(reason: "user", count: 1000), RunSummary.SkipCount(reason: "contact", count: 1),
    ]
    summary.skipped = [
      RunSummary.SkipCount(reason: "a critical system object", count: 200),
      RunSummary.SkipCount(reason: "has no sAMAccountName", count: 7),
    ]
    summary.skippedObjects = [
      RunSummary.SkippedObject(
        source: "staff.ldif", line: 40, dn: Array("CN=krbtgt,CN=Users,DC=contoso,DC=com".utf8),
        reason: "a critical system object", clause: "IsPresent([isCriticalSystemObject])"),
      RunSummary.SkippedObject(
        source: "staff.ldif", line: nil, dn: [0x43, 0x4E, 0x3D, 0xFE], reason: "has no sAMAccountName",
        clause: nil),
    ]
    var shape = TallyShape()
    shape.countsCauses = true
    var tally = Tally(shape)
    for findings in objects { tally.add(findings) }
    tally.complete(&summary)
    for index in summary.causes.indices {
      summary.causes[index].sentence = "What \(summary.causes[index].rule) is about."
    }
    summary.rules = 71
    summary.problems = problems
    return summary
  }

  /// One of each kind.
  static var problems: [Problem] {
    let kinds: [Problem.Kind] = [
      .malformedRecord, .changeRecord, .urlValue, .unreadable, .incomplete, .notChecked,
      .checkFailed, .note,
    ]
    return kinds.map { kind in
      var problem = Problem(kind: kind, message: "something about \(kind.rawValue), and what to do")
      switch kind {
      case .malformedRecord:
        problem.source = "staff.ldif"
        problem.line = 77
        problem.byteOffset = 4096
        problem.raw = Array("userPassword:: \u{1B}[2J".utf8) + [0xFF]
      case .urlValue:
        problem.source = "staff.ldif"
        problem.line = 99
        problem.raw = Array("jpegPhoto:< file:///etc/passwd".utf8)
      case .checkFailed: problem.dn = "CN=Values,DC=contoso,DC=com"
      case .unreadable:
        problem.source = "gone.ldif"
        problem.byteOffset = 12
      default: break
      }
      return problem
    }
  }

  /// A run without findings that saw everything.
  static var quiet: RunSummary {
    var summary = RunSummary()
    summary.entries = 41
    summary.examined = [RunSummary.SkipCount(reason: "user", count: 40)]
    summary.skipped = [RunSummary.SkipCount(reason: "a critical system object", count: 1)]
    summary.rules = 71
    return summary
  }

  /// The whole report, rendered as threads do it: each object into a buffer of its own.
  static func render(
    _ format: ReportFormat, _ options: ReportOptions = ReportOptions(),
    redacting attributes: [String] = [], objects: [[Finding]] = Fixture.objects,
    summary: RunSummary = Fixture.summary
  ) -> [UInt8] {
    let redaction = Redaction(attributes: attributes)
    let report = format.report(options)
    var out = OutputBuffer()
    report.begin(header, isComplete: summary.isComplete, into: &out)
    for (index, object) in objects.enumerated() {
      var block = OutputBuffer()
      var object = object
      redaction.pass(&object)
      report.object(object, isFirst: index == 0, into: &block)
      out.append(block)
    }
    var summary = summary
    redaction.pass(&summary)
    report.end(summary, header, into: &out)
    return out.bytes
  }

  static func text(
    _ format: ReportFormat, _ options: ReportOptions = ReportOptions(),
    redacting attributes: [String] = [], objects: [[Finding]] = Fixture.objects,
    summary: RunSummary = Fixture.summary
  ) -> String {
    String(
      decoding: render(
        format, options, redacting: attributes, objects: objects, summary: summary),
      as: UTF8.self)
  }
}
