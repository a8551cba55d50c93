import BuiltinRules
import Testing

@testable import Rules

@Suite struct PackLibraryTests {
  static let scope = "scope: { ad: { user: [] } }\n"

  /// A base with a rule, and a pack that extends it with another.
  static let files = [
    "base": [
      "pack.yaml": Fixture.pack(
        "base", "parameters: { A: one, B: two }\nnotes: Read me.\n" + scope),
      "sample.yaml": Fixture.rule(),
    ],
    "more": [
      "pack.yaml": Fixture.pack(
        "more",
        "extends: [base]\nparameters: { B: three, C: four }\n"
          + "scope: { ad: { user: [{ exclude: 'True', reason: out }], group: [] }, ldap: { group: [] } }\n"
      ),
      "other.yaml": Fixture.rule(id: "AAA001", name: "other"),
    ],
  ]

  @Test func aPackIsLoadedByName() throws {
    let pack = try Fixture.library(Self.files).pack("base")
    #expect(pack.name == "base")
    #expect(pack.title == "A pack")
    #expect(pack.version == "1")
    #expect(pack.notes == "Read me.")
    #expect(pack.parameters == ["A": "one", "B": "two"])
    #expect(pack.rules.map(\.id) == ["UPN006"])
    #expect(pack.rules[0].place.description == "base/sample.yaml:1:1")
    #expect(pack.scopes[.ad]?[.user]?.count == 0)
    #expect(pack.scopes[.ldap] == nil)
  }

  @Test func extendingMergesRulesScopeAndParameters() throws {
    let pack = try Fixture.library(Self.files).pack("more")
    #expect(pack.rules.map(\.id) == ["AAA001", "UPN006"])
    #expect(pack.rules.map(\.pack) == ["more", "base"])
    #expect(pack.parameters == ["A": "one", "B": "three", "C": "four"])
    #expect(pack.scopes[.ad]?[.user]?.map(\.reason) == ["out"])
    #expect(pack.scopes[.ad]?[.group]?.count == 0)
    #expect(pack.scopes[.ldap]?.keys.map(\.name) == ["group"])
  }

  @Test func severalPacksAreOneListSortedByID() throws {
    let library = try Fixture.library(Self.files)
    let set = try library.packs(["base", "more", "base"])
    #expect(set.names == ["base", "more"])
    #expect(set.rules.map(\.id) == ["AAA001", "UPN006"])
    #expect(set.parameters["B"] == "three")
    #expect(set.notes == ["Read me."])
    #expect(try library.builtinPacks().map(\.name) == ["base", "more"])
  }

  @Test func theSampleFolderIsRead() throws {
    let pack = try Fixture.emptyLibrary.pack(Fixture.rules + "/entra-id/")
    #expect(pack.name == "entra-id")
    #expect(pack.parameters == ["Domain.Netbios": "CONTOSO"])
    let clauses = try #require(pack.scopes[.ad]?[.user])
    #expect(clauses.map(\.isExclusion) == [true, false])
    #expect(clauses.map(\.reason) == ["a critical system object", "has no sAMAccountName"])
    #expect(clauses[1].needs == ["sAMAccountName"])
    #expect(clauses[0].expression.text == "IsPresent([isCriticalSystemObject])")
    #expect(clauses[0].expression.place.line == 10)
    #expect(clauses[0].expression.place.column == 19)
    let block = try #require(pack.scopes[.ad]?[.inetOrgPerson]?.first)
    #expect(block.expression.text == "Left([sAMAccountName], 4) = \"AAD_\"\n")
    #expect(block.expression.place.line == 17)
    #expect(block.expression.place.column == 11)
  }

  @Test func aFolderExtendsItsNeighbourBeforeTheBuiltInPack() throws {
    let files = [
      "base/pack.yaml": Fixture.pack("base", Self.scope),
      "base/near.yaml": Fixture.rule(id: "NEA001", name: "near"),
      "mine/pack.yaml": Fixture.pack("mine", "extends: [base]\n"),
      "alone/pack.yaml": Fixture.pack("alone", "extends: [more]\n"),
      "alone/README.md": "Not a rule.",
    ]
    let library = try Fixture.library(Self.files)
    try Fixture.withFolder(files) { folder in
      let mine = try library.pack(folder + "/mine")
      #expect(mine.rules.map(\.id) == ["NEA001"])
      let alone = try library.pack(folder + "/alone")
      #expect(alone.rules.map(\.id) == ["AAA001", "UPN006"])
    }
  }

  @Test(arguments: [
    (
      "bas",
      "bas:1:1: neither a built-in pack nor a folder is called \"bas\"; did you mean \"base\"?"
    ),
    (
      "zzzz",
      "zzzz:1:1: neither a built-in pack nor a folder is called \"zzzz\"; there are: base, more"
    ),
    ("no/such", "no/such:1:1: the folder cannot be read; is there such a folder?"),
  ])
  func unknownPacksAreNamed(_ reference: String, _ message: String) throws {
    let library = try Fixture.library(Self.files)
    let loaded = errors { try library.pack(reference) }
    #expect(loaded == [message])
    let merged = errors { try library.packs([reference]) }
    #expect(merged == [message])
  }

  @Test(
    arguments: [
      (
        ["a/pack.yaml": "name: b\ntitle: x\nversion: 1\n"],
        ["a/pack.yaml:1:7: the name \"b\" differs from the folder's, \"a\""]
      ),
      (
        ["a/pack.yaml": "name: a\nversin: 1\n"],
        [
          "a/pack.yaml:1:1: the key \"title\" is missing from the pack",
          "a/pack.yaml:1:1: the key \"version\" is missing from the pack",
          "a/pack.yaml:2:1: unknown key \"versin\" in a pack; did you mean \"version\"?",
        ]
      ),
      (
        ["a/x.yaml": "id: [\n"],
        [
          "a/pack.yaml:1:1: the pack has no pack.yaml",
          "a/x.yaml:2:1: not YAML: did not find expected node content (while parsing a flow node)",
        ]
      ),
      (
        ["a/pack.yaml": Fixture.pack("a"), "a/x.yml": ""],
        ["a/x.yml:1:1: rules are files called NAME.yaml"]
      ),
      (
        ["a/pack.yaml": Fixture.pack("a", "extends: [bse]\n")],
        ["a/pack.yaml:4:11: there is no pack called \"bse\"; did you mean \"base\"?"]
      ),
      (
        [
          "a/pack.yaml": Fixture.pack("a", "extends: [b]\n"),
          "b/pack.yaml": Fixture.pack("b", "extends: [a]\n"),
        ],
        ["b/pack.yaml:4:11: packs extend each other in a circle: a → b → a"]
      ),
      (
        ["a/pack.yaml": Fixture.pack("a", "extends: [a]\n")],
        ["a/pack.yaml:4:11: packs extend each other in a circle: a → a"]
      ),
      (
        [
          "a/pack.yaml": Fixture.pack("a"), "a/x.yaml": Fixture.rule(name: "x"),
          "a/y.yaml": Fixture.rule(name: "y"),
        ],
        ["a/y.yaml:1:1: the id UPN006 is taken by x (a/x.yaml)"]
      ),
      (
        [
          "a/pack.yaml": Fixture.pack("a", "extends: [base]\n"),
          "a/sample.yaml": Fixture.rule(id: "AAA001"),
        ],
        ["base/sample.yaml:1:1: the name sample is taken by AAA001 (a/sample.yaml)"]
      ),
      (
        ["a/pack.yaml": Fixture.pack("a", "parameters: [x]\n")],
        ["a/pack.yaml:4:13: \"parameters\" must be a mapping of keys to values, not a list"]
      ),
      (
        ["a/pack.yaml": Fixture.pack("a", "parameters: { x: [] }\n")],
        ["a/pack.yaml:4:18: the parameter \"x\" must be a text"]
      ),
      (
        ["a/pack.yaml": Fixture.pack("a", "scope: { aad: {} }\n")],
        ["a/pack.yaml:4:10: unknown key \"aad\" in \"scope\"; did you mean \"ad\"?"]
      ),
      (
        ["a/pack.yaml": Fixture.pack("a", "scope: { ad: { users: [] } }\n")],
        ["a/pack.yaml:4:16: unknown key \"users\" in the scope of \"ad\"; did you mean \"user\"?"]
      ),
      (
        ["a/pack.yaml": Fixture.pack("a", "scope: { ad: { user: } }\n")],
        ["a/pack.yaml:4:22: the scope of \"user\" must be a list of clauses, [] for no condition"]
      ),
      (
        ["a/pack.yaml": Fixture.pack("a", "scope: { ad: { user: [{ require: 'x' }] } }\n")],
        ["a/pack.yaml:4:23: the key \"reason\" is missing from the scope clause"]
      ),
      (
        ["a/pack.yaml": Fixture.pack("a", "scope: { ad: { user: [{ reason: x }] } }\n")],
        ["a/pack.yaml:4:23: a scope clause has either \"exclude\" or \"require\""]
      ),
      (
        [
          "a/pack.yaml": Fixture.pack("a", "scope: { ad: { user: [{ require: x, reason: y }] } }\n")
        ],
        [
          "a/pack.yaml:4:34: the expression of \"require\" must be quoted or a block: without quotes, "
            + "YAML cuts it at \" #\" and refuses [ and % at its start"
        ]
      ),
    ] as [([String: String], [String])])
  func brokenPacksAreRefused(_ files: [String: String], _ messages: [String]) throws {
    let library = try Fixture.library(Self.files)
    try Fixture.withFolder(files) { folder in
      let found = errors { try library.pack(folder + "/a") }
      #expect(found.map { $0.replacing(folder + "/", with: "") } == messages)
    }
  }

  @Test func packsWithTheSameRuleIDDoNotRunTogether() throws {
    let files = [
      "one": ["pack.yaml": Fixture.pack("one"), "sample.yaml": Fixture.rule()],
      "two": ["pack.yaml": Fixture.pack("two"), "other.yaml": Fixture.rule(name: "other")],
    ]
    let library = try Fixture.library(files)
    let expected = ["two/other.yaml:1:1: the id UPN006 is taken by sample (one/sample.yaml)"]
    let found = errors { try library.packs(["one", "two"]) }
    #expect(found == expected)
  }

  @Test func damagedArchivesAreAnError() {
    let library = PackLibrary(packs: ["a": ["pack.yaml": "p1 1"]], documents: [:])
    let message = "a/pack.yaml:1:1: the rule archive is damaged at byte 4; rebuild the program"
    let found = errors { try library.pack("a") }
    #expect(found == [message])
  }

  @Test func everyBuiltInPackLoads() throws {
    let library = PackLibrary(packs: BuiltinRules.packs, documents: BuiltinRules.documents)
    let packs = try library.builtinPacks()
    #expect(packs.map(\.name) == BuiltinRules.packs.keys.sorted())
    for pack in packs {
      for rule in pack.rules { _ = try library.document(rule) }
    }
    for (pack, files) in BuiltinRules.packs {
      #expect(Set(files.keys) == Set(BuiltinRules.documents[pack, default: [:]].keys))
    }
  }

  private func errors<Result>(_ body: () throws -> Result) -> [String] {
    do {
      _ = try body()
      return []
    } catch let error as RulePackErrors {
      return error.errors.map(\.description)
    } catch {
      return ["\(error)"]
    }
  }
}
