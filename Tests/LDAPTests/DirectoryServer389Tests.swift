import Foundation
import System
import TestServers
import Testing

@testable import LDAP

extension LiveServers {
  /// 389 Directory Server. Its start takes 20 seconds, so it has to be asked for.
  @Suite(
    .serialized,
    .enabled(
      if: ProcessInfo.processInfo.environment["LDAPLINT_TEST_389"] == "1",
      "set LDAPLINT_TEST_389=1 to start 389 Directory Server"))
  struct DirectoryServer389 {
    static let users = 1_500
    static let server = Result {
      let file = try SampleDirectory.write(users: users)
      defer { try? FileManager.default.removeItem(atPath: file) }
      return try TestServer("ds389", ["LDIF": file])
    }

    let manager = LDAPConnectionOptions.simple("cn=Directory Manager", "Directory1Manager")

    @Test func everyPageIsRead() throws {
      let url = try LDAPURL("ldap://127.0.0.1:\(Self.server.get()("PORT"))")
      let spool = Spool()
      var request = LDAPScanRequest()
      request.attributes = ["objectClass", "cn", "mail", "userPassword"]
      let result = try LDAPServer(url, manager).scan(request, to: spool.descriptor)
      #expect(result.isComplete, "\(result.problems)")
      #expect(result.entries == Self.users + 2)
      #expect(result.pages == 2)
      #expect(result.server.vendor == "389 Project")
      #expect(!result.server.isActiveDirectory)
      #expect(result.bases == [SampleDirectory.base])
      let diagnosis = try LDAPServer(url, manager).diagnose(attributes: ["mail", "noSuchThing"])
      #expect(diagnosis.missingAttributes == ["noSuchThing"])
      #expect(diagnosis.isPagingUsable == true)
      #expect(diagnosis.identity == "dn: cn=directory manager")
    }
  }
}
