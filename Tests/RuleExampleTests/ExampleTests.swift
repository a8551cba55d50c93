import LDIF
import Lint
import Rules
import TestKit
import Testing

/// Every rule's examples, as they are and as other tools would have written them.
@Suite struct ExampleTests {
  /// A rule with the pack whose scope it runs in; each rule once, in the pack that has its file.
  struct Case: CustomTestStringConvertible, Sendable {
    var pack: Pack
    var rule: Rule
    var testDescription: String { "\(rule.id) \(rule.name)" }
  }

  static let cases: [Case] = {
    guard let packs = try? Lint.library.builtinPacks() else { return [] }
    return packs.flatMap { pack in
      pack.rules.filter { $0.pack == pack.name }.map { Case(pack: pack, rule: $0) }
    }
  }()

  @Test func thereAreRules() throws {
    #expect(try Lint.library.builtinPacks().map(\.name).sorted() == Lint.library.names)
    #expect(Self.cases.count > 150)
  }

  @Test(arguments: cases) func asWritten(_ example: Case) throws {
    let document = try Lint.library.document(example.rule)
    #expect(!document.bad.isEmpty && !document.good.isEmpty)
    for failure in ExampleRunner(pack: example.pack, rule: example.rule).failures(document) {
      Issue.record("\(failure)")
    }
  }

  @Test(arguments: cases) func rewritten(_ example: Case) throws {
    let document = try Lint.library.document(example.rule)
    let runner = ExampleRunner(pack: example.pack, rule: example.rule)
    for (name, rewriting) in Rewritings.all {
      for failure in runner.failures(document, isOrdered: false, rewriting: rewriting) {
        Issue.record("\(name): \(failure)")
      }
    }
  }

  @Test(arguments: Lint.library.names) func packsCompileWithoutWarnings(_ name: String) throws {
    let ruleSet = try Lint.rules(name)
    #expect(ruleSet.warnings.map { "\($0.place): \($0.message)" } == [])
  }
}
