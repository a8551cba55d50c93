import Foundation
import TestKit
import Testing

/// `explain` finds rules by what people have in hand, in three forms; docs/rules is what it prints.
@Suite struct ExplainTests {
  struct Rules: Decodable {
    struct Rule: Decodable {
      var id: String
      var name: String
      var pack: String
      var attributes: [String]
      var syncError: String?
      var category: String?
      var why: String?
    }
    var rules: [Rule]
  }

  private static let packs = [
    "entra-id", "entra-domain-services", "idfix-multi-tenant", "idfix-dedicated",
  ]

  private static func rules(_ arguments: String...) throws -> [Rules.Rule] {
    let outcome = try Workplace().run(arguments + ["--format", "json"])
    try #require(outcome.status == 0, "\(arguments): \(outcome.errors)")
    return try JSONDecoder().decode(Rules.self, from: Data(outcome.output.utf8)).rules
  }

  private static func all() throws -> [Rules.Rule] { try rules("explain", "--all") }

  // MARK: Finding

  @Test(arguments: ["AttributeValueMustBeUnique", "exceededallowedlength", "ObjectTypeMismatch"])
  func findsByThePortalsError(_ error: String) throws {
    let found = Set(try Self.rules("explain", error).map(\.id))
    let wanted = try Self.all().filter { $0.syncError?.lowercased() == error.lowercased() }
    #expect(!found.isEmpty && found.isSuperset(of: wanted.map(\.id)))
  }

  @Test(arguments: [
    ("QuarantinedAttributeValueMustBeUnique", "AttributeValueMustBeUnique"),
    ("DataValidationFailed", "IdentityDataValidationFailed"),
    ("Update failed: [attributevaluemustbeunique] proxyAddress x", "AttributeValueMustBeUnique"),
    ("Top Level Domain", "TopLevelDomain"), ("UPNAME-IS-NO-RULE upn006", "UPN006"),
  ])
  func findsWhatIsWrittenOtherwise(_ text: String, _ same: String) throws {
    #expect(try Self.rules("explain", text).map(\.id) == Self.rules("explain", same).map(\.id))
  }

  @Test(arguments: ["TopLevelDomain", "mailmatch", "Blank"])
  func findsByIdFixsWord(_ word: String) throws {
    let wanted = try Self.all().filter { $0.category?.lowercased() == word.lowercased() }
    #expect(wanted.count > 1)
    #expect(try Self.rules("explain", word).map(\.id) == wanted.map(\.id))
    let both = Set(try Self.rules("explain", "\(word),Length").map(\.id))
    #expect(both.isSuperset(of: wanted.map(\.id)) && both.count > wanted.count)
  }

  @Test(arguments: ["proxyAddresses", "targetaddress", "USERPRINCIPALNAME"])
  func findsByAttribute(_ attribute: String) throws {
    let wanted = try Self.all().filter {
      $0.attributes.contains { $0.lowercased() == attribute.lowercased() }
    }
    #expect(wanted.count > 5)
    #expect(try Self.rules("explain", attribute).map(\.id) == wanted.map(\.id))
  }

  @Test(arguments: ["UPN", "upn0", "Dup"]) func findsByTheBeginningOfIds(_ text: String) throws {
    let wanted = try Self.all().filter { $0.id.lowercased().hasPrefix(text.lowercased()) }
    #expect(wanted.count > 5)
    #expect(try Self.rules("explain", text).map(\.id) == wanted.map(\.id))
    let list = try Workplace().run("explain", text)
    #expect(list.status == 0 && wanted.allSatisfy { list.output.contains("\($0.id)  ") })
  }

  @Test(arguments: [
    ("UPX", "UPN"), ("proxyAdresses", "proxyAddresses"), ("duplicate-adress", "duplicate-address"),
    ("AttributeValueMustBeUniqe", "AttributeValueMustBeUnique"), ("Charakter", "Character"),
  ])
  func asksWhatWasMeant(_ text: String, _ meant: String) throws {
    let outcome = try Workplace().run("explain", text)
    #expect(outcome.status == 2 && outcome.errorLines.count == 1)
    #expect(outcome.errors.contains("did you mean \(meant)?"), "\(outcome.errors)")
  }

  @Test func aHostileNameDoesNotReachTheTerminal() throws {
    let outcome = try Workplace().run("explain", "\u{1B}[2Jx\u{202E}")
    #expect(outcome.status == 2)
    #expect(!outcome.errors.contains("\u{1B}") && !outcome.errors.contains("\u{202E}"))
  }

  // MARK: Forms

  @Test(arguments: [["explain", "--all"], ["rules"], ["explain", "UPN006"], ["explain", "DUP"]])
  func jsonHasTheDocumentedShape(_ arguments: [String]) throws {
    let outcome = try Workplace().run(arguments + ["--format", "json"])
    let schema = try SchemaChecker(file: "rules.schema.json")
    #expect(try schema.complaints(about: outcome.output) == [])
  }

  @Test(arguments: [80, 100, 160]) func linesFitTheTerminal(_ columns: Int) throws {
    for text in ["UPN006", "DUP", "proxyAddresses", "LIM001"] {
      let outcome = try Workplace().run("explain", text, environment: ["COLUMNS": "\(columns)"])
      // What has no blank in it, such as an address, is not cut; LDIF is not broken.
      // The first line names the rule, for programs as well.
      let prose = outcome.lines.dropFirst().filter { line in
        let words = line.split(separator: " ")
        return !line.hasPrefix("  ") || words.count > 8
      }
      #expect(prose.count > 3)
      #expect(prose.filter { $0.count > columns } == [], "\(text) at \(columns)")
    }
  }

  @Test func hostileExamplesAreSpeltOut() throws {
    let place = try Workplace()
    try place.writePack(
      """
      id: OWN001
      name: hostile
      severity: info
      summary: "A pipe | and <b>bold</b> *and* `code` \\u001B[31m"
      why: |
        # no title
        1. no list
      objects: [user]
      attribute: cn
      check: { present: {} }
      message: "a ` and a ``` in \\u202E it"
      examples:
        bad:
          - ldif: "dn: CN=x\\nobjectClass: user\\nsn: ```\\nl: \\u001B[31m"
            finds: [{ dn: CN=x, attribute: cn }]
        good:
          - ldif: "dn: CN=y\\nobjectClass: user\\ncn: y"

      """, named: "hostile")
    for format in ["text", "json", "markdown"] {
      let page = try place.run("explain", "OWN001", "--pack", "pack", "--format", format)
      #expect(page.status == 0, "\(page.errors)")
      #expect(!page.output.contains("\u{1B}") && !page.output.contains("\u{202E}"))
    }
    let page = try place.run("explain", "OWN001", "--pack", "pack", "--format", "markdown").output
    #expect(page.contains(#"A pipe \| and \<b\>bold\</b\> \*and\* \`code\` \[31m"#))
    #expect(page.contains("\n\\# no title 1. no list\n") || page.contains("\n\\# no title\n"))
    #expect(page.contains("````ldif\n") && page.contains("\n````\n"))
    let index = try place.run("rules", "--pack", "pack", "--format", "markdown").output
    #expect(index.contains(#"| A pipe \| and "#))
  }

  // MARK: docs/rules

  @Test func pagesAreCurrent() throws {
    let folder = Workplace.repository.appendingPathComponent("docs/rules")
    let ids = try Self.all().map(\.id)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(files == (ids.map { "\($0).md" } + ["README.md"]).sorted(), "make docs")
    let pages = try ids.map { id in
      try String(contentsOf: folder.appendingPathComponent("\(id).md"), encoding: .utf8)
    }
    let said = try Workplace().run("explain", "--all", "--format", "markdown").output
    #expect(said == pages.joined(separator: "\n"), "docs/rules is not current; make docs")
    let index = try Workplace().run(
      ["rules", "--format", "markdown"] + Self.packs.flatMap { ["--pack", $0] })
    let file = folder.appendingPathComponent("README.md")
    #expect(try index.output == String(contentsOf: file, encoding: .utf8), "make docs")
  }

  @Test func theReadmeCountsTheRules() throws {
    let file = Workplace.repository.appendingPathComponent("README.md")
    let readme = try String(contentsOf: file, encoding: .utf8)
    let all = try Self.all()
    for pack in Self.packs {
      let row = readme.split(separator: "\n").first { $0.hasPrefix("| `\(pack)`") }
      let cells = try #require(row).split(separator: "|")
      let count = Int(cells[1].filter(\.isNumber))
      #expect(count == all.count { $0.pack == pack }, "\(pack) in the README's table")
    }
  }
}
