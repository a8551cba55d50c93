import Bytes
import Findings
import Lint
import TestKit
import Testing

/// SIDs and GUIDs written as text, as ldbsearch and AdFind do, are those in octets.
@Suite struct TextIdentifierTests {
  private static let guid = "6f1b2c3d-1111-4222-8333-94445555aaaa"
  private static let octets = "PSwbbxERIkKDM5REVVWqqg=="

  private static func user(_ name: String, _ more: String, domain: String = "DC=contoso,DC=com")
    -> String
  {
    "dn: CN=\(name),OU=Staff,\(domain)\nobjectClass: user\ncn: \(name)\n"
      + "sAMAccountName: \(name)\n\(more)\n"
  }

  @Test(arguments: [
    "objectGUID: \(guid)", "objectGUID: {\(guid.uppercased())}", "objectGUID:: \(octets)",
    "objectGUID;binary:: \(octets)",
  ])
  func oneObjectInWhateverForm(_ line: String) throws {
    let result = try Lint.of(
      Self.user("ann", "objectGUID:: \(Self.octets)\n"), Self.user("eva", "\(line)\n"))
    #expect(result.summary.examined.map(\.count) == [1])
  }

  @Test func aLinkedMailboxFindsItsAccount() throws {
    let text = "S-1-5-21-1004336348-1177238915-682003330-1104"
    let octets = "AQUAAAAAAAUVAAAA3PTcO4M9K0aCi6YoUAQAAA=="
    for (account, master) in [
      (": \(text)", ": \(text)"), (":: \(octets)", ": \(text)"), (": \(text)", ":: \(octets)"),
      (": \(text.lowercased())", ":: \(octets)"),
    ] {
      let result = try Lint.of(
        Self.user("ann", "objectSid\(account)\n"),
        Self.user(
          "ann", "msExchRecipientTypeDetails: 2\nmsExchMasterAccountSid\(master)\n",
          domain: "DC=res,DC=contoso,DC=com"))
      #expect(result.summary.examined.map(\.count) == [2], "\(account), \(master)")
    }
  }

  @Test(arguments: [
    ("", guid, 0), ("", "{\(guid)}", 0), ("objectGUID: \(guid)\n", guid, 0),
    ("", "6f1b2c3d-1111-4222-8333-94445555aaa", 1), ("", "not a GUID", 1),
    // Where the tool writes octets, text is what the directory holds.
    ("objectGUID:: \(octets)\n", guid, 1),
  ])
  func theLengthOfATextGUID(_ more: String, _ value: String, _ findings: Int) throws {
    for text in [
      Self.user("ann", more + "mS-DS-ConsistencyGuid: \(value)\n"),
      Self.user("ann", "mS-DS-ConsistencyGuid: \(value)\n" + more),
    ] {
      let result = try Lint.of(text, rules: try Lint.rules(only: ["ANC001"]))
      #expect(result.findings.count == findings)
    }
  }

  @Test func equalAnchorsInDifferentForms() throws {
    let result = try Lint.of(
      Self.user("ann", "mS-DS-ConsistencyGuid: \(Self.guid)\n"),
      Self.user("eva", "mS-DS-ConsistencyGuid:: \(Self.octets)\n"),
      rules: try Lint.rules(only: ["DUP007", "ANC001"]))
    #expect(result.findings.count == 2)
  }

  @Test func entryUUIDStaysText() throws {
    let result = try Lint.of(
      Self.user("ann", "entryUUID: \(Self.guid)\n"),
      Self.user("eva", "entryUUID: \(Self.guid.uppercased())\n"))
    #expect(result.summary.examined.map(\.count) == [1])
  }
}
