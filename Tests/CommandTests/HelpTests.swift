import Foundation
import Testing

/// Help, version, the list of rules and their explanations.
@Suite struct HelpTests {
  @Test(arguments: [
    ["check"], ["fix"], ["steps"], ["apply"], ["undo"], ["doctor"], ["explain"], ["rules"],
    ["rules", "list"],
    ["rules", "check"],
  ])
  func helpIsAScreenWithExamples(_ command: [String]) throws {
    let outcome = try Workplace().run(command + ["--help"])
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    // At 80 columns, to which the help is cut when there is no terminal.
    #expect(
      outcome.lines.dropLast().count <= (["check", "fix", "steps"].contains(command[0]) ? 40 : 72))
    #expect(outcome.lines.allSatisfy { $0.count <= 80 || $0.hasPrefix("USAGE") })
    let examples = outcome.output.ranges(of: "\n  ldaplint ").count
    #expect(examples >= 2)
  }

  @Test func examplesOfTheHelpAreAccepted() throws {
    let place = try Workplace(Export.local)
    for name in ["a.ldif", "b.ldif", "c.ldif"] { try place.write(Export.clean, to: name) }
    let help = try place.run("check", "--help").output
    let lines = help.split(separator: "\n").filter { $0.hasPrefix("  ldaplint ") }
    #expect(lines.count >= 2)
    // There is no server of that name here.
    for line in lines where !line.contains("ldaps://") {
      let outcome = try place.shell(String(line))
      #expect(outcome.status < 2, "\(line): \(outcome.errors)")
    }
  }

  @Test(arguments: ["--help", "-h", "--help-hidden"])
  func helpOfACommandMayBeAskedForFirst(_ word: String) throws {
    let place = try Workplace()
    #expect(try place.run(word, "fix").output == place.run("fix", word).output)
    #expect(try place.run(word, "fix").output.contains("--unsafe-fixes"))
  }

  @Test func versionHasTheDateOfTheData() throws {
    let outcome = try Workplace().run("--version")
    #expect(outcome.status == 0)
    #expect(outcome.output.wholeMatch(of: /ldaplint \d+\.\d+\.\d+ \(.* \d{4}-\d\d-\d\d\)\n/) != nil)
  }

  @Test(arguments: ["entra-id", "entra-domain-services", "idfix-multi-tenant", "idfix-dedicated"])
  func everyRuleIsExplained(_ pack: String) throws {
    let place = try Workplace()
    let list = try place.run("rules", "--pack", pack)
    #expect(list.status == 0)
    let rows = list.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(rows.count > 2)
    for row in rows {
      let (id, severity, name) = (String(row[0]), String(row[1]), String(row[2]))
      let byID = try place.run("explain", id)
      #expect(byID.status == 0)
      #expect(byID.output.hasPrefix("\(id) \(name) (\(severity), pack "))
      #expect(byID.output.contains("Fires on:") && byID.output.contains("Accepts:"))
    }
    let name = String(rows[0][2])
    #expect(try place.run("explain", name).output == place.run("explain", "\(rows[0][0])").output)
  }

  @Test func theProgramRunsFromAnyFolder() throws {
    let outcome = try Workplace(Export.local).shell(
      "cp \(Workplace.program.path) ./moved && ./moved export.ldif")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("UPN006"))
  }
}
