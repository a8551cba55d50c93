import Checks
import Findings
import Lint
import TestKit
import Testing

/// Deleted objects are counted, and nothing else: not checked, nobody's rival, nobody's copy.
@Suite struct DeletedObjectTests {
  static func user(_ dn: String, _ more: String = "") -> String {
    "dn: \(dn)\nobjectClass: top\nobjectClass: user\ncn: x\nsAMAccountName: ann\n"
      + "userPrincipalName: ann@contoso.com\n\(more)\n"
  }

  private static let living = user(
    "CN=Ann,OU=Staff,DC=contoso,DC=com", "objectGUID:: AAAAAAAAAAAAAAAAAAAAAA==\n")

  @Test(arguments: [
    user("CN=Ann,OU=Staff,DC=contoso,DC=de", "isDeleted: TRUE\n"),
    user("CN=Ann,OU=Staff,DC=contoso,DC=de", "isDeleted: true\nisRecycled: TRUE\n"),
    user("CN=Ann\\0ADEL:6f1b2c3d-1111-4222-8333-94445555aaaa,OU=Staff,DC=contoso,DC=com"),
    user("CN=Ann\\0adel:6f1b2c3d-1111-4222-8333-94445555aaaa,CN=Deleted Objects,DC=contoso,DC=com"),
    user("CN=Ann,CN=Deleted Objects,DC=contoso,DC=com"),
    user("CN=Ann, cn=deleted objects, DC=contoso,DC=com"),
    user(
      "<GUID=6f1b2c3d-1111-4222-8333-94445555aaaa>;<SID=S-1-5-21-1-2-3-4>;CN=Ann,"
        + "CN=Deleted Objects,DC=contoso,DC=com"),
    // CN=Ann, a line feed, DEL:x,CN=Deleted Objects,DC=contoso,DC=com
    user(": Q049QW5uCkRFTDp4LE9VPVN0YWZmLERDPWNvbnRvc28sREM9Y29t").replacing("dn: :", with: "dn::"),
    user(
      "nsuniqueid=1a2b-3c4d,uid=ann,ou=people,dc=contoso,dc=com",
      "objectClass: nsTombstone\nnscpEntryDN: uid=ann,ou=people,dc=contoso,dc=com\n"),
    // The same GUID is no other copy of the one that lives.
    user("CN=Ann,CN=Deleted Objects,DC=contoso,DC=com", "objectGUID:: AAAAAAAAAAAAAAAAAAAAAA==\n"),
  ])
  func isCountedAndNothingElse(_ deleted: String) throws {
    for text in [Self.living + deleted, deleted + Self.living] {
      let result = try Lint.of(text)
      #expect(result.findings.isEmpty)
      #expect(result.summary.entries == 2)
      #expect(result.summary.examined.map(\.count) == [1])
      #expect(result.summary.skipped.map(\.reason) == ["a deleted object"])
      #expect(result.summary.skipped.map(\.count) == [1])
      #expect(!result.summary.problems.contains { $0.makesIncomplete })
    }
    var settings = CheckSettings()
    settings.lintsAllObjects = true
    let all = try Lint.of(Self.living + deleted, rules: try Lint.rules(settings: settings))
    #expect(all.summary.examined.map(\.count) == [1])
  }

  @Test(arguments: [
    user("CN=Ann,OU=Staff,DC=contoso,DC=de", "isDeleted: FALSE\n"),
    user("CN=Ann DEL:x,OU=Staff,DC=contoso,DC=com"),
    user("CN=Deleted Objects,OU=Staff,DC=contoso,DC=com"),
    user("CN=Ann,CN=Deleted Objects 2,DC=contoso,DC=com"),
    user("CN=Ann\\0ACNF:6f1b2c3d-1111-4222-8333-94445555aaaa,OU=Staff,DC=contoso,DC=com"),
    user("nsuniqueid=1a2b+uid=ann,ou=people,dc=contoso,dc=com"),
  ])
  func othersLive(_ other: String) throws {
    let rival = other.replacing("cn: x\n", with: "cn: x\nobjectGUID:: AAAAAAAAAAAAAAAAAAAAAQ==\n")
    let result = try Lint.of(Self.living + rival)
    #expect(!result.summary.skipped.contains { $0.reason == "a deleted object" })
    #expect(result.summary.examined.reduce(0) { $0 + $1.count } >= 1)
  }

  @Test func nothingButDeletedObjectsIsIncomplete() throws {
    let result = try Lint.of(Self.user("CN=Ann,CN=Deleted Objects,DC=contoso,DC=com"))
    let problem = try #require(result.summary.problems.first { $0.makesIncomplete })
    #expect(problem.message.contains("deleted"))
  }
}
