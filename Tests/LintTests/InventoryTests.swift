import BuiltinRules
import Bytes
import Checks
import LDIF
import Lint
import Rules
import System
import Testing

/// What a source carries is its own affair.
@Suite struct InventoryTests {
  /// A forest without userAccountControl is not to lose its users because the last object of the
  /// forest that was read before has one.
  @Test func whatOneSourceCarriesAnotherNeedNot() throws {
    func user(_ name: String, _ more: String) -> String {
      "dn: CN=\(name),DC=contoso,DC=com\nobjectClass: user\ncn: \(name)\n"
        + "sAMAccountName: \(name)\n\(more)\n"
    }
    let library = PackLibrary(packs: BuiltinRules.packs, documents: BuiltinRules.documents)
    let pack = try library.pack("entra-id")
    let ruleSet = try RuleSet(
      packs: [pack], rules: pack.rules, settings: CheckSettings(parameters: pack.parameters))
    var options = LintOptions()
    options.threads = 1
    let texts = [user("ann", "userAccountControl: 512\n"), user("bob", "")]
    let sources = try texts.enumerated().map { number, text in
      let target = try Spool.make(in: Spool.defaultFolder)
      try text.withByteView { view throws(SystemError) in try Spool.write(view, to: target) }
      return LintSource(
        name: "\(number)", forest: "\(number)",
        input: LDIFInput(file: try ReadableFile(adopting: target), firstByte: 0))
    }
    let result = try LintRun(ruleSet: ruleSet, sources: sources, options: options).run()
    #expect(result.summary.examined.map(\.count) == [2], "\(result.summary.skipped)")
  }
}
