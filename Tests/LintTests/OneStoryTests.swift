import Bytes
import Checks
import Foundation
import Lint
import TestKit
import Testing

/// One wrong value, one story, told by the rule that says most.
@Suite struct OneStoryTests {
  /// Two rules that look at one value.
  struct Meeting: Sendable, CustomTestStringConvertible {
    var tells: String
    var silent: String
    var why: String
    /// Lines of a user of contoso.com.
    var lines: [String]
    /// A second user.
    var other: [String] = []
    var pack = "entra-id"
    var testDescription: String { "\(tells) tells, \(silent) does not" }
  }

  static let meetings: [Meeting] = [
    Meeting(
      tells: "UPN006", silent: "UPN012", why: "the name is replaced whatever the addresses are",
      lines: [
        "userAccountControl: 512", "userPrincipalName: ann@corp.local",
        "proxyAddresses: SMTP:ann@contoso.com",
      ]),
    Meeting(
      tells: "UPN004", silent: "UPN012", why: "the letter is what is wrong",
      lines: [
        "userAccountControl: 512", "userPrincipalName:: asO2cmdAY29udG9zby5jb20=",
        "proxyAddresses: SMTP:jorg@contoso.com",
      ]),
    Meeting(
      tells: "UPN002", silent: "UPN012", why: "it is no name at all",
      lines: [
        "userAccountControl: 512", "userPrincipalName: ann", "proxyAddresses: SMTP:ann@contoso.com",
      ]),
    Meeting(
      tells: "UPN003", silent: "UPN006", why: "the character is wrong whatever the domain is",
      lines: ["userPrincipalName: a$nn@corp.local"]),
    Meeting(
      tells: "MAIL001", silent: "MAIL007", why: "what is no address differs from every address",
      lines: ["mail: n/a", "proxyAddresses: SMTP:ann@contoso.com"]),
    Meeting(
      tells: "MAIL004", silent: "MAIL007", why: "the blank is what makes them differ",
      lines: ["mail: ann @contoso.com", "proxyAddresses: SMTP:ann@contoso.com"]),
    Meeting(
      tells: "IMT012", silent: "IMT007", why: "what is no address has no wrong character",
      lines: ["proxyAddresses: smtp:ann, berg"], pack: "idfix-multi-tenant"),
    Meeting(
      tells: "IMT007", silent: "IMT015", why: "the comma is wrong, not the domain",
      lines: ["proxyAddresses: smtp:ann@contoso.com;"], pack: "idfix-multi-tenant"),
    Meeting(
      tells: "IMT007", silent: "IMT013", why: "the bracket is told where all characters are",
      lines: ["proxyAddresses: smtp:<a\\b@contoso.com"], pack: "idfix-multi-tenant"),
    Meeting(
      tells: "IMT016", silent: "IMT018", why: "what does not arrive collides with nothing",
      lines: ["proxyAddresses: smtp:a@corp.local"], other: ["proxyAddresses: smtp:a@corp.local"],
      pack: "idfix-multi-tenant"),
    Meeting(
      tells: "IMT026", silent: "IMT031", why: "the character is wrong whatever the domain is",
      lines: ["userPrincipalName: a$nn@corp.local"], pack: "idfix-multi-tenant"),
    Meeting(
      tells: "IMT031", silent: "IMT035", why: "the name is replaced",
      lines: ["userPrincipalName: a@corp.local"], other: ["userPrincipalName: a@corp.local"],
      pack: "idfix-multi-tenant"),
    Meeting(
      tells: "IMT033", silent: "IMT032", why: "it says which part is too long",
      lines: ["userPrincipalName: \(String(repeating: "a", count: 110))@contoso.com"],
      pack: "idfix-multi-tenant"),
    Meeting(
      tells: "IDD005", silent: "IDD011", why: "what is no address belongs to nobody",
      lines: ["mail: n/a"], other: ["mail: n/a"], pack: "idfix-dedicated"),
    Meeting(
      tells: "IDD005", silent: "IDD004", why: "what is no address has no wrong character",
      lines: ["mail: ann berg"], pack: "idfix-dedicated"),
    Meeting(
      tells: "IDD019", silent: "IDD022", why: "the bracket is one story",
      lines: ["proxyAddresses: smtp:<ann@contoso.com>"], pack: "idfix-dedicated"),
    Meeting(
      tells: "IDD023", silent: "IDD025", why: "what does not arrive collides with nothing",
      lines: ["proxyAddresses: smtp:a@corp.local"], other: ["proxyAddresses: smtp:a@corp.local"],
      pack: "idfix-dedicated"),
    Meeting(
      tells: "IDD003", silent: "IDD002", why: "without the blank it is too long all the same",
      lines: [
        "displayName:: \(Data(" \(String(repeating: "a", count: 300))".utf8).base64EncodedString())"
      ],
      pack: "idfix-dedicated"),
  ]

  @Test(arguments: meetings) func theRightOneTells(_ meeting: Meeting) throws {
    var settings = CheckSettings()
    settings.tenant.verifiedDomains = ["contoso.com"]
    let both = [meeting.tells, meeting.silent]
    let pack = try Lint.library.pack(meeting.pack)
    func found(_ ids: [String]) throws -> [String] {
      let rules = try Lint.rules(pack, only: Set(ids), settings: settings)
      return try Lint.of(Self.ldif(meeting), rules: rules).findings().map(\.rule)
    }
    #expect(try found([meeting.silent]).contains(meeting.silent), "alone it tells")
    let told = try found(both)
    #expect(told.contains(meeting.tells), "\(meeting.why)")
    #expect(!told.contains(meeting.silent), "\(meeting.why)")
  }

  private static func ldif(_ meeting: Meeting) -> String {
    func user(_ name: String, _ lines: [String]) -> String {
      ([
        "dn: CN=\(name),OU=Staff,DC=contoso,DC=com", "objectClass: user", "sAMAccountName: \(name)",
      ]
        + lines).joined(separator: "\n") + "\n\n"
    }
    return user("ann", meeting.lines) + (meeting.other.isEmpty ? "" : user("bob", meeting.other))
  }

  // MARK: Forests

  /// What `command` of the repository prints.
  private static func output(_ program: String, _ arguments: [String]) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
    try Data().write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardOutput = try FileHandle(forWritingTo: file)
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(program) \(arguments)")
    return Array(try Data(contentsOf: file))
  }

  private static let messyDomains: Set = [
    "nordwind.de", "nordwind.pl", "nordwind.com.tr", "nordwind.cz", "nordwind.cn",
  ]

  @Test(arguments: ["entra-id", "entra-domain-services", "idfix-multi-tenant", "idfix-dedicated"])
  func theMessyForestIsToldOnce(_ pack: String) throws {
    let script = Repository.file("scripts/judge/forest.py").path
    let text = try Self.output("/usr/bin/env", ["python3", script, "--guids"])
    try Self.expectOneStory(text, pack, verified: Self.messyDomains, over: 1_000)
  }

  @Test(arguments: ["entra-id", "entra-domain-services", "idfix-multi-tenant", "idfix-dedicated"])
  func theGuardsForestIsToldOnce(_ pack: String) throws {
    let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "bench-data").path
    let other = Repository.file(".build/debug/bench-data").path
    let chosen = FileManager.default.isExecutableFile(atPath: program) ? program : other
    let arguments = ["--objects", "2000", "--dirty", "25", "--duplicates", "3", "--seed", "7"]
    let text = try Self.output(chosen, arguments)
    try Self.expectOneStory(text, pack, verified: ["contoso.com"], over: 100)
  }

  private static func expectOneStory(
    _ text: [UInt8], _ pack: String, verified: Set<String>, over minimum: Int
  ) throws {
    var settings = CheckSettings()
    settings.tenant.verifiedDomains = verified
    settings.tenant.initialDomain = "nordwind.onmicrosoft.com"
    let rules = try Lint.rules(pack, settings: settings)
    let result = try LintRun(
      ruleSet: rules, sources: [Lint.source(text)], options: LintOptions()
    ).run()
    let findings = result.findings()
    #expect(findings.count > minimum)
    #expect(OneStory.lines(findings) == [])
    let places = Set(
      findings.map { [$0.dn, Array(($0.attribute ?? "").utf8), $0.value ?? []] })
    let doubled = Double(findings.count - places.count) / Double(findings.count)
    #expect(doubled <= 0.03, "\(doubled * 100) % of the findings are doubled")
  }
}
