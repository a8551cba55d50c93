import Foundation
import TestServers
import Testing

extension LiveCommands {
  /// `check` on Samba's domain controllers, which have Active Directory's real schema: a dirty forest
  /// of a few thousand objects with Exchange's attributes, and a small one that has some of the same
  /// addresses.
  @Suite(
    .serialized,
    .enabled(if: TestServer.canRun("samba"), "samba is not installed, or this is not root"))
  struct Samba {
    static let corp = DirtyForest(base: "DC=corp,DC=contoso,DC=local", users: 1_500)
    static let lab = DirtyForest(base: "DC=lab,DC=fabrikam,DC=local", users: 100)
    static let corpServer = Result {
      try serve(corp, ["REALM": "CORP.CONTOSO.LOCAL", "NETBIOS": "CORP"])
    }
    static let labServer = Result {
      try serve(lab, ["REALM": "LAB.FABRIKAM.LOCAL", "NETBIOS": "LAB"])
    }

    static func serve(_ forest: DirtyForest, _ settings: [String: String]) throws -> TestServer {
      let place = try Workplace(forest.text)
      return try TestServer(
        "samba",
        ["EXCHANGE": "1", "LDIF": place.path("export.ldif")].merging(settings) { $1 })
    }

    /// The findings of the export.
    static let expected = Result {
      let place = try Workplace(corp.text)
      return try onObjects(
        of: [corp], place.run("check", "--format", "ndjson", "export.ldif").output)
    }

    let place: Workplace
    let server: TestServer
    let address: String
    let secure: String
    let login: [String]

    init() throws {
      server = try Self.corpServer.get()
      place = try Workplace(Self.corp.text)
      address = try server("ADDRESS")
      secure = "ldaps://\(address)"
      login = ["--bind-dn", try server("LOGIN"), "--ca-file", try server("TLS") + "/ca.pem"]
    }

    func run(_ arguments: [String], password: String = "Passw0rd!123") throws -> Outcome {
      try place.run(arguments, environment: ["LDAPLINT_PASSWORD": password])
    }

    func check(_ arguments: [String]) throws -> Outcome {
      try run(["check", "--format", "ndjson"] + arguments)
    }

    /// The findings about the objects of `forests`, as they compare. Samba gives each object an
    /// objectGUID of its own choice, so what shows it is left out, the keys with it; and it sends
    /// them in the order of those. The objects that it made by itself are no part of the export.
    static func onObjects(of forests: [DirtyForest], _ report: String) throws -> [String] {
      let units = forests.map { $0.unit.lowercased() }
      return try comparable(
        report, ignoring: ["fingerprint", "valueKey", "objectGUID"], inAnyOrder: true
      ).filter { finding in units.contains(where: finding.lowercased().contains) }
    }

    func expectTheFindings(
      _ report: String, _ expected: [String]? = nil,
      at place: SourceLocation = #_sourceLocation
    ) throws {
      try expectSame(
        Self.onObjects(of: [Self.corp, Self.lab], report), expected ?? Self.expected.get(),
        at: place)
    }

    // MARK: The same findings

    @Test func theDomainItsSnapshotAndItsExportGiveTheSameFindings() throws {
      let live = try check([secure, "--save", "saved.ldif"] + login)
      let saved = try check(["saved.ldif"])
      #expect(live.status == 1, "\(live.errors)")
      #expect(live.errors.isEmpty)
      #expect(try Self.expected.get().count > 1_000)
      try expectTheFindings(live.output)
      // But for the source's name, the snapshot gives the same report.
      #expect(saved.status == live.status)
      #expect(live.output.replacing(secure, with: "saved.ldif") == saved.output)
      // The partition without objects of people is told of, and is no reason to fail.
      #expect(
        try problems(live.output).contains {
          $0.hasPrefix("note CN=Configuration,DC=corp,DC=contoso,DC=local is another partition")
        })
    }

    @Test(.enabled(if: TestServer.canRun("slapd"), "slapd is not installed"))
    func slapdGivesTheSameFindings() throws {
      let forest = LiveForest(objects: Self.corp.withAnchors, suffix: Self.corp.base)
      let slapd = try forest.serve(["DISGUISE": "1"])
      defer { slapd.stop() }
      let url = "ldap://127.0.0.1:\(try slapd("PORT"))"
      let outcome = try run(
        ["check", "--format", "ndjson", url, "--bind-dn", forest.reader],
        password: LiveForest.password)
      #expect(outcome.status == 1, "\(outcome.errors)")
      try expectTheFindings(outcome.output)
    }

    @Test func aTicketIsALogin() throws {
      let kerberos = try ["KRB5_CONFIG", "KRB5CCNAME"].map { ($0, try server($0)) }
      let environment = Dictionary(uniqueKeysWithValues: kerberos)
      let outcome = try place.run(
        ["check", "--format", "ndjson", "ldap://\(address)", "--sasl", "gssapi"],
        environment: environment)
      #expect(outcome.status == 1, "\(outcome.errors)")
      try expectTheFindings(outcome.output)
      let none = try place.run(
        ["check", "ldap://\(address)", "--sasl", "gssapi"],
        environment: environment.merging(["KRB5CCNAME": "FILE:/nowhere"]) { $1 })
      #expect(none.status == 2)
      #expect(none.errorLines.count == 1)
      #expect(none.errors.contains("kinit"))
    }

    @Test func theDoctorSaysWhatATicketEncrypts() throws {
      let kerberos = try ["KRB5_CONFIG", "KRB5CCNAME"].map { ($0, try server($0)) }
      let outcome = try place.run(
        ["doctor", "ldap://\(address)", "--sasl", "gssapi"],
        environment: Dictionary(uniqueKeysWithValues: kerberos))
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("Encryption:      Kerberos sign and seal, SSF 256\n"))
    }

    @Test func aGroupOfThreeThousandIsReadAsAWhole() throws {
      let members = Self.corp.members
      #expect(members == 3_000)
      for (limit, rules) in [(members - 1, ["GRP001"]), (members, [])] {
        let outcome = try check(
          [secure, "--base", Self.corp.unit, "--select", "GRP"] + login
            + ["--param", "GroupMembersCloudSync=\(limit)"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try comparable(outcome.output).count == rules.count)
        #expect(rules.allSatisfy(outcome.output.contains))
      }
    }

    // MARK: The Global Catalog

    @Test func theGlobalCatalogCannotJudgeEveryRule() throws {
      let outcome = try check([secure + ":3269"] + login)
      #expect(outcome.status == 2)
      let found = try problems(outcome.output)
      // In Samba's catalogue, as in one without Exchange, no proxy address is to be had.
      #expect(
        found.contains {
          $0.hasPrefix("not-checked not checked in full, because the Global Catalog does not hold")
            && $0.contains("proxyAddresses") && $0.contains("PRX004") && $0.contains("DUP001")
            && $0.contains("port 389 or 636")
        }, "\(found)")
      // Neither is who would be synchronized.
      #expect(
        found.contains {
          $0.hasPrefix("not-checked the scope is not judged in full")
            && $0.contains("isCriticalSystemObject")
        })
      #expect(outcome.output.contains(#""complete":false"#))
      #expect(outcome.errors.contains("the result is incomplete"))
      // What the catalogue holds is judged.
      #expect(outcome.output.contains(#""rule":"UPN006""#))
      let plain = try check(["ldap://\(address):3268", "--starttls", "--allow-incomplete"] + login)
      #expect(plain.status == 1, "\(plain.errors)")
    }

    @Test func theDoctorKnowsActiveDirectoryAndItsCatalog() throws {
      let domain = try run(["doctor", secure] + login)
      #expect(domain.status == 0, "\(domain.errors)")
      #expect(domain.output.contains("Active Directory"))
      #expect(domain.output.contains("no: it holds one domain, and all attributes"))
      #expect(domain.output.contains("can be checked"))
      let catalog = try run(["doctor", secure + ":3269"] + login)
      #expect(catalog.output.contains("yes: it holds every domain, and only some attributes"))
      #expect(catalog.output.contains("Not in catalog:"))
    }

    // MARK: Two forests

    @Test func twoForestsAreOneRun() throws {
      let lab = try Self.labServer.get()
      let authorities = try [server, lab].map {
        try String(contentsOfFile: $0("TLS") + "/ca.pem", encoding: .utf8)
      }
      try place.write(authorities.joined(), to: "authorities.pem")
      try place.write(Self.lab.text, to: "lab.ldif")
      let outcome = try check([
        "CORP=\(secure)", "LAB=ldaps://\(try lab("ADDRESS"))", "--ca-file", "authorities.pem",
        "--bind-dn", "CORP=\(try server("LOGIN"))", "--bind-dn", "LAB=\(try lab("LOGIN"))",
        "--save", "CORP=c.ldif", "--save", "LAB=l.ldif",
      ])
      #expect(outcome.status == 1, "\(outcome.errors)")
      let files = try check(["CORP=export.ldif", "LAB=lab.ldif"])
      let expected = try Self.onObjects(of: [Self.corp, Self.lab], files.output)
      try expectTheFindings(outcome.output, expected)
      // The forests have persons with the same addresses.
      let crossing = expected.filter { finding in
        finding.contains(#""rule":"DUP001""#)
          && [Self.corp, Self.lab].allSatisfy {
            finding.lowercased().contains($0.unit.lowercased())
          }
      }
      #expect(crossing.count > 100)
      let saved = try check(["CORP=c.ldif", "LAB=l.ldif"])
      try expectTheFindings(saved.output, expected)
    }

    // MARK: What keeps from reading

    @Test func whatKeepsFromReadingIsOneLine() throws {
      let cases: [([String], String, String)] = [
        (["ldap://\(address)"] + login, "Passw0rd!123", "use ldaps://"),
        ([secure] + login, "wrong", "wrong name or password"),
        ([secure] + login.prefix(2), "Passw0rd!123", "certificate"),
      ]
      for (arguments, password, message) in cases {
        let outcome = try run(["check"] + arguments, password: password)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
      }
      // Active Directory lets nobody look around who did not log in.
      let anonymous = try check([secure] + login.suffix(2))
      #expect(anonymous.status == 2)
      #expect(anonymous.output.contains("before a successful bind"))
    }
  }
}
