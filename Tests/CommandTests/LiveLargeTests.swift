import Foundation
import TestServers
import Testing

extension LiveCommands {
  /// `check` on a slapd with 50,000 objects.
  @Suite(.serialized, .enabled(if: TestServer.canRun("slapd"), "slapd is not installed"))
  struct Large {
    static let users = 50_000
    static let forest = LiveForest(
      objects: LiveForest.users(users) { $0 % 1_000 == 7 ? "corp.local" : "contoso.com" } + """


        dn: CN=limited,DC=contoso,DC=com
        objectClass: person
        cn: limited
        userPassword: readme

        dn: DC=child,DC=contoso,DC=com
        objectClass: referral
        objectClass: extensibleObject
        dc: child
        ref: ldap://dc1.child.contoso.com/DC=child,DC=contoso,DC=com??sub
        """, suffix: "DC=contoso,DC=com")
    static let server = Result { try forest.serve() }

    let place: Workplace
    let url: String

    init() throws {
      place = try Workplace("")
      url = "ldap://127.0.0.1:\(try Self.server.get()("PORT"))"
    }

    func check(_ arguments: String..., name: String = forest.reader) throws -> Outcome {
      try place.run(
        ["check", "--format", "ndjson", url, "--bind-dn", name] + arguments,
        environment: ["LDAPLINT_PASSWORD": LiveForest.password])
    }

    /// The summary of an NDJSON report.
    func summary(_ report: String) throws -> [String: Any] {
      let line = try #require(report.split(separator: "\n").last)
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
      return try #require(object as? [String: Any])
    }

    @Test func everyPageIsCheckedAndWhatIsElsewhereIsNamed() throws {
      let outcome = try check("--save", "s.ldif", "--select", "UPN006,DUP")
      #expect(outcome.status == 2)
      #expect(try comparable(outcome.output).count == Self.users / 1_000)
      // Part of what was asked for is on another server: that is not a complete result.
      let said = try problems(outcome.output)
      #expect(
        said.contains {
          $0.lowercased().hasPrefix("incomplete dc=child,dc=contoso,dc=com is on another server")
            && $0.contains("not followed") && $0.contains("ldap://dc1.child.contoso.com/")
        }, "\(said)")
      #expect(outcome.errors.contains("not followed"))
      let saved = try place.run(
        "check", "--format", "ndjson", "s.ldif", "--select", "UPN006,DUP")
      #expect(outcome.output.replacing(url, with: "s.ldif") == saved.output)
      let allowed = try place.run("check", "--allow-incomplete", "s.ldif", "--select", "UPN006")
      #expect(allowed.status == 1)
    }

    @Test func aLimitOfTheServerLeavesTheResultIncomplete() throws {
      let outcome = try check("--page-size", "10", name: "cn=limited,DC=contoso,DC=com")
      #expect(outcome.status == 2)
      let said = try problems(outcome.output)
      #expect(said.contains { $0.contains("limit exceeded") }, "\(said)")
      #expect(try summary(outcome.output)["complete"] as? Bool == false)
    }
  }
}
