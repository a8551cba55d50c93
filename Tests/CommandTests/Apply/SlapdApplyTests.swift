import Foundation
import TestServers
import Testing

extension LiveCommands {
  /// Patches that are sent to OpenLDAP and taken back.
  @Suite(
    .serialized,
    .enabled(
      if: TestServer.canRun("slapd")
        && FileManager.default.isExecutableFile(atPath: "/usr/bin/ldapmodify"),
      "slapd or ldapmodify is not installed"))
  struct Applying {
    static let suffix = "dc=contoso,dc=local"
    static let users = 40

    /// A directory of users with blanks in their names, an export of it, and logins.
    struct Scene {
      let place: Workplace
      let server: TestServer
      let port: String
      var to: [String] {
        [
          "--to", "ldap://127.0.0.1:\(port)", "--bind-dn", "cn=admin,\(Applying.suffix)",
          "--password-file", "password",
        ]
      }

      init(users: Int) throws {
        let objects = (0..<users).map { Self.user($0) }.joined(separator: "\n")
        let head = """
          dn: \(Applying.suffix)
          objectClass: top
          objectClass: domain
          objectClass: domainDNS
          dc: contoso


          """
        place = try Workplace(head + objects)
        try place.writePassword("secret")
        server = try TestServer("slapd", ["LDIF": place.path("export.ldif")])
        port = try server("PORT")
      }

      static func user(_ number: Int) -> String {
        """
        dn: CN=User \(number),\(Applying.suffix)
        objectClass: top
        objectClass: person
        objectClass: organizationalPerson
        objectClass: user
        cn: User \(number)
        sAMAccountName: user\(number)
        userPrincipalName: us er\(number)@contoso.com
        mail: user\(number)@contoso.com
        proxyAddresses: SMTP:user\(number)@contoso.com
        proxyAddresses: smtp:us er\(number)@contoso.com
        userAccountControl: 512

        """
      }

      func ldaplint(_ arguments: String...) throws -> Outcome { try place.run(arguments + to) }

      /// Runs one of OpenLDAP's programs.
      func client(_ line: String) throws -> Outcome {
        let login = "-x -H ldap://127.0.0.1:\(port) -D cn=admin,\(Applying.suffix) -w secret"
        return try place.shell(line.replacing("LOGIN", with: login))
      }

      /// Every value of every object, sorted.
      func dump() throws -> [String] {
        let found = try client("ldapsearch LOGIN -LLL -o ldif_wrap=no -b \(Applying.suffix)")
        #expect(found.status == 0, "\(found.errors)")
        return found.output.components(separatedBy: "\n\n").map {
          $0.split(separator: "\n").sorted().joined(separator: "\n")
        }.sorted()
      }

      func fix() throws -> Int {
        let made = try place.run(["fix", "export.ldif", "--unsafe-fixes", "-o", "patch.ldif"])
        #expect(made.status <= 1, "\(made.errors)")
        let records = try place.read("patch.ldif").components(separatedBy: "changetype: modify")
        return records.count - 1
      }
    }

    @Test func applyingAndTakingBack() throws {
      let scene = try Scene(users: Self.users)
      defer { scene.server.stop() }
      let first = try scene.dump()
      try #require(try scene.fix() == Self.users)

      // What ldapmodify makes of the patch and of its undo.
      let sent = try scene.client("ldapmodify LOGIN -f patch.ldif")
      #expect(sent.status == 0, "\(sent.errors)")
      let wanted = try scene.dump()
      #expect(wanted != first)
      #expect(try scene.client("ldapmodify LOGIN -f patch.undo.ldif").status == 0)
      #expect(try scene.dump() == first)

      let trial = try scene.ldaplint("apply", "patch.ldif")
      #expect(trial.status == 0, "\(trial.errors)")
      #expect(trial.lines.count { $0.hasPrefix("would change") } == Self.users)
      let edit = "  userPrincipalName: \"us er3@contoso.com\" -> \"user3@contoso.com\""
      #expect(trial.lines.contains { $0 == edit }, "\(trial.output)")
      let end = try #require(trial.errorLines.last)
      #expect(end.contains("(values: "), "\(end)")
      #expect(end.contains("userPrincipalName \(Self.users)"), "\(end)")
      #expect(end.contains(":\(scene.port) (contoso.local)"), "\(end)")
      // Progress is for terminals, and a trial leaves nothing behind.
      #expect(!trial.errors.contains("\u{1B}") && trial.errorLines.count == 1, "\(trial.errors)")
      #expect(!FileManager.default.fileExists(atPath: scene.place.path("patch.ldif.journal")))
      #expect(try scene.dump() == first)

      let some = try scene.ldaplint("apply", "patch.ldif", "--yes", "--limit", "7")
      #expect(some.status == 1)
      #expect(try scene.ldaplint("apply", "patch.ldif", "--yes").status == 2)
      let rest = try scene.ldaplint("apply", "patch.ldif", "--yes", "--resume")
      #expect(rest.status == 0, "\(rest.output)\(rest.errors)")
      #expect(rest.errors.contains("33 done, 7 done earlier"), "\(rest.errors)")
      #expect(try scene.dump() == wanted)

      let dry = try scene.ldaplint("undo", "patch.ldif.journal")
      #expect(dry.status == 0)
      let back = "  userPrincipalName: \"user3@contoso.com\" -> \"us er3@contoso.com\""
      #expect(dry.lines.contains { $0 == back }, "\(dry.output)")
      #expect(dry.errors.contains("userPrincipalName \(Self.users)"), "\(dry.errors)")
      #expect(dry.errors.contains(":\(scene.port) (contoso.local)"), "\(dry.errors)")
      #expect(try scene.dump() == wanted)
      let undone = try scene.ldaplint("undo", "patch.ldif.journal", "--yes")
      #expect(undone.status == 0, "\(undone.output)\(undone.errors)")
      #expect(try scene.dump() == first)
      let files = try ["patch.ldif.journal", "patch.ldif.journal.undo"].map(scene.place.read)
      #expect(!files.joined().contains("secret"))
    }

    @Test func aValueThatChangedBehindItsBackIsRefused() throws {
      let scene = try Scene(users: 4)
      defer { scene.server.stop() }
      _ = try scene.fix()
      // In case alone: the server itself would not notice.
      try scene.place.write(
        "dn: CN=User 1,\(Self.suffix)\nchangetype: modify\nreplace: userPrincipalName\n"
          + "userPrincipalName: US er1@contoso.com\n-\n", to: "other.ldif")
      #expect(try scene.client("ldapmodify LOGIN -f other.ldif").status == 0)
      let ran = try scene.ldaplint("apply", "patch.ldif", "--yes")
      #expect(ran.status == 1)
      #expect(ran.lines.count { $0.hasPrefix("refused") } == 1)
      #expect(ran.output.contains("in other letters"), "\(ran.output)")
      #expect(ran.errors.contains("3 done, 1 refused"), "\(ran.errors)")
      #expect(try scene.dump().contains { $0.contains("US er1@") })
    }

    @Test func whoMayNotWriteHearsTheServersWords() throws {
      let scene = try Scene(users: 2)
      defer { scene.server.stop() }
      _ = try scene.fix()
      try scene.place.write(
        "dn: CN=User 0,\(Self.suffix)\nchangetype: modify\nadd: userPassword\nuserPassword: x\n-\n",
        to: "login.ldif")
      #expect(try scene.client("ldapmodify LOGIN -f login.ldif").status == 0)
      try scene.place.write("x", to: "weak")
      let ran = try scene.place.run(
        "apply", "patch.ldif", "--to", "ldap://127.0.0.1:\(scene.port)", "--yes", "--bind-dn",
        "CN=User 0,\(Self.suffix)", "--password-file", "weak")
      #expect(ran.status == 1, "\(ran.errors)")
      #expect(ran.output.contains("insufficient access rights (50)"), "\(ran.output)")
      let secret = try scene.ldaplint("apply", "login.ldif", "--yes")
      #expect(secret.output.contains("holds a secret"), "\(secret.output)")
      try scene.place.write(
        "dn: CN=x,dc=other,dc=local\nchangetype: modify\ndelete: mail\nmail: a\n-\n",
        to: "away.ldif")
      let away = try scene.ldaplint("apply", "away.ldif", "--yes")
      #expect(away.status == 1)
      #expect(away.output.hasPrefix("not sent"), "\(away.output)")
    }

    /// The sample forest, read, repaired and put back over LDAP.
    @Test func theSampleIsRepairedLive() throws {
      let suffix = "DC=contoso,DC=com"
      let forest = try LiveForest(sample: "contoso.ldif", suffix: suffix)
      // What Active Directory's classes allow is more than slapd's copies of them do.
      let text = Self.withoutTwins(forest.text).replacing(
        "\nobjectClass: top\n", with: "\nobjectClass: top\nobjectClass: extensibleObject\n")
      let place = try Workplace(text)
      let server = try TestServer("slapd", ["LDIF": place.path("export.ldif"), "BASE": suffix])
      defer { server.stop() }
      let directory = LiveDirectory(
        place: place, server: server, url: "ldap://127.0.0.1:\(try server("PORT"))",
        base: suffix, login: "cn=admin,\(suffix)", password: "secret")
      try directory.prepare()
      try directory.sendBothWays()
    }

    /// `text` without values that differ from another of their object in case alone: slapd would
    /// not have let them in, and does not get along with them.
    private static func withoutTwins(_ text: String) -> String {
      text.components(separatedBy: "\n\n").map { record in
        var seen: Set<String> = []
        return record.split(separator: "\n")
          .filter { !$0.hasPrefix("proxyAddresses: ") || seen.insert($0.lowercased()).inserted }
          .joined(separator: "\n")
      }.joined(separator: "\n\n") + "\n"
    }

    @Test func howMuchIsSent() throws {
      let scene = try Scene(users: 8)
      defer { scene.server.stop() }
      _ = try scene.fix()
      try scene.place.write(
        "dn: CN=User 2,\(Self.suffix)\nchangetype: modify\nreplace: mail\nmail: x@contoso.com\n-\n"
          + "replace: userPrincipalName\nuserPrincipalName: x@contoso.com\n-\n", to: "other.ldif")
      #expect(try scene.client("ldapmodify LOGIN -f other.ldif").status == 0)
      let stopped = try scene.ldaplint("apply", "patch.ldif", "--yes", "--stop-on-error")
      #expect(stopped.status == 1)
      #expect(stopped.errors.contains("2 done, 1 refused, 5 not sent"), "\(stopped.errors)")
      #expect(stopped.output.contains("a record before it was refused"), "\(stopped.output)")
      // At two a second three records take a second at least: the first goes at once.
      let start = ContinuousClock.now
      let slow = try scene.ldaplint(
        "apply", "patch.ldif", "--yes", "--resume", "--rate", "2", "--limit", "3")
      #expect(ContinuousClock.now - start > .milliseconds(950))
      #expect(
        slow.errors.contains("3 done, 2 done earlier, 1 refused, 2 not sent"), "\(slow.errors)")
      #expect(slow.output.contains("the limit of 3 was reached"), "\(slow.output)")
    }

    /// Records go to the server that holds their domain, or are listed.
    @Test func severalServers() throws {
      let scene = try Scene(users: 2)
      defer { scene.server.stop() }
      let other = "dc=fabrikam,dc=local"
      let second = try Workplace(
        "dn: \(other)\nobjectClass: top\nobjectClass: domain\nobjectClass: domainDNS\ndc: fabrikam\n\n"
          + Scene.user(7).replacing(Self.suffix, with: other))
      let server = try TestServer("slapd", ["LDIF": second.path("export.ldif"), "BASE": other])
      defer { server.stop() }
      func record(_ number: Int, _ suffix: String) -> String {
        "dn: CN=User \(number),\(suffix)\nchangetype: modify\nreplace: mail\nmail: new@x.com\n-\n\n"
      }
      try scene.place.write(
        record(0, Self.suffix) + record(7, other) + record(1, "dc=other,dc=local"), to: "patch.ldif"
      )
      let ran = try scene.place.run(
        "apply", "patch.ldif", "--yes", "--password-file", "password",
        "--to", "ONE=ldap://127.0.0.1:\(scene.port)", "--bind-dn", "ONE=cn=admin,\(Self.suffix)",
        "--to", "TWO=ldap://127.0.0.1:\(try server("PORT"))", "--bind-dn", "TWO=cn=admin,\(other)")
      #expect(ran.status == 1, "\(ran.errors)")
      #expect(ran.errors.contains("2 done, 1 not sent"), "\(ran.errors)")
      #expect(ran.output.contains("none of the servers holds its domain"), "\(ran.output)")
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
    func progressIsShownOnATerminal() throws {
      let scene = try Scene(users: 12)
      defer { scene.server.stop() }
      _ = try scene.fix()
      let command = (["apply", "patch.ldif", "--yes", "--rate", "20"] + scene.to)
        .joined(separator: " ")
      let ran = try scene.place.shell(
        "export TERM=xterm; script -qec '\(Workplace.program.path) \(command)' /dev/null < /dev/null"
      )
      #expect(ran.output.contains("of 12 records, "), "\(ran.output)")
      #expect(ran.output.contains("12 records: 12 done"), "\(ran.output)")
    }

    /// Killed again and again in the middle; in the end each record was done once.
    @Test func killedRunsAreContinued() throws {
      let users = 2_000
      let scene = try Scene(users: users)
      defer { scene.server.stop() }
      _ = try scene.fix()
      let command = (["ldaplint", "apply", "patch.ldif", "--yes", "--resume"] + scene.to)
        .joined(separator: " ")
      for _ in 0..<6 {
        _ = try scene.place.shell(
          "\(command) > /dev/null 2>&1 & sleep 0.3; kill -9 $!; wait $! 2> /dev/null; true"
            .replacing("ldaplint apply", with: "'\(Workplace.program.path)' apply"))
      }
      let last = try scene.ldaplint("apply", "patch.ldif", "--yes", "--resume")
      #expect(last.status == 0, "\(last.output.prefix(500))\(last.errors)")
      let journal = try scene.place.read("patch.ldif.journal").split(separator: "\n")
      let done = journal.filter { $0.hasPrefix("done ") }
      #expect(done.count == users)
      #expect(Set(done).count == users)
      #expect(!journal.contains { $0.hasPrefix("already ") || $0.hasPrefix("refused ") })
      #expect(try scene.dump().count { $0.contains("userPrincipalName: us er") } == 0)
    }
  }

  /// What is refused before anything is connected to.
  @Suite struct ApplyMisuse {
    @Test(arguments: [
      (["patch.ldif"], "--to URL"),
      (["patch.ldif", "--to", "ldap://dc1:3268"], "Global Catalog is read-only"),
      (["patch.ldif", "--to", "ldaps://dc1:3269", "--yes"], "Global Catalog is read-only"),
      (["patch.ldif", "--to", "export.ldif"], "not an LDAP URL"),
      (["patch.ldif", "--to", "ldap://dc1", "--limit", "0"], "--limit 0"),
      (["patch.ldif", "--to", "ldap://dc1", "--rate", "0"], "--rate 0"),
      (["none.ldif", "--to", "ldap://dc1"], "No such file"),
      (["cut.ldif", "--to", "ldap://dc1"], "nothing is sent"),
      (["done.ldif", "--to", "ldap://dc1", "--yes"], "--resume"),
      (["-", "--to", "ldap://dc1", "--yes"], "--journal"),
      (["empty.ldif", "--to", "ldap://dc1"], "there are no records"),
      (["patch.ldif", "--to", "ldap://dc1", "--journal", "./patch.ldif"], "what is read"),
      (["patch.ldif", "--to", "ldap://dc1", "--journal", "done.ldif"], "this is no journal"),
      (["done.ldif", "--to", "ldap://dc1", "--journal", "other.journal"], "name another file"),
      (["done.ldif", "--to", "ldap://dc1", "--journal", "bad.journal"], "line 1 is not as it was"),
    ])
    func misuse(arguments: [String], words: String) throws {
      let place = try Workplace("")
      let record = "dn: CN=a,DC=x\nchangetype: modify\ndelete: mail\nmail: a\n-\n"
      try place.write(record, to: "patch.ldif")
      try place.write(record, to: "done.ldif")
      try place.write("ldaplint-journal", to: "done.ldif.journal")
      try place.write(String(record.dropLast(2)), to: "cut.ldif")
      try place.write("version: 1\n", to: "empty.ldif")
      let hash = String(repeating: "0", count: 64)
      try place.write("ldaplint-journal 1 \(hash) 1\n", to: "other.journal")
      try place.write("ldaplint-journal 2 \(hash) 1 \(hash.prefix(16))\n", to: "bad.journal")
      let ran = try place.run(["apply"] + arguments)
      #expect(ran.status == 2)
      #expect(ran.errors.contains(words), "\(ran.errors)")
      // Of --resume is spoken only where it works.
      #expect(!arguments.contains("other.journal") || !ran.errors.contains("--resume"))
      #expect(ran.output.isEmpty)
      #expect(!FileManager.default.fileExists(atPath: place.path("patch.ldif.journal")))
    }

    @Test func aJournalIsNeededForAnUndo() throws {
      let place = try Workplace("")
      try place.write("hello\n", to: "journal")
      for (name, words) in [("none", "No such file"), ("journal", "this is no journal")] {
        let ran = try place.run("undo", name, "--to", "ldap://dc1", "--yes")
        #expect(ran.status == 2)
        #expect(ran.errors.contains(words), "\(ran.errors)")
      }
    }
  }
}
