import Foundation
import TestKit
import Testing

/// `ldaplint steps`, the styles of the text report, and groups, as people use them.
@Suite struct StepsTests {
  /// So many users with a name that no tenant can verify, and the entry of the forest's suffixes.
  private static func forest(_ users: Int, registered: [String] = ["corp.local"]) -> String {
    var text = """
      dn: CN=Partitions,CN=Configuration,DC=corp,DC=local
      objectClass: crossRefContainer
      cn: Partitions

      """
    for suffix in registered { text += "uPNSuffixes: \(suffix)\n" }
    for number in 0..<users {
      text += """

        dn: CN=User \(number),OU=Unit \(number % 3),OU=Staff,DC=corp,DC=local
        objectClass: user
        cn: User \(number)
        sAMAccountName: user\(number)
        userPrincipalName: user\(number)@corp.local
        mail: user\(number)@contoso.com
        mailNickname: user\(number)
        homeMDB: CN=MDB,DC=corp,DC=local
        proxyAddresses: SMTP:user\(number)@contoso.com
        displayName: User \(number)

        """
    }
    return text
  }

  @Test func stepsAreCommandsInTheirOrder() throws {
    let place = try Workplace(Self.forest(50))
    let outcome = try place.run(
      "steps", "export.ldif", "--verified-domain", "contoso.com")
    #expect(outcome.status == 1)
    let text = outcome.output.replacing(" \\\n", with: "").replacing(#/ +/#, with: " ")
    #expect(text.contains("1. Register contoso.com as a UPN suffix of the forest."))
    #expect(text.contains("Replace the suffix corp.local of 50 sign-in names: the plan can do 50."))
    #expect(
      text.contains(
        "ldaplint fix export.ldif --verified-domain contoso.com --upn-suffix corp.local=primary"))
    #expect(text.contains(" 50 50 0 0 50 sign-in names end in corp.local"))
  }

  @Test func aSuffixThatIsRegisteredNeedNotBe() throws {
    let place = try Workplace(Self.forest(3, registered: ["corp.local", "contoso.com"]))
    let outcome = try place.run("steps", "export.ldif", "--verified-domain", "contoso.com")
    #expect(!outcome.output.contains("Register"))
  }

  /// What the steps say is what the commands do.
  @Test func commandsOfTheStepsAreAccepted() throws {
    let place = try Workplace(Self.forest(4))
    let json = try place.run(
      "steps", "export.ldif", "--verified-domain", "contoso.com", "--format", "json")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let steps = try #require(report["steps"] as? [[String: Any]])
    let commands = steps.flatMap { $0["commands"] as? [String] ?? [] }
    #expect(commands.count > 3)
    for command in commands where !command.contains("ldaps://") && !command.contains("Set-AD") {
      let outcome = try place.shell(command)
      #expect(outcome.status < 2, "\(command): \(outcome.errors)")
    }
    let after = try place.run("check", "export.ldif", "--verified-domain", "contoso.com")
    #expect(after.status == 1)
  }

  @Test(arguments: ["text", "json", "markdown"])
  func withoutVerifiedDomainsTheyAreAskedForFirst(_ format: String) throws {
    let place = try Workplace(Self.forest(2))
    let outcome = try place.run("steps", "export.ldif", "--format", format)
    let asked = outcome.output.firstRange(of: "Say which domains the tenant has verified")
    let replaced = outcome.output.firstRange(of: "Replace the suffix")
    #expect(try #require(asked).lowerBound < #require(replaced).lowerBound)
    #expect(outcome.output.contains("--verified-domain contoso.com"))
    // Which rules did not run, and what they need.
    #expect(outcome.output.contains("UPN007 did not run: it needs"))
  }

  @Test func theReportIsFullWhileFewObjectsHaveFindings() throws {
    for (users, isFull) in [(40, true), (41, false)] {
      let place = try Workplace(Self.forest(users))
      let outcome = try place.run("check", "export.ldif", "--verified-domain", "contoso.com")
      #expect(outcome.output.contains("\nCN=User 7,") == isFull)
      #expect(outcome.output.contains("All of them: --style full") == !isFull)
      #expect(outcome.output.contains("What would happen\n"))
      let pipe = try place.shell("cat export.ldif | ldaplint check - --verified-domain contoso.com")
      let found = { (outcome: Outcome) in outcome.lines.filter { $0.contains("UPN006") } }
      #expect(found(pipe) == found(outcome))
      for style in ["full", "concise"] {
        let all = try place.run(
          "check", "export.ldif", "--verified-domain", "contoso.com", "--style", style)
        #expect(all.lines.count { $0.contains("UPN006") } >= users)
      }
    }
  }

  @Test(arguments: ["1", "2", "16"])
  func bytesDoNotDependOnThreads(_ threads: String) throws {
    let place = try Workplace(Self.forest(700))
    for options in [["--style", "summary"], ["--group-by", "ou"], ["--group-by", "object"]] {
      let one = try place.run(["check", "export.ldif", "--threads", "1"] + options)
      let other = try place.run(["check", "export.ldif", "--threads", threads] + options)
      #expect(one.output == other.output)
    }
  }

  @Test(
    arguments: [
      ("ou", "OU=Unit 0,OU=Staff"), ("class", "user, with a mailbox"), ("rule", "UPN006"),
      ("cause", "6 sign-in names end in corp.local"), ("domain", "contoso.com (routable"),
      ("object", "CN=User 0,OU=Unit 0"),
    ])
  func groupsAreNamed(_ grouping: String, _ name: String) throws {
    let place = try Workplace(Self.forest(6))
    let outcome = try place.run("check", "export.ldif", "--group-by", grouping)
    #expect(outcome.output.contains(name), "\(outcome.output)")
  }

  @Test func aReportInAFileEndsWithItsSumOnStandardError() throws {
    let place = try Workplace(Self.forest(2))
    let arguments = [
      "check", "export.ldif", "-o", "report.txt", "--verified-domain", "contoso.com",
    ]
    let outcome = try place.run(arguments)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("2 findings: 2 errors, 0 warnings, 0 info, on 2 objects"))
    #expect(try place.run(arguments + ["-q"]).errors.isEmpty)
  }

  @Test(
    arguments: [
      (["--style", "summary", "--group-by", "ou"], "--style grouped"),
      (["--style", "full", "--format", "csv"], "format text"),
      (["--max-groups", "0"], "1 or more"),
    ])
  func contradictionsAreRefused(_ options: [String], _ why: String) throws {
    let outcome = try Workplace(Self.forest(1)).run(["check", "export.ldif"] + options)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(why))
  }
}
