import Findings
import Testing

@testable import Rules

@Suite struct RuleSelectionTests {
  static func packs() throws -> PackSet {
    let base = [
      "pack.yaml": Fixture.pack("base", "parameters: { Domain.Netbios: A }\n"),
      "upn-long.yaml": Fixture.rule(id: "UPN001", name: "upn-long"),
      "upn-short.yaml": Fixture.rule(id: "UPN012", name: "upn-short"),
      "mail-long.yaml": Fixture.rule(id: "MAIL001", name: "mail-long"),
    ]
    let extra = [
      "pack.yaml": Fixture.pack("extra", "extends: [base]\n"),
      "dup.yaml": Fixture.rule(id: "DUP001", name: "dup"),
    ]
    return try Fixture.library(["base": base, "extra": extra]).packs(["extra"])
  }

  @Test(
    arguments: [
      ([], [], ["DUP001", "MAIL001", "UPN001", "UPN012"]),
      (["ALL"], [], ["DUP001", "MAIL001", "UPN001", "UPN012"]),
      (["UPN"], [], ["UPN001", "UPN012"]),
      (["upn"], [], ["UPN001", "UPN012"]),
      (["UPN00"], [], ["UPN001"]),
      (["upn-short"], [], ["UPN012"]),
      (["mail001"], [], ["MAIL001"]),
      (["UPN001, dup"], [], ["DUP001", "UPN001"]),
      (["base"], [], ["MAIL001", "UPN001", "UPN012"]),
      ([], ["UPN"], ["DUP001", "MAIL001"]),
      ([], ["ALL"], []),
      (["UPN"], ["UPN001"], ["UPN012"]),
      (["UPN001"], ["UPN"], ["UPN001"]),
      (["UPN001"], ["UPN001"], []),
      (["upn-long"], ["UPN001"], []),
      (["UPN"], ["UPN"], []),
      (["UPN0"], ["UPN01"], ["UPN001"]),
      (["base"], ["extra"], ["MAIL001", "UPN001", "UPN012"]),
      (["base"], ["ALL"], ["MAIL001", "UPN001", "UPN012"]),
      (["ALL"], ["base"], ["DUP001"]),
      (["ALL", "UPN001"], ["UPN"], ["DUP001", "MAIL001", "UPN001"]),
    ] as [([String], [String], [String])])
  func theMoreSpecificSelectorDecides(
    _ select: [String], _ ignore: [String], _ expected: [String]
  ) throws {
    let selection = RuleSelection(select: select, ignore: ignore)
    #expect(try selection.applied(to: Self.packs()).rules.map(\.id) == expected)
  }

  @Test func severitiesAreSetByTheMoreSpecificSelectorAndThenTheLast() throws {
    let selection = RuleSelection(
      severities: ["UPN001=info", "UPN=warning", "ALL=info,ALL=error", "dup=info"])
    let rules = try selection.applied(to: Self.packs()).rules
    #expect(rules.map(\.severity) == [.info, .error, .info, .warning])
  }

  @Test func parametersAreSet() throws {
    let selection = RuleSelection(parameters: ["Domain.Netbios=B", "Domain.Netbios=C=D,E"])
    #expect(try selection.applied(to: Self.packs()).parameters == ["Domain.Netbios": "C=D,E"])
    let empty = RuleSelection(parameters: ["Domain.Netbios="])
    #expect(try empty.applied(to: Self.packs()).parameters == ["Domain.Netbios": ""])
  }

  @Test(arguments: [
    (
      RuleSelection(select: ["upn-log"]),
      "--select: no rule, id or pack is called \"upn-log\"; did you mean \"upn-long\"?"
    ),
    (
      RuleSelection(select: ["UPN002"]),
      "--select: no rule, id or pack is called \"UPN002\"; did you mean \"UPN001\"?"
    ),
    (RuleSelection(select: [""]), "--select: no rule, id or pack is called \"\""),
    (
      RuleSelection(ignore: ["UPM"]),
      "--ignore: no rule, id or pack is called \"UPM\"; did you mean \"UPN\"?"
    ),
    (
      RuleSelection(ignore: ["bse"]),
      "--ignore: no rule, id or pack is called \"bse\"; did you mean \"base\"?"
    ),
    (
      RuleSelection(severities: ["UPN001"]),
      "--set-severity: \"UPN001\" must be RULE=LEVEL, for example UPN006=warning"
    ),
    (
      RuleSelection(severities: ["UPN001=warn"]),
      "--set-severity: there is no severity \"warn\"; there are: error, warning, info"
    ),
    (
      RuleSelection(severities: ["UPN001=eror"]),
      "--set-severity: there is no severity \"eror\"; did you mean \"error\"?"
    ),
    (RuleSelection(severities: ["x=info"]), "--set-severity: no rule, id or pack is called \"x\""),
    (
      RuleSelection(parameters: ["Domain.Netbois=X"]),
      "--param: no pack in use has a parameter \"Domain.Netbois\"; did you mean \"Domain.Netbios\"?"
    ),
    (RuleSelection(parameters: ["=X"]), "--param: \"=X\" must be NAME=VALUE"),
  ])
  func whatDoesNotExistIsNamed(_ selection: RuleSelection, _ message: String) throws {
    let packs = try Self.packs()
    do throws(SelectionError) {
      _ = try selection.applied(to: packs)
      Issue.record("nothing was thrown")
    } catch {
      #expect(error.description == message)
    }
  }
}
