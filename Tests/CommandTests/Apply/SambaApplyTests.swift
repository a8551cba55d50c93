import Foundation
import TestServers
import Testing

extension LiveCommands {
  /// Patches that are sent to a Samba domain controller and taken back.
  @Suite(
    .serialized,
    .enabled(
      if: TestServer.canRun("samba")
        && FileManager.default.isExecutableFile(atPath: "/usr/bin/ldapmodify"),
      "samba or ldapmodify is not installed, or this is not root"))
  struct SambaApplying {
    @Test func patchesAreSentAndTakenBack() throws {
      let place = try Workplace(Self.forest)
      try Self.serve(place) { directory in
        try directory.sendBothWays()
        let dn = "CN=User 3,\(directory.base)"
        // In case alone: the server itself would not notice.
        try directory.changeBehindItsBack(
          dn, "replace: mail\nmail: US ER3@contoso.com\n-")
        let trial = try directory.send("apply", "patch.ldif", "--journal", "third.journal")
        #expect(trial.output.contains("in other letters"), "\(trial.output)")
      }
    }

    @Test func whatIsCalledFixableIsRepaired() throws {
      let place = try Workplace(DirtyForest(base: "@BASE@", users: 96).text)
      try Self.serve(place) { try $0.repairWhatIsFixable() }
    }

    /// Hands a domain controller that holds the export of `place` to `body`, and stops it.
    private static func serve(
      _ place: Workplace, _ body: (LiveDirectory) throws -> Void
    ) throws {
      let server = try TestServer(
        "samba", ["EXCHANGE": "1", "LDIF": place.path("export.ldif")])
      defer { server.stop() }
      let directory = LiveDirectory(
        place: place, server: server, url: "ldaps://\(try server("ADDRESS"))",
        base: "OU=Staff,\(try server("BASE"))", login: try server("LOGIN"),
        password: "Passw0rd!123", authority: try server("TLS") + "/ca.pem")
      try directory.prepare()
      try body(directory)
    }

    /// Persons with what Active Directory takes and the cloud does not.
    static var forest: String {
      var text = "dn: OU=Staff,@BASE@\nobjectClass: organizationalUnit\nou: Staff\n\n"
      for number in 0..<40 {
        text += """
          dn: CN=User \(number),OU=Staff,@BASE@
          objectClass: user
          cn: User \(number)
          sAMAccountName: user\(number)
          userAccountControl: 514
          mail: us er\(number)@contoso.com
          userPrincipalName: üser\(number)@contoso.com
          proxyAddresses: SMTP:user\(number)@contoso.com

          """
        switch number % 5 {
        case 0:
          // Two that differ in case alone, one of which is to go.
          text += "proxyAddresses: smtp:twin\(number)@contoso.com\n"
          text += "proxyAddresses: smtp:TWIN\(number)@contoso.com\n"
        case 1:
          // A second primary: a change of case alone.
          text += "proxyAddresses: SMTP:second\(number)@contoso.com\n"
        case 2: text += "proxyAddresses:: \(base64("smtp:jörg \(number)@contoso.com "))\n"
        case 3: text += "proxyAddresses: smtp:user\(number - 1)@contoso.com\n"
        default: text += "displayName:: \(base64(" "))\n"
        }
        text += "\n"
      }
      return text
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
  }
}
