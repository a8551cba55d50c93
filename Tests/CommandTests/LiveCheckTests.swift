import Foundation
import TestServers
import Testing

extension LiveCommands {
  /// `check` on directories that slapd serves.
  @Suite(.serialized, .enabled(if: TestServer.canRun("slapd"), "slapd is not installed"))
  struct Check {
    static let contoso = Result {
      try LiveForest(sample: "contoso.ldif", suffix: "DC=contoso,DC=com")
    }
    static let contosoServer = Result { try contoso.get().serve() }
    static let fabrikam = Result {
      try LiveForest(sample: "fabrikam.ldif", suffix: "DC=fabrikam,DC=com")
    }
    static let fabrikamServer = Result { try fabrikam.get().serve() }

    /// The findings of the export.
    static let expected = Result {
      let place = try Workplace(contoso.get().text)
      return try comparable(place.run("check", "--format", "ndjson", "export.ldif").output)
    }

    let place: Workplace
    let forest: LiveForest
    let server: TestServer
    let url: String
    let login: [String]

    init() throws {
      forest = try Self.contoso.get()
      server = try Self.contosoServer.get()
      place = try Workplace(forest.text)
      try place.writePassword(LiveForest.password + "\n")
      url = "ldap://127.0.0.1:\(try server("PORT"))"
      login = ["--bind-dn", forest.reader, "--password-file", "password"]
    }

    func check(_ arguments: [String]) throws -> Outcome {
      try place.run(["check", "--format", "ndjson"] + arguments)
    }

    // MARK: The same findings

    @Test func aDirectoryItsSnapshotAndItsExportGiveTheSameFindings() throws {
      let live = try check([url] + login + ["--save", "saved.ldif"])
      let saved = try check(["saved.ldif"])
      #expect(live.status == 1)
      #expect(live.errors.isEmpty)
      let expected = try Self.expected.get()
      #expect(expected.count > 200)
      try expectSameFindings(live.output, expected)
      // But for the source's name, the snapshot gives the same report.
      #expect(saved.status == live.status)
      #expect(live.output.replacing(url, with: "saved.ldif") == saved.output)
    }

    /// The group is read wherever it is, and whatever the filter: the findings are those of the export.
    @Test func theGroupThatFiltersIsReadToo() throws {
      let group = [
        "--sync-group", "CN=All Staff,OU=Groups,DC=contoso,DC=com", "--verified-domain",
        "fabrikam.com",
      ]
      let file = try check(["export.ldif"] + group)
      #expect(file.status == 1, "\(file.errors)")
      #expect(try !comparable(file.output).isEmpty)
      let live = try check([url] + login + group + ["--save", "group.ldif"])
      try expectSameFindings(live.output, comparable(file.output))
      try expectSameFindings(check(["group.ldif"] + group).output, comparable(file.output))
      let base = ["--base", "OU=Staff,DC=contoso,DC=com"]
      let below = try check(["export.ldif"] + group + base)
      #expect(below.status == 1)
      try expectSameFindings(
        check([url] + login + group + base).output, comparable(below.output))
      let filtered = try check([url] + login + group + ["--filter", "sAMAccountName=*e*"])
      #expect(!filtered.output.contains("that group is in no source"), "\(filtered.errors)")
      #expect(filtered.status == 1)
      let missing = try check([url] + login + ["--sync-group", "CN=No,DC=contoso,DC=com"])
      #expect(missing.status == 2 && missing.errors.contains("in no source"))
    }

    @Test func domainsOfAForestMayBeOnSeveralServers() throws {
      let corp = try LiveForest(sample: "contoso.ldif", suffix: "DC=corp,DC=contoso,DC=local")
      let corpServer = try corp.serve()
      defer { corpServer.stop() }
      try place.write(corp.text, to: "corp.ldif")
      let files = try check(["A=export.ldif", "A=corp.ldif"])
      let sockets = ["A=\(try server("LDAPI"))", "A=\(try corpServer("LDAPI"))"]
      let live = try check(sockets + ["--sasl", "external"])
      #expect(live.status == 1, "\(live.errors)")
      try expectSameFindings(live.output, comparable(files.output))
      // One that cannot be had keeps the others from being read at all.
      let half = try check(sockets + ["A=ldap://127.0.0.1:1", "--sasl", "external"])
      #expect(half.status == 2)
      #expect(half.output.isEmpty)
      #expect(half.errorLines.count == 1)
    }

    @Test func twoForestsAndAFileAreOneRun() throws {
      let other = try Self.fabrikam.get()
      let otherURL = "ldap://127.0.0.1:\(try Self.fabrikamServer.get()("PORT"))"
      try place.write(other.text, to: "fabrikam.ldif")
      let files = try check(["CONTOSO=export.ldif", "FABRIKAM=fabrikam.ldif"])
      let names = [
        "--bind-dn", "CONTOSO=\(forest.reader)", "--bind-dn", "FABRIKAM=\(other.reader)",
      ]
      let password = ["--password-file", "password"]
      let live = try check(["CONTOSO=\(url)", "FABRIKAM=\(otherURL)"] + names + password)
      try expectSameFindings(live.output, comparable(files.output))
      let mixed = try check(["CONTOSO=export.ldif", "FABRIKAM=\(otherURL)"] + names + password)
      try expectSameFindings(mixed.output, comparable(files.output))
      // Each base goes to the server that has it.
      let base = ["--base", "OU=Sales,OU=Staff,DC=contoso,DC=com"]
      let below = try check(["CONTOSO=\(url)", "FABRIKAM=\(otherURL)"] + base + names + password)
      #expect(below.status == 1, "\(below.errors)")
      #expect(try problems(below.output).contains("note was not read: no --base lies in it"))
      try expectSameFindings(
        below.output,
        comparable(check(["CONTOSO=export.ldif", "FABRIKAM=fabrikam.ldif"] + base).output))
    }

    @Test func everySourceIsSavedUnderItsName() throws {
      let other = try Self.fabrikam.get()
      let otherURL = "ldap://127.0.0.1:\(try Self.fabrikamServer.get()("PORT"))"
      let sources = [
        "C=\(url)", "F=\(otherURL)", "--password-file", "password", "--bind-dn",
        "C=\(forest.reader)", "--bind-dn", "F=\(other.reader)",
      ]
      let refused = try check(sources + ["--save", "all.ldif"])
      #expect(refused.status == 2)
      #expect(refused.errors.contains("--save: every source needs a file of its own"))
      let live = try check(sources + ["--save", "C=c.ldif", "--save", "F=f.ldif"])
      let saved = try check(["C=c.ldif", "F=f.ldif"])
      #expect(
        live.output.replacing(url, with: "c.ldif").replacing(otherURL, with: "f.ldif")
          == saved.output)
    }

    @Test func basesAndFiltersNarrow() throws {
      let staff = "OU=Sales,OU=Staff,DC=contoso,DC=com"
      let expected = try comparable(check(["export.ldif", "--base", staff]).output)
      try expectSameFindings(check([url, "--base", staff] + login).output, expected)
      try expectSameFindings(check(["\(url)/\(staff)"] + login).output, expected)
      let without = try check([url, "--exclude-base", staff] + login)
      try expectSameFindings(
        without.output, comparable(check(["export.ldif", "--exclude-base", staff]).output))
      let none = try check([url, "--filter", "(mailNickname=nobody)", "--page-size", "1"] + login)
      #expect(none.status == 2)
      let one = try check([url, "--filter", "(objectClass=user)", "--page-size", "1"] + login)
      #expect(one.status < 2, "\(one.errors)")
      #expect(one.output.contains(#""entries":"#))
    }

    // MARK: Ways to log in

    @Test func TLSAndTheSocketAreWaysToTheSameObjects() throws {
      let expected = try Self.expected.get()
      let ca = ["--ca-file", try server("TLS") + "/ca.pem"]
      let secure = "ldaps://127.0.0.1:\(try server("TLS_PORT"))"
      try expectSameFindings(check([secure] + ca + login).output, expected)
      try expectSameFindings(check([url, "--starttls"] + ca + login).output, expected)
      let socket = try check([server("LDAPI"), "--sasl", "external"])
      try expectSameFindings(socket.output, expected)
      let client = try check(
        [secure, "--sasl", "external", "--client-cert", server("TLS") + "/client.pem"]
          + ["--client-key", server("TLS") + "/client.key"] + ca)
      try expectSameFindings(client.output, expected)
    }

    @Test func eachForestHasItsOwnWayToLogIn() throws {
      let other = try Self.fabrikamServer.get()
      try place.write(Self.fabrikam.get().text, to: "fabrikam.ldif")
      let files = try check(["CONTOSO=export.ldif", "FABRIKAM=fabrikam.ldif"])
      let sources = ["CONTOSO=\(url)", "FABRIKAM=\(try other("LDAPI"))", "--sasl", "external"]
      let live = try check(
        sources + ["--bind-dn", "CONTOSO=\(forest.reader)", "--password-file", "password"])
      #expect(live.status == 1, "\(live.errors)")
      try expectSameFindings(live.output, comparable(files.output))
      // A name for all and a mechanism for all contradict each other.
      let both = try check(sources + login)
      #expect(both.status == 2)
      #expect(both.errors.contains("choose one"))
      #expect(both.errorLines.count == 1)
    }

    @Test func certificatesThatAreNotVerifiedAreSaid() throws {
      let secure = "ldaps://127.0.0.1:\(try server("TLS_PORT"))"
      let outcome = try check([secure, "--insecure-tls"] + login)
      #expect(outcome.status == 1)
      #expect(
        try problems(outcome.output)
          .contains("note the server's certificate was not verified"))
    }

    @Test func passwordsComeFromAFileInputOrTheEnvironment() throws {
      let expected = try Self.expected.get()
      let name = ["--bind-dn", forest.reader]
      let environment = try place.run(
        ["check", "--format", "ndjson", url] + name,
        environment: ["LDAPLINT_PASSWORD": LiveForest.password])
      try expectSameFindings(environment.output, expected)
      let input = try place.shell(
        "ldaplint check --format ndjson \(url) --bind-dn \(forest.reader) --password-stdin "
          + "< password")
      try expectSameFindings(input.output, expected)
      let pipe = try place.shell(
        "ldaplint check --format ndjson \(url) --bind-dn \(forest.reader) "
          + "--password-file <(cat password)")
      try expectSameFindings(pipe.output, expected)
      // As Windows' tools write it.
      try place.write("\u{FEFF}\(LiveForest.password)\r\n", to: "marked")
      try expectSameFindings(
        check([url] + name + ["--password-file", "marked"]).output, expected)
      let wide = try place.shell(
        "printf '\\377\\376r\\0\\n\\0' | "
          + "ldaplint check \(url) --bind-dn \(forest.reader) --password-stdin")
      #expect(wide.status == 2)
      #expect(wide.errors.contains("it is UTF-16"))
    }

    @Test func thePasswordIsNowhereToBeSeen() throws {
      let outcome = try place.shell(
        """
        ldaplint check \(url) --bind-dn \(forest.reader) --password-file password \
          --report json=r.json --report csv=r.csv --save s.ldif & \
        for i in $(seq 200); do cat /proc/$!/cmdline 2>/dev/null | tr '\\0' ' ' >> seen || break; \
        done; wait
        """)
      #expect(!outcome.output.contains(LiveForest.password))
      for name in ["r.json", "r.csv", "s.ldif", "seen"] {
        #expect(try !place.read(name).contains(LiveForest.password), "\(name)")
      }
    }
  }
}
