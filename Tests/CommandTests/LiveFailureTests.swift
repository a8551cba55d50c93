import Foundation
import TestServers
import Testing

extension LiveCommands {
  /// `check` on directories that cannot be read, or not to their end.
  @Suite(.serialized, .enabled(if: TestServer.canRun("slapd"), "slapd is not installed"))
  struct Failures {
    static let users = 3_000
    static let forest = LiveForest(
      objects: LiveForest.users(users) { _ in "corp.local" } + """


        dn: CN=limited,DC=contoso,DC=com
        objectClass: person
        cn: limited
        userPassword: readme
        """, suffix: "DC=contoso,DC=com")
    static let server = Result { try forest.serve() }

    let place: Workplace
    let url: String
    let tls: String
    let secure: String
    let environment = ["LDAPLINT_PASSWORD": LiveForest.password]

    init() throws {
      place = try Workplace("")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o600], ofItemAtPath: place.path("export.ldif"))
      let server = try Self.server.get()
      url = "ldap://127.0.0.1:\(try server("PORT"))"
      tls = try server("TLS")
      secure = "ldaps://127.0.0.1:\(try server("TLS_PORT"))"
    }

    /// Runs `check`, which must say one line and end with 2.
    func refusal(
      _ arguments: [String], password: String = LiveForest.password
    ) throws -> String {
      let outcome = try place.run(
        ["check"] + arguments, environment: ["LDAPLINT_PASSWORD": password])
      #expect(outcome.status == 2)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
      return outcome.errors
    }

    @Test func whatKeepsFromConnectingIsOneLine() throws {
      let login = ["--bind-dn", Self.forest.reader]
      let wrong = try refusal([url] + login, password: "wrong-password")
      #expect(wrong.contains("\(url): bind: invalid credentials (49)"))
      #expect(!wrong.contains("wrong-password"))
      let other = try refusal([secure, "--ca-file", tls + "/other-ca.pem"] + login)
      #expect(other.contains("certificate"))
      let missing = try refusal([secure, "--ca-file", "nowhere.pem"] + login)
      #expect(missing.contains("nowhere.pem: No such file"))
      #expect(try refusal(["ldap://127.0.0.1:1"]).contains("nobody listens on port 1"))
      #expect(
        try refusal(["ldap://192.0.2.1"] + login).contains("the password would travel unencrypted"))
    }

    @Test func whoDidNotLogInIsToldTo() throws {
      let outcome = try place.run("check", "--format", "ndjson", url)
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("no such object (32)"))
      #expect(outcome.errors.contains("give --bind-dn or --sasl"), "\(outcome.errors)")
      let doctor = try place.run("doctor", url)
      #expect(doctor.status == 2)
      #expect(doctor.output.replacing(/\s+/, with: " ").contains("give --bind-dn or --sasl"))
      // With a login it is the base that is wrong.
      let base = try place.run(
        ["check", url, "--bind-dn", Self.forest.reader, "--base", "OU=No,DC=contoso,DC=com"],
        environment: environment)
      #expect(base.errors.contains("`doctor` lists the server's bases"))
      #expect(!base.errors.contains("--sasl"))
    }

    @Test func attributesThatTheSchemaLacksAreNoted() throws {
      let outcome = try place.run(
        ["check", "--format", "ndjson", url, "--bind-dn", Self.forest.reader],
        environment: environment)
      #expect(
        try problems(outcome.output).contains {
          $0.hasPrefix("note the schema does not have ") && $0.contains("postOfficeBox")
        })
      #expect(outcome.status == 1)
    }

    @Test func misuseIsOneLine() throws {
      let cases: [([String], String)] = [
        (["ldpa://127.0.0.1"], "neither a file nor an ldap://, ldaps:// or ldapi:// URL"),
        (["ldap:/127.0.0.1"], "neither a file nor an ldap://, ldaps:// or ldapi:// URL"),
        (["ldap://"], "no host name"),
        (["ldap://h:x"], "is not a port number"),
        ([url, "--password-stdin"], "a password needs --bind-dn"),
        ([url, "--sasl", "gssapi", "--bind-dn", "cn=a"], "choose one"),
        ([url, "--page-size", "0"], "--page-size 0"),
        ([url, "--timeout", "0"], "--timeout 0"),
        ([url, "--bind-dn", "a", "--bind-dn", "b"], "--bind-dn is given twice"),
        ([url, "--filter", "(cn="], "is not an LDAP filter"),
        ([url, "--filter", " "], "--filter is empty"),
        ([url, "--bind-dn", ""], "the name is empty"),
        (["\(url)/dc=contoso%00,dc=com"], "holds %00"),
        (["ldapi:///run/slapd/ldapi"], "write ldapi://%2Frun%2Fslapd%2Fldapi"),
        ([secure, "--ca-file", "export.ldif"], "there is no certificate in export.ldif"),
        ([url, "--save", "nowhere/s.ldif"], "--save nowhere/s.ldif: No such file"),
        ([url, "--save", "/dev/null"], "no plain file"),
        (["export.ldif", "--save", "s.ldif"], "--save is for live directories"),
        (["export.ldif", "--bind-dn", "a"], "--bind-dn is for live directories"),
        ([url, "--bind-dn", "a", "--password-file", "nowhere"], "nowhere: No such file"),
        ([url, "--bind-dn", "a", "--password-file", "export.ldif"], "there is no password in it"),
      ]
      for (arguments, message) in cases {
        let error = try refusal(arguments)
        #expect(error.contains(message), "\(arguments)")
      }
    }

    @Test func withoutATerminalNobodyIsAsked() throws {
      let outcome = try place.shell(
        "unset LDAPLINT_PASSWORD; setsid -w '\(Workplace.program.path)' check \(url) --bind-dn cn=a"
      )
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("no terminal to ask for it"))
    }

    @Test func aFailureLeavesTheOldSnapshotAlone() throws {
      try place.write("old\n", to: "s.ldif")
      _ = try refusal([url, "--save", "s.ldif", "--bind-dn", Self.forest.reader], password: "no")
      #expect(try place.read("s.ldif") == "old\n")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: place.folder.path).sorted()
          == ["export.ldif", "s.ldif"])
    }

    @Test func aScanThatIsKilledLeavesNothingBehind() throws {
      let outcome = try place.shell(
        """
        \(Self.hasWritten)
        export LDAPLINT_PASSWORD=\(LiveForest.password)
        '\(Workplace.program.path)' check \(url) --bind-dn \(Self.forest.reader) --page-size 1 \
          -o r --save s.ldif & \
          until hasWritten $! || ! kill -0 $!; do :; done; kill -KILL $!; wait $!
        """)
      #expect(outcome.status == 137)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: place.folder.path).sorted()
          == ["export.ldif"])
    }

    @Test func aSnapshotIsPrivateAndNoReport() throws {
      let login = ["--bind-dn", Self.forest.reader]
      let outcome = try place.run(
        ["check", url, "--save", "s.ldif"] + login, environment: environment)
      #expect(outcome.status == 1)
      let attributes = try FileManager.default.attributesOfItem(atPath: place.path("s.ldif"))
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      let refused = try refusal([url, "--save", "s.ldif", "-o", "s.ldif"] + login)
      #expect(refused.contains("the snapshot goes there"))
    }

    /// A snapshot and a report take the place of nothing that the run reads.
    @Test func whatIsReadIsNotWrittenTo() throws {
      try place.writePassword(LiveForest.password)
      let source = "dn: CN=a,DC=x\nobjectClass: user\n"
      try place.write(source, to: "source.ldif")
      try FileManager.default.createSymbolicLink(
        atPath: place.path("link.ldif"), withDestinationPath: "source.ldif")
      let login = ["--bind-dn", Self.forest.reader, "--password-file", "password"]
      let arguments = ["A=\(url)", "B=source.ldif"] + login
      for name in ["source.ldif", "./source.ldif", "link.ldif"] {
        #expect(try refusal(arguments + ["--save", name]).contains("it is a source"), "\(name)")
      }
      #expect(try refusal(arguments + ["--save", "password"]).contains("the login needs it"))
      #expect(try refusal(arguments + ["-o", "password"]).contains("the login needs it"))
      let unknown = try refusal(arguments + ["--save", "C=c.ldif"])
      #expect(unknown.contains("no source is called C"))
      let twice = try refusal(
        ["A=\(url)", "B=\(url)"] + login + ["--save", "A=s.ldif", "--save", "B=./s.ldif"])
      #expect(twice.contains("a file of its own"))
      #expect(try place.read("source.ldif") == source)
      #expect(try place.read("password") == LiveForest.password)
      let fix = try place.run(["fix", url, "-o", "password"] + login)
      #expect(fix.status == 2)
      #expect(fix.errors.contains("the login needs it"), "\(fix.errors)")
      #expect(try place.read("password") == LiveForest.password)
    }

    /// A shell function that says whether process $1 has a snapshot with objects under way. The file
    /// has no name yet.
    static let hasWritten =
      "hasWritten() { find /proc/$1/fd -lname '*/#*' -exec stat -Lc %s {} + 2>/dev/null"
      + " | awk '$1 > 2000 { found = 1 } END { exit !found }'; }"

    // MARK: Incomplete

    /// The report of an incomplete run and of its snapshot, which say the same.
    func incomplete(_ arguments: [String]) throws -> (messages: [String], findings: Int) {
      let live = try place.run(
        ["check", "--format", "ndjson", "--save", "s.ldif"] + arguments, environment: environment)
      #expect(live.status == 2)
      #expect(live.errors.contains("the result is incomplete"))
      #expect(live.output.contains(#""complete":false"#))
      let saved = try place.run("check", "--format", "ndjson", "s.ldif")
      #expect(saved.status == 2)
      #expect(live.output.replacing(url, with: "s.ldif") == saved.output)
      let allowed = try place.run("check", "--allow-incomplete", "s.ldif")
      #expect(allowed.status != 2)
      return (try problems(live.output), try comparable(live.output).count)
    }

    @Test func aBaseThatIsNotThereIsIncomplete() throws {
      let (messages, findings) = try incomplete(
        [url, "--base", "OU=Nowhere,DC=contoso,DC=com", "--bind-dn", Self.forest.reader])
      #expect(messages.contains { $0.contains("OU=Nowhere,DC=contoso,DC=com was not read") })
      #expect(findings == 0)
    }

    @Test func aSizeLimitIsIncomplete() throws {
      let (messages, findings) = try incomplete(
        [url, "--page-size", "10", "--bind-dn", "cn=limited,DC=contoso,DC=com"])
      #expect(messages.contains { $0.hasPrefix("incomplete") && $0.contains("limit exceeded") })
      #expect(findings > 0)
    }

    @Test func aSnapshotThatWasCutOffIsIncomplete() throws {
      _ = try place.run(
        ["check", url, "--save", "s.ldif", "--bind-dn", Self.forest.reader],
        environment: environment)
      let text = try place.read("s.ldif")
      for end in [text.utf8.count - 1, text.utf8.count - 2, text.utf8.count / 2] {
        try place.write(String(decoding: text.utf8.prefix(end), as: UTF8.self), to: "cut.ldif")
        let outcome = try place.run("check", "cut.ldif")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("the snapshot was cut off"))
      }
      // Windows' line ends change nothing.
      try place.write(text.replacing("\n", with: "\r\n"), to: "crlf.ldif")
      #expect(try place.run("check", "crlf.ldif").status == 1)
    }

    @Test(arguments: ["TERM", "HUP"])
    func interruptsGiveAPartialReport(signal: String) throws {
      // One object a page takes long enough to be interrupted after the first.
      let outcome = try place.shell(
        """
        \(Self.hasWritten)
        export LDAPLINT_PASSWORD=\(LiveForest.password)
        '\(Workplace.program.path)' check \(url) --bind-dn \(Self.forest.reader) --page-size 1 \
          --format ndjson --save s.ldif & \
          until hasWritten $! || ! kill -0 $!; do :; done; kill -\(signal) $!; wait $!
        """)
      #expect(outcome.status == 130)
      #expect(try problems(outcome.output).contains { $0.contains("cancelled after") })
      #expect(outcome.output.contains(#""complete":false"#))
      let saved = try place.run("check", "--format", "ndjson", "s.ldif")
      #expect(saved.status == 2)
      #expect(outcome.output.replacing(url, with: "s.ldif") == saved.output)
    }
  }
}
