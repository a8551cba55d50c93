import Bytes
import Directory
@testable import Rules
import Sync
import Testing

@testable import Checks

/// One rule of one kind, and objects to try it on.
struct KindBench {
  private let evaluator: RuleEvaluator
  private let checks: SourceChecks

  /// A rule that checks `attributes` of users with `check`.
  init(
    _ check: any CheckSpec, attributes: [String] = ["description"], part: ValuePart = .value,
    types: [String] = [], message: String = "", settings: CheckSettings = CheckSettings()
  ) throws {
    let rule = Rule(
      id: "TST001", name: "test", severity: .error, category: nil, syncError: nil, summary: "",
      objects: .any, attributes: attributes, types: types, exceptTypes: [], part: part,
      scope: .any, directory: nil, when: nil, needs: [], cloud: [], check: check,
      message: Template(pieces: Self.pieces(message)), repairs: [], pack: "test",
      place: SourcePlace(file: "test", line: 1, column: 1))
    let ruleSet = try RuleSet(packs: [], rules: [rule], settings: settings)
    evaluator = RuleEvaluator(ruleSet)
    var inventory = AttributeInventory(count: ruleSet.table.count)
    for index in 0..<ruleSet.table.count { inventory.insert(AttributeID(index: UInt16(index))) }
    checks = SourceChecks(ruleSet, kind: .ad, inventory: inventory)
  }

  /// `{name}` stands for a placeholder; nothing else is in the text.
  private static func pieces(_ text: String) -> [Template.Piece] {
    text.split(separator: "}").compactMap { part in
      Template.Placeholder(rawValue: String(part.dropFirst())).map { .placeholder($0) }
    }
  }

  private func fill(_ values: [(String, String)]) {
    let (entry, table) = (evaluator.entry, evaluator.ruleSet.table)
    entry.arena.reset()
    entry.reset(dn: entry.arena.copy(Array("CN=Ann,DC=contoso,DC=com".utf8)))
    for (name, value) in values {
      guard let attribute = table.find(name) else { continue }
      if case .count = table.needs[Int(attribute.index)] {
        entry.tally(attribute)
      } else {
        entry.append(entry.arena.copy(Array(value.utf8)), to: attribute)
      }
    }
  }

  /// The numbers of the values on which the rule fires, -1 for no value.
  func hits(_ values: [(String, String)]) -> [Int] {
    fill(values)
    var hits: [Int] = []
    let judgement = evaluator.view.decide(checks.scope)
    evaluator.check(checks, judgement) { hits.append($0.ordinal) }
    return hits.sorted()
  }

  /// Whether the rule fires on an object whose only value of `description` is `value`.
  func fires(_ value: String) -> Bool { fires("description", value) }

  /// Whether the rule fires on an object whose only value is `value`.
  func fires(_ attribute: String, _ value: String) -> Bool { !hits([(attribute, value)]).isEmpty }

  /// What the rule's message says of the first hit.
  func message(_ values: [(String, String)]) throws -> String {
    fill(values)
    var first: Hit?
    let judgement = evaluator.view.decide(checks.scope)
    evaluator.check(checks, judgement) { if first == nil { first = $0 } }
    let builder = FindingBuilder(evaluator)
    let object = builder.object(judgement.objectClass, source: "test", line: nil)
    return builder.finding(
      FindingRecord(try #require(first), position: 0), of: object, related: [], omitted: 0
    ).message
  }
}
