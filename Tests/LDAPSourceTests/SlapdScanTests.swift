import Foundation
import Testing

@testable import LDAPSource

extension LiveServers {
  @Suite(.serialized, .enabled(if: TestServer.canRun("slapd"), "slapd is not installed"))
  struct SlapdScan {
    static let users = 2_345
    static let server = Result {
      try TestServer("slapd", ["LDIF": SampleDirectory.write(users: users)])
    }
    static let attributes = [
      "objectClass", "cn", "displayName", "sAMAccountName", "userPrincipalName", "mail",
      "proxyAddresses", "member",
    ]

    let base = SampleDirectory.base
    var reader: LDAPConnectionOptions { .simple("cn=reader,\(base)", "readme") }

    func url(_ rest: String = "") throws -> LDAPURL {
      try LDAPURL("ldap://127.0.0.1:\(Self.server.get()("PORT"))/\(rest)")
    }

    func scan(
      _ url: LDAPURL, _ options: LDAPConnectionOptions, to spool: Spool,
      _ change: (inout LDAPScanRequest) -> Void = { _ in }
    ) throws -> LDAPScanResult {
      var request = LDAPScanRequest()
      request.attributes = Self.attributes
      change(&request)
      return try LDAPServer(url, options).scan(request, to: spool.descriptor)
    }

    @Test func everyPageIsRead() throws {
      let spool = Spool()
      let result = try scan(url(), reader, to: spool)
      #expect(result.isComplete, "\(result.problems)")
      #expect(result.entries == Self.users + 2)
      #expect(result.pages == 3)
      #expect(Set(spool.dns).count == result.entries)
      #expect(result.bytes == spool.text.utf8.count)
      #expect(spool.lines.last { !$0.isEmpty } == "# end: complete \(result.entries)")
      #expect(spool.text.split(separator: "\n").allSatisfy { $0.utf8.count <= 76 })
    }
  }
}
