import Directory
import Foundation
import System
import TestServers
import Testing

@testable import LDAP

extension LiveServers {
  /// A Samba domain controller: a real Active Directory schema.
  @Suite(
    .serialized,
    .enabled(if: TestServer.canRun("samba"), "samba is not installed, or this is not root"))
  struct Samba {
    static let members = 3_000
    static let server = Result {
      let file = FileManager.default.temporaryDirectory
        .appending(path: "ll-\(UUID().uuidString).ldif")
      try forest().write(to: file, atomically: false, encoding: .utf8)
      defer { try? FileManager.default.removeItem(at: file) }
      return try TestServer("samba", ["EXCHANGE": "1", "LDIF": file.path])
    }

    /// 1,000 persons in three groups of which one has 3,000 members, a person with 2,000 addresses.
    static func forest() -> String {
      var text = "dn: OU=Staff,@BASE@\nobjectClass: organizationalUnit\nou: Staff\n\n"
      for number in 0..<members {
        let kind = number < 300 ? "user" : "contact"
        text += "dn: CN=P\(number),OU=Staff,@BASE@\nobjectClass: \(kind)\ncn: P\(number)\n"
        text += "mail: p\(number)@contoso.com\n"
        if kind == "user" { text += "sAMAccountName: p\(number)\nuserAccountControl: 514\n" }
        text += "\n"
      }
      text += "dn: CN=Many,OU=Staff,@BASE@\nobjectClass: contact\ncn: Many\nmailNickname: many\n"
      for number in 0..<2_000 { text += "proxyAddresses: smtp:a\(number)@contoso.com\n" }
      text += "\ndn: CN=All,OU=Staff,@BASE@\nobjectClass: group\ncn: All\nsAMAccountName: all\n"
      for number in 0..<members { text += "member: CN=P\(number),OU=Staff,@BASE@\n" }
      return text + "\n"
    }

    static let attributes = [
      "objectClass", "cn", "sAMAccountName", "userPrincipalName", "mail", "proxyAddresses",
      "mailNickname", "isCriticalSystemObject", "extensionAttribute1", "member", "objectGUID",
    ]

    func server(
      _ scheme: String, _ rest: String = "",
      _ change: (inout LDAPConnectionOptions) -> Void = { _ in }
    ) throws -> LDAPServer {
      let server = try Self.server.get()
      var options = LDAPConnectionOptions.simple(try server("LOGIN"), "Passw0rd!123")
        .trusting(try server("TLS") + "/ca.pem")
      change(&options)
      return LDAPServer(try LDAPURL("\(scheme)://\(server("ADDRESS"))\(rest)"), options)
    }

    func scan(
      _ server: LDAPServer, to spool: Spool, attributes: [String] = Self.attributes
    ) throws -> LDAPScanResult {
      var request = LDAPScanRequest()
      request.attributes = attributes
      return try server.scan(request, to: spool.descriptor)
    }

    @Test func aDomainIsReadAsAWhole() throws {
      let spool = Spool()
      let result = try scan(server("ldaps"), to: spool)
      #expect(result.isComplete, "\(result.problems)")
      #expect(result.server.isActiveDirectory)
      #expect(result.server.domainName == "corp.contoso.local")
      #expect(result.server.forestName == "corp.contoso.local")
      #expect(!result.server.isGlobalCatalog)
      #expect(result.bases == ["DC=corp,DC=contoso,DC=local"])
      #expect(result.missingAttributes == ["extensionAttribute1"])
      #expect(spool.dns.filter { $0.contains("OU=Staff") }.count == Self.members + 2)
      #expect(spool.values("member").filter { $0.hasPrefix("CN=P") }.count == Self.members)
      #expect(spool.values("proxyAddresses").count == 2_000)
      // Configuration is another partition, without objects of people.
      #expect(result.references.map(\.kind) == [.immaterial])
      #expect(result.problems.allSatisfy { $0.kind == .note })
    }

    @Test(arguments: ["member;range=0-99", "proxyAddresses;range=0-9"])
    func portionsAreReadToTheEnd(attribute: String) throws {
      let spool = Spool()
      let server = try server(
        "ldaps", "/OU=Staff,DC=corp,DC=contoso,DC=local??sub?(|(cn=All)(cn=Many))")
      let result = try scan(server, to: spool, attributes: ["cn", attribute])
      #expect(result.isComplete, "\(result.problems)")
      let name = String(attribute.prefix { $0 != ";" })
      let values = spool.values(name)
      #expect(Set(values).count == values.count)
      #expect(values.count == (name == "member" ? Self.members : 2_000))
    }

    @Test func theGlobalCatalogLacksAttributes() throws {
      let spool = Spool()
      let result = try scan(server("ldaps", ":3269"), to: spool)
      #expect(result.server.isGlobalCatalog)
      #expect(result.bases == [""])
      #expect(result.notInGlobalCatalog.sorted() == ["isCriticalSystemObject", "proxyAddresses"])
      #expect(!result.isComplete)
      #expect(
        result.problems.contains { $0.kind == .incomplete && $0.message.contains("proxyAddresses") }
      )
      #expect(spool.values("proxyAddresses").isEmpty)
      #expect(result.entries > Self.members)
    }

    @Test(arguments: LDAPConnectionOptions.Mechanism.allCases.filter { $0 != .external })
    func kerberos(mechanism: LDAPConnectionOptions.Mechanism) throws {
      let values = try Self.server.get()
      setenv("KRB5_CONFIG", try values("KRB5_CONFIG"), 1)
      setenv("KRB5CCNAME", try values("KRB5CCNAME"), 1)
      let spool = Spool()
      let result = try scan(server("ldap") { $0.bind = .sasl(mechanism) }, to: spool)
      #expect(result.isComplete)
      #expect(result.entries > Self.members)
    }

    @Test func aPasswordInTheOpenIsRefusedHereAndThere() throws {
      // Loopback counts as safe, so the server is the one that refuses.
      let there = try #require(try server("ldap").failure)
      #expect(there.resultCode == 8)
      #expect(there.description.contains("use ldaps://"))
    }

    @Test func aWrongPasswordIsNamed() throws {
      let login = try Self.server.get()("LOGIN")
      let wrong = try server("ldaps") { options in
        options.bind = .simple(name: login) { () throws(LDAPError) in LDAPSecret("no".utf8) }
      }
      let error = try #require(wrong.failure)
      #expect(error.resultCode == 49)
      #expect(error.advice == "wrong name or password")
    }

    @Test func aSearchBeforeALoginIsExplained() throws {
      let spool = Spool()
      let result = try scan(server("ldap") { $0.bind = .anonymous }, to: spool)
      #expect(!result.isComplete)
      #expect(result.problems.contains { $0.message.contains("before a successful bind") })
    }

    @Test func theDiagnosisKnowsActiveDirectory() throws {
      let diagnosis = try server("ldaps").diagnose(attributes: Self.attributes)
      #expect(diagnosis.tls?.hasPrefix("TLS1.") == true)
      #expect(diagnosis.missingAttributes == ["extensionAttribute1"])
      #expect(diagnosis.isPagingUsable == true)
      #expect(diagnosis.server.domainControllerLevel.map(ServerDescription.levelName) == "2008 R2")
      #expect(diagnosis.bases.first?.attributesSeen.contains("mail") == true)
    }

    @Test func aChangeSwapsOnlyWhatItExpects() throws {
      let session = try server("ldaps").open()
      let dn = "CN=P7,OU=Staff,DC=corp,DC=contoso,DC=local"
      let swap = [
        Modification(.delete, "mail", [Array("p7@contoso.com".utf8)]),
        Modification(.add, "mail", [Array("seven@contoso.com".utf8)]),
      ]
      try session.modify(dn, swap)
      #expect(try session.read(dn, attributes: ["mail"])?.text("mail") == "seven@contoso.com")
      do throws(LDAPError) {
        try session.modify(dn, swap)
        Issue.record("the old value was not there")
      } catch {
        #expect(error.resultCode == 16)
      }
    }
  }
}
