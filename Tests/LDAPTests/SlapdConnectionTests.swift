import Directory
import Foundation
import System
import TestServers
import Testing

@testable import LDAP

extension LiveServers {
  /// OpenLDAP: connecting, logging in, changing.
  @Suite(
    .serialized,
    .enabled(
      if: TestServer.canRun("slapd") && TestServer.canRun("kdc"), "slapd or the KDC is missing"))
  struct SlapdConnection {
    static let server = Result {
      try SlapdScan.slapd(users: 3, ["KERBEROS": "1", "DISGUISE": "1"])
    }
    static let base = SampleDirectory.base
    static let reader = LDAPConnectionOptions.simple("cn=reader,\(base)", "readme")

    func server(_ url: String, _ options: LDAPConnectionOptions) throws -> LDAPServer {
      let server = try Self.server.get()
      var text = url.replacing("TLSPORT", with: try server("TLS_PORT"))
      text = text.replacing("PORT", with: try server("PORT"))
      return LDAPServer(try LDAPURL(text), options)
    }

    func tls(_ file: String) throws -> String { try Self.server.get()("TLS") + "/" + file }

    func identity(_ server: LDAPServer) throws -> String? { try server.open().whoAmI() }

    @Test(arguments: [
      "ldap://127.0.0.1:PORT", "ldaps://127.0.0.1:TLSPORT", "ldaps://localhost:TLSPORT",
    ])
    func simpleBind(url: String) throws {
      let options = Self.reader.trusting(try tls("ca.pem"))
      #expect(try identity(server(url, options)) == "dn:cn=reader,\(Self.base)")
    }

    @Test func startTLS() throws {
      var options = Self.reader.trusting(try tls("ca.pem"))
      options.startTLS = true
      let found = try server("ldap://localhost:PORT", options)
      #expect(try identity(found) == "dn:cn=reader,\(Self.base)")
      #expect(try found.diagnose(attributes: []).tls?.hasPrefix("TLS1.") == true)
    }

    @Test func theUserOfALocalSocket() throws {
      var options = LDAPConnectionOptions()
      options.bind = .sasl(.external)
      let found = LDAPServer(try LDAPURL(Self.server.get()("LDAPI")), options)
      #expect(try identity(found) == "dn:cn=admin,\(Self.base)")
    }

    @Test func theHolderOfAClientCertificate() throws {
      var options = LDAPConnectionOptions()
      options.bind = .sasl(.external)
      options.caFile = try tls("ca.pem")
      options.clientCertificate = try tls("client.pem")
      options.clientKey = try tls("client.key")
      let found = try identity(server("ldaps://localhost:TLSPORT", options))
      #expect(found == "dn:cn=reader,\(Self.base)")
    }

    @Test func theHolderOfATicket() throws {
      let server = try Self.server.get()
      setenv("KRB5_CONFIG", try server("KRB5_CONFIG"), 1)
      setenv("KRB5CCNAME", try server("KRB5CCNAME"), 1)
      var options = LDAPConnectionOptions()
      options.bind = .sasl(.gssapi)
      let found = try self.server("ldap://localhost:PORT", options)
      #expect(try identity(found) == "dn:cn=reader,\(Self.base)")
      let spool = Spool()
      let result = try found.scan(LDAPScanRequest(), to: spool.descriptor)
      #expect(result.entries == 3)
      setenv("KRB5CCNAME", "FILE:/nonexistent", 1)
      #expect(found.failure?.advice?.contains("kinit") == true)
    }

    /// A login by Kerberos is several messages, each of which may be the one that is never answered.
    @Test func aTicketThatIsNeverAnswered() throws {
      let silent = ScriptedServer { request in
        request.operation == 0x60 ? [] : [.send(ScriptedServer.done(request))]
      }
      let server = try Self.server.get()
      setenv("KRB5_CONFIG", try server("KRB5_CONFIG"), 1)
      setenv("KRB5CCNAME", try server("KRB5CCNAME"), 1)
      var options = LDAPConnectionOptions()
      options.bind = .sasl(.gssapi)
      options.operationTimeout = .milliseconds(300)
      let found = LDAPServer(try LDAPURL("ldap://localhost:\(silent.port)"), options)
      let error = try #require(found.failure)
      #expect(error.cause == .timedOut)
      #expect(error.description.contains("no answer within"), "\(error)")
      options.operationTimeout = .seconds(60)
      let start = ContinuousClock.now
      do throws(LDAPError) {
        _ = try LDAPServer(found.url, options).open(isCancelled: { true })
        Issue.record("it was not cancelled")
      } catch {
        #expect(error.cause == .cancelled)
      }
      #expect(ContinuousClock.now - start < .seconds(20))
    }

    /// What cannot be connected to, and the words that say why.
    @Test(
      arguments: [
        ("ldaps://127.0.0.1:TLSPORT", "other-ca.pem", "issuer \"Test authority\" is not in"),
        ("ldaps://127.0.0.1:TLSPORT", nil, "is not among this machine's trusted authorities"),
        ("ldaps://127.0.0.2:TLSPORT", "ca.pem", "is for localhost"),
        ("ldaps://127.0.0.1:TLSPORT", "none.pem", "cannot read"),
        ("ldaps://127.0.0.1:TLSPORT", "server.key", "there is no certificate in"),
        ("ldaps://127.0.0.1:PORT", "ca.pem", "not with TLS"),
        ("ldap://127.0.0.1:TLSPORT", nil, "wants ldaps://"),
        ("ldap://127.0.0.1:1", nil, "nobody listens on port 1 of 127.0.0.1"),
        ("ldap://no.such.host.invalid", nil, "cannot be resolved"),
        ("ldapi://%2Fno%2Fsocket", nil, "/no/socket: No such file"),
      ] as [(String, String?, String)])
    func failures(url: String, file: String?, words: String) throws {
      var options = url.hasPrefix("ldap://no.such") ? LDAPConnectionOptions() : Self.reader
      options.caFile = try file.map(tls)
      let error = try #require(try server(url, options).failure)
      #expect(error.description.contains(words), "\(error)")
      #expect(error.advice != nil)
    }

    @Test func anyCertificateWillDoWhenAskedFor() throws {
      var options = Self.reader
      options.insecureTLS = true
      let spool = Spool()
      let result = try server("ldaps://127.0.0.2:TLSPORT", options)
        .scan(LDAPScanRequest(), to: spool.descriptor)
      #expect(result.problems.contains { $0.message.contains("not verified") })
      #expect(result.isComplete)
    }

    @Test func wrongPasswordsAndEmptyOnes() throws {
      let wrong = LDAPConnectionOptions.simple("cn=reader,\(Self.base)", "wrong")
      let error = try #require(try server("ldap://127.0.0.1:PORT", wrong).failure)
      #expect(error.resultCode == 49)
      #expect(error.operation == .bind)
      let empty = LDAPConnectionOptions.simple("cn=reader,\(Self.base)", "")
      #expect(try server("ldap://127.0.0.1:PORT", empty).failure?.cause == .refusedHere)
    }

    @Test func activeDirectoryIsRecognised() throws {
      let found = try server("ldap://127.0.0.1:PORT", Self.reader)
      let description = try found.open().server
      #expect(description.isActiveDirectory)
      #expect(description.domainName == "contoso.local")
      let spool = Spool()
      let result = try found.scan(LDAPScanRequest(), to: spool.descriptor)
      #expect(result.filter == DefaultFilter.text(.activeDirectory))
      #expect(result.bases == [Self.base])
      #expect(result.entries == 3)
    }

    @Test func aChangeSwapsOnlyWhatItExpects() throws {
      let admin = LDAPConnectionOptions.simple("cn=admin,\(Self.base)", "secret")
      let session = try server("ldap://127.0.0.1:PORT", admin).open()
      let dn = "CN=User 1,OU=Staff,\(Self.base)"
      let old = Array("user1@contoso.com".utf8)
      let new = Array("one@contoso.com".utf8)
      let swap = [Modification(.delete, "mail", [old]), Modification(.add, "mail", [new])]
      try session.modify(dn, swap)
      #expect(try session.read(dn, attributes: ["mail"])?.values("MAIL") == [new])
      do throws(LDAPError) {
        try session.modify(dn, swap)
        Issue.record("the old value was not there")
      } catch {
        #expect(error.resultCode == 16)
      }
      #expect(try session.read(dn, attributes: ["mail"])?.text("mail") == "one@contoso.com")
      try session.modify(
        dn, [Modification(.replace, "mail", [old]), Modification(.delete, "displayName", [])])
      let entry = try #require(try session.read(dn, attributes: []))
      #expect(entry.text("mail") == "user1@contoso.com")
      #expect(entry.text("displayName") == nil)
      #expect(try session.read("CN=Nobody,\(Self.base)", attributes: []) == nil)
      #expect(
        try session.read("cn=reader,\(Self.base)", attributes: [])?.text("userPassword") == nil)
    }

    @Test func aReaderMayNotChange() throws {
      let session = try server("ldap://127.0.0.1:PORT", Self.reader).open()
      do throws(LDAPError) {
        try session.modify("CN=User 2,OU=Staff,\(Self.base)", [Modification(.delete, "mail", [])])
        Issue.record("the change went through")
      } catch {
        #expect(error.resultCode == 50)
        #expect(error.operation == .modify)
      }
    }
  }
}
