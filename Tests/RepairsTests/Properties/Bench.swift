import Bytes
import Checks
import Directory
import Findings
import LDIF
import Lint
import Repairs
import Rules
import System
import TestKit
import Testing

/// Lints and repairs forests, and applies patches as a strict server would.
struct Bench: Sendable {
  /// One way to run the program.
  struct Way: Sendable {
    var name: String
    var pack = "entra-id"
    var allowsUnsafe = false
    var settings = CheckSettings()
  }

  static let ways: [Way] = {
    var mapped = ordering(["corp.local=contoso.com", "oldcorp.com=contoso.com"])
    mapped.tenant.verifiedDomains = ["contoso.com", "fabrikam.com"]
    mapped.transliteratesGerman = true
    var primary = ordering(["corp.local=primary", "*.corp.local=primary"])
    primary.tenant.verifiedDomains = ["contoso.com", "fabrikam.com"]
    let subtrees = ordering([
      "*.corp.local=contoso.com", "DC=forest1,DC=contoso,DC=com:corp.local=fabrikam.com",
      "OU=Knots,DC=forest1,DC=contoso,DC=com:corp.local=primary", "lab.example=contoso.com",
    ])
    return [
      Way(name: "safe"),
      Way(name: "unsafe", allowsUnsafe: true),
      Way(name: "safe, mapped", settings: mapped),
      Way(name: "unsafe, mapped", allowsUnsafe: true, settings: mapped),
      Way(name: "unsafe, as IdFix", pack: "idfix-multi-tenant", allowsUnsafe: true),
      Way(name: "unsafe, as IdFix dedicated", pack: "idfix-dedicated", allowsUnsafe: true),
      Way(
        name: "unsafe, Domain Services", pack: "entra-domain-services", allowsUnsafe: true,
        settings: mapped),
      Way(name: "safe, to the primary address's domain", settings: primary),
      Way(
        name: "unsafe, to the primary address's domain", allowsUnsafe: true, settings: primary),
      Way(name: "safe, by subtree", settings: subtrees),
      Way(name: "unsafe, by subtree", allowsUnsafe: true, settings: subtrees),
    ]
  }()

  /// Settings with orders for suffixes.
  private static func ordering(_ orders: [String]) -> CheckSettings {
    var settings = CheckSettings()
    do {
      for order in orders { try settings.suffixOrders.add(order) }
    } catch {
      preconditionFailure("\(error)")
    }
    return settings
  }

  let way: Way
  let ruleSet: RuleSet
  /// The same rules, none of which is silent beside another.
  let outspoken: RuleSet

  /// A bench for each way, made once.
  static let all: Result<[Bench], any Error> = Result { try ways.map(Bench.init) }

  private init(_ way: Way) throws {
    self.way = way
    var pack = try Lint.library.pack(way.pack)
    ruleSet = try Lint.rules(pack, settings: way.settings)
    for index in pack.rules.indices { pack.rules[index].after = [] }
    outspoken = try Lint.rules(pack, settings: way.settings)
  }

  /// What the rules, or others, say of `forest`.
  func lint(
    _ forest: Forest, threads: Int = 1, by rules: RuleSet? = nil
  ) throws -> LintResult {
    var sources: [LintSource] = []
    for (number, records) in forest.sources.enumerated() {
      var text = OutputBuffer()
      for record in records { LDIFWriter().write(record, to: &text) }
      var source = try Lint.source(Array(text.bytes), name: "source \(number)")
      source.kind = .ad
      sources.append(source)
    }
    var options = LintOptions()
    options.threads = threads
    options.keepUniqueValues()
    return try LintRun(ruleSet: rules ?? ruleSet, sources: sources, options: options).run()
  }

  /// The plan for `result` with the repairs that the way allows, tried.
  func fix(_ result: LintResult) throws -> VerifiedPlan {
    try fix(result, allowsUnsafe: way.allowsUnsafe)
  }

  /// The plan for `result`, tried.
  func fix(_ result: LintResult, allowsUnsafe: Bool) throws -> VerifiedPlan {
    var request = RepairRequest()
    request.allowsUnsafe = allowsUnsafe
    return try VerifiedPlan.make(result, request: request, spoolFolder: Spool.defaultFolder)
  }

  /// What a finding is about.
  struct Triple: Hashable, CustomStringConvertible {
    var rule: String
    var dn: [UInt8]
    var attribute: String
    /// Nil where values are not told apart.
    var value: [UInt8]?
    var description: String { "\(rule) \(attribute) \(String(decoding: dn, as: UTF8.self))" }
  }

  /// How often each triple is found; with the values, too, if they are wanted.
  static func triples(_ result: LintResult, withValues: Bool = false) -> [Triple: Int] {
    var all: [Triple: Int] = [:]
    result.render { objects, _ in
      objects.flatMap { $0 }
        .map { finding in
          Triple(
            rule: "\(finding.rule) \(finding.name)", dn: finding.dn,
            attribute: finding.attribute ?? "",
            value: withValues ? finding.value ?? finding.proposal?.target : nil)
        }
    } consume: { part in
      for triple in part { all[triple, default: 0] += 1 }
      return true
    }
    return all
  }

  /// The patch's text and that of its undo.
  static func texts(_ plan: RepairPlan) -> (forward: [UInt8], backward: [UInt8]) {
    func text(_ records: [ChangeRecord]) -> [UInt8] {
      var out = OutputBuffer()
      for record in records { LDIFWriter().write(record, to: &out) }
      return Array(out.bytes)
    }
    return (
      text(plan.objects.map(PatchRecords.forward)),
      text(plan.objects.reversed().map(PatchRecords.backward))
    )
  }

  struct Refused: Error, CustomStringConvertible {
    var description: String
  }
}
