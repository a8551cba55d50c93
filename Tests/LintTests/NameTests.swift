import Bytes
import Directory
import Findings
import Lint
import TestKit
import Testing

/// What stands after `dn:` and is no DN, and DNs with identifiers before them.
@Suite struct NameTests {
  private static func user(_ dn: String, _ more: String = "") -> String {
    "dn: \(dn)\nobjectClass: user\ncn: ann\nsAMAccountName: ann\n"
      + "userPrincipalName: an n@contoso.com\n\(more)\n"
  }

  @Test(arguments: [
    "CN=Berg, Una,OU=Staff,DC=contoso,DC=com", "una", "CN=Una,OU=Staff,DC=contoso,DC=com,",
    "CN=Una\\,OU=Staff,DC=contoso\\", "=Una,DC=contoso,DC=com", "CN=#1 Una,DC=contoso,DC=com",
    "C N=Una,DC=contoso,DC=com", "CN=\"Una,OU=Staff,DC=contoso,DC=com", "CN=Una,,DC=contoso,DC=com",
    "contoso.com/Staff/Una", "<GUID=6f1b2c3d-1111-4222-8333-94445555aaaa>",
  ])
  func whatIsNoDNIsAProblemAndNothingIsWrittenForIt(_ dn: String) throws {
    let good = Self.user("CN=Ann,OU=Staff,DC=contoso,DC=com")
    let result = try Lint.of(good + "# a comment\n" + Self.user(dn))
    let problem = try #require(result.summary.problems.first { $0.makesIncomplete })
    #expect(problem.kind == .malformedRecord)
    #expect(problem.message.contains("no distinguished name (RFC 4514)"))
    #expect(problem.line == 8)
    #expect(problem.byteOffset == good.utf8.count + 12)
    #expect(problem.dn == dn)
    #expect(result.summary.entries == 2)
    #expect(result.summary.examined.map(\.count) == [2])
    let findings = result.findings().filter { $0.dn == Array(dn.utf8) && $0.attribute != nil }
    #expect(!findings.isEmpty)
    for finding in findings { #expect(finding.proposal?.action == .some(.none), "\(finding)") }
  }

  @Test(arguments: [
    "CN=Berg\\, Una,OU=Staff,DC=contoso,DC=com", "CN=Una\\0ACNF:x,DC=contoso,DC=com", "",
    "CN=Una+uid=una,DC=contoso,DC=com", "CN=\"Berg, Una\",DC=contoso,DC=com", "CN=\\#1,DC=contoso",
    "OID.2.5.4.3=Una, DC=contoso; DC=com", "CN=,DC=contoso,DC=com",
    "2.5.4.3=#0403556E61,DC=contoso",
    "<GUID=6f1b>;<SID=S-1-5-21-1-2-3-4>;CN=Una,DC=contoso,DC=com", "CN=Jörg,DC=contoso,DC=com",
  ])
  func dnsAreNoProblem(_ dn: String) throws {
    let result = try Lint.of(Self.user(dn))
    #expect(!result.summary.problems.contains { $0.makesIncomplete }, "\(result.summary.problems)")
  }

  /// Each name between two others, of which it may share the parent, is what it is alone.
  @Test func whatCameBeforeDoesNotMatter() {
    let long = ["CN=a", "CN=a\\", "CN=a\\,b", "CN=\"a", "a", "CN=a+b", "CN=#a", ""].flatMap {
      [$0 + ",OU=Staff,DC=contoso,DC=com", $0 + ",OU=Sta\"f,DC=contoso,DC=com"]
    }
    let names =
      long + [
        "CN=a,DC=b", "CN=c,DC=b", "CN=c\\,DC=b", "CN=\"c,DC=b", "CN=d\\,e,DC=b", "CN=d,DC",
        "c,DC=b",
        "CN=a+b,DC=b", "CN=a;b,DC=b", "CN=a;O=b,DC=b", "=a,DC=b", "CN=#a,DC=b", "CN=,DC=b", "DC=b",
        "",
        "CN=a,", "<X=1>;CN=a,DC=b", "<X=1>;CN=a,DC", ",DC=b", "CN=a,DC=b,DC=c", "CN=a\u{0},DC=b",
      ]
    for first in names {
      for second in names {
        var screen = NameScreen()
        for name in [first, second, first, second] {
          let fault = name.withByteView { screen.fault(of: $0) }
          let expected = (try? DistinguishedName(name)) == nil
          #expect((fault != nil) == expected, "\(name) after \(first), \(second)")
        }
      }
    }
  }

  @Test func extendedNamesAreTheNamesInThem() throws {
    let plain = "CN=Ann,OU=Staff,DC=contoso,DC=com"
    let guid = "<GUID=6f1b2c3d-1111-4222-8333-94445555aaaa>"
    for dn in [
      "\(guid);<SID=S-1-5-21-1-2-3-1104>;\(plain)", "\(guid);\(plain)",
      "<RMD_ADDTIME=130000000000000000>;\(guid);<SID=010500000000000515>;\(plain)",
    ] {
      let finding = try #require(try Lint.of(Self.user(dn)).findings().first)
      #expect(finding.dn == Array(plain.utf8))
      let encoded = String(decoding: Base64.encode(dn.utf8), as: UTF8.self)
      let other = try Lint.of(Self.user(dn).replacing("dn: \(dn)", with: "dn:: \(encoded)"))
      #expect(other.findings().first?.dn == Array(plain.utf8))
      #expect(try DistinguishedName(dn) == DistinguishedName(plain))
      // One object, whatever way it is called.
      let twice = try Lint.of(Self.user(dn) + Self.user(plain))
      #expect(twice.summary.examined.map(\.count) == [1])
      var base = LintOptions()
      base.bases = ["OU=Staff,DC=contoso,DC=com"]
      #expect(try Lint.of(Self.user(dn), options: base).summary.entries == 1)
    }
  }
}
