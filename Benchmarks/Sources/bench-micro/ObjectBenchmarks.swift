import Bytes
import Checks
import Directory
import LDIF
import Rules
import Sync
import System

/// What is done with each object, step by step; a row says what everything up to its step costs.
struct ObjectBenchmarks {
  private enum Step: Int { case scope, checks, keys }

  private let file: ReadableFile
  private let all: RuleSet
  private let addresses: RuleSet

  init(file: ReadableFile, packs: PackSet) throws {
    self.file = file
    all = try RuleSet(packs: packs.packs, rules: packs.rules, settings: CheckSettings())
    addresses = try RuleSet(
      packs: packs.packs, rules: packs.rules.filter(Self.isAboutAddress), settings: CheckSettings())
  }

  /// Whether a rule looks at the text of an address.
  private static func isAboutAddress(_ rule: Rule) -> Bool {
    guard ["address", "routable-domain", "characters", "pattern"].contains(rule.check.kind.name)
    else {
      return false
    }
    return rule.attributes.contains("proxyAddresses") || rule.attributes.contains("mail")
      || rule.attributes.contains("userPrincipalName")
  }

  func run(_ report: inout MicroReport) throws {
    let entries = try examine(all, upTo: .scope)
    try measure("reader + scope", all, .scope, entries, &report)
    try measure("reader + scope + address checks", addresses, .checks, entries, &report)
    try measure("reader + scope + all checks", all, .checks, entries, &report)
    try measure("reader + scope + all checks + index", all, .keys, entries, &report)
  }

  private func measure(
    _ name: String, _ ruleSet: RuleSet, _ step: Step, _ entries: Int, _ report: inout MicroReport
  ) throws {
    try report.measure(name, per: "object", units: entries, bytes: file.size) {
      keep(try examine(ruleSet, upTo: step))
    }
  }

  /// As if the source carried every attribute, so that no rule is passed over.
  private static func everything(_ table: AttributeTable) -> AttributeInventory {
    var inventory = AttributeInventory(count: table.count)
    for index in 0..<table.count { inventory.insert(AttributeID(index: UInt16(index))) }
    return inventory
  }

  private func examine(_ ruleSet: RuleSet, upTo last: Step) throws -> Int {
    let evaluator = RuleEvaluator(ruleSet)
    let checks = SourceChecks(ruleSet, kind: .ad, inventory: Self.everything(ruleSet.table))
    let index = UniquenessIndex()
    let hash = KeyedHash(key: (1, 2))
    var reader = ChunkReader(file: file, table: ruleSet.table)
    var entries = 0
    var findings = 0
    for number in 0..<ChunkReader.chunkCount(size: file.size) {
      _ = try reader.read(chunk: number, into: evaluator.entry) { offset, _, outcome, _ in
        guard case .entry = outcome else { return true }
        entries += 1
        let judgement = evaluator.view.decide(checks.scope)
        if last.rawValue >= Step.checks.rawValue {
          evaluator.check(checks, judgement) { _ in findings += 1 }
        }
        if last == .keys {
          evaluator.addKeys(judgement.objectClass, position: offset, hash: hash, to: index)
        }
        return true
      }
    }
    keep(findings)
    keep(index.count)
    return entries
  }
}
