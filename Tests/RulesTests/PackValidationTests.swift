import Testing

@testable import Rules

@Suite struct PackValidationTests {
  @Test func theSamplePackIsSound() {
    let result = PackValidation(folder: Fixture.rules + "/entra-id", library: Fixture.emptyLibrary)
    #expect(result.errors == [])
    #expect(result.pack?.rules.count == 1)
    #expect(result.documents.keys.sorted() == ["UPN006"])
  }

  static let scope = "scope: { ad: { user: [] } }\n"

  @Test(
    arguments: [
      (
        ["pack.yaml": Fixture.pack("a", scope), "sample.yaml": Fixture.rule([10: ""])],
        ["sample.yaml:1:1: the key \"examples\" is missing from the rule"]
      ),
      (
        [
          "pack.yaml": Fixture.pack("a", scope),
          "sample.yaml": Fixture.rule([10: "examples: { bad: [{ ldif: x, finds: [{ dn: x }] }] }"]),
        ],
        ["sample.yaml:10:11: the key \"good\" is missing from \"examples\""]
      ),
      (
        [
          "pack.yaml": Fixture.pack("a", scope),
          "sample.yaml": Fixture.rule([3: "summary: x", 4: "severity: error"]),
        ],
        ["sample.yaml:4:1: the key \"severity\" belongs before \"summary\""]
      ),
      (
        ["pack.yaml": "title: x\nname: a\nversion: 1\n" + scope, "sample.yaml": Fixture.rule()],
        ["pack.yaml:2:1: the key \"name\" belongs before \"title\""]
      ),
      (
        [
          "pack.yaml": Fixture.pack("a", scope),
          "sample.yaml": Fixture.rule([6: "objects: [group]"]),
        ],
        [
          "sample.yaml:1:1: the rule never fires: the pack's scope includes none of its objects; add "
            + "them to the scope, extend a pack that does, or say \"scope: any\""
        ]
      ),
      (
        [
          "pack.yaml": Fixture.pack("a", scope),
          "sample.yaml": Fixture.rule([7: "attribute: cn\ndirectory: ldap"]),
        ],
        [
          "sample.yaml:1:1: the rule never fires: the pack's scope includes none of its objects; add "
            + "them to the scope, extend a pack that does, or say \"scope: any\""
        ]
      ),
      (
        [
          "pack.yaml": Fixture.pack("a"),
          "sample.yaml": Fixture.rule([7: "attribute: cn\nscope: any"]),
        ], []
      ),
      (
        ["pack.yaml": Fixture.pack("a")],
        ["pack.yaml:1:1: the pack has no rules and extends no pack"]
      ),
      (
        ["sample.yaml": Fixture.rule([3: "severity: x"])],
        [
          "pack.yaml:1:1: the pack has no pack.yaml",
          "sample.yaml:3:11: \"severity\" must be one of error, warning, info, not \"x\"",
        ]
      ),
    ] as [([String: String], [String])])
  func everyMistakeIsNamed(_ files: [String: String], _ errors: [String]) throws {
    let files = Dictionary(uniqueKeysWithValues: files.map { ("a/" + $0.key, $0.value) })
    try Fixture.withFolder(files) { folder in
      let result = PackValidation(folder: folder + "/a", library: Fixture.emptyLibrary)
      let found = result.errors.map { $0.description.replacing(folder + "/a/", with: "") }
      #expect(found == errors)
    }
  }
}
