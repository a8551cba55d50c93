import Foundation
import TestServers
import Testing

extension LiveCommands {
  /// `check` and `doctor` on 389 Directory Server. Its start takes 20 seconds, so it has to be asked
  /// for: `make test-all`.
  @Suite(
    .serialized,
    .enabled(
      if: ProcessInfo.processInfo.environment["LDAPLINT_TEST_389"] == "1",
      "make test-all starts 389 Directory Server"))
  struct DirectoryServer389 {
    static let forest = DirtyForest(base: "dc=contoso,dc=local", users: 1_000)

    @Test func theFindingsAreThoseOfTheExport() throws {
      let suffix = "dn: dc=contoso,dc=local\nobjectClass: domain\ndc: contoso\n\n"
      let place = try Workplace(suffix + Self.forest.withAnchors)
      let server = try TestServer("ds389", ["LDIF": place.path("export.ldif")])
      defer { server.stop() }
      let url = "ldap://127.0.0.1:\(try server("PORT"))"
      let login = ["--bind-dn", "cn=Directory Manager"]
      let environment = ["LDAPLINT_PASSWORD": "Directory1Manager"]
      let live = try place.run(
        ["check", "--format", "ndjson", url, "--save", "saved.ldif"] + login,
        environment: environment)
      #expect(live.status == 1, "\(live.errors)")
      let export = try place.run("check", "--format", "ndjson", "export.ldif")
      func findings(_ report: String) throws -> [String] {
        try comparable(report, inAnyOrder: true).filter { $0.contains("ou=Staff,") }
      }
      let expected = try findings(export.output)
      #expect(expected.count > 700)
      try expectSame(findings(live.output), expected)
      let saved = try place.run("check", "--format", "ndjson", "saved.ldif")
      #expect(live.output.replacing(url, with: "saved.ldif") == saved.output)
      let doctor = try place.run(["doctor", url] + login, environment: environment)
      #expect(doctor.status == 0, "\(doctor.errors)")
      #expect(doctor.output.contains("389"))
    }
  }
}
