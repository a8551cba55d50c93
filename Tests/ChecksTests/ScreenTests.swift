import Bytes
import Directory
import Rules
import Sync
import SyncExpressions
import TestKit
import Testing

@testable import Checks

/// A screen may send a value to the checks for nothing, but must never keep one from them that fires.
@Suite struct ScreenTests {
  /// Pieces that checks look for, and plain ones.
  private static let pieces = [
    "a", "ben", "K", "0", ".", "..", "@", "@@", " ", "\t", "-", "_", "'", ":", ";", ",", "(", ")",
    "<", ">", "[", "]", "\\", "\"", "/", "=", "+", "*", "?", "|", "%", "&", "#", "!", "~", "^", "é",
    "e\u{301}", "ø", "漢", "\u{212A}", "\u{7F}", "\u{1}", "smtp:", "SMTP:", "sMtP:", "SIP:", "X500:",
    "x400:", "notes:", "1.b:", ".:", "contoso.com", "contoso.local", "onmicrosoft.com", "corp",
    "x@contoso.com", "ann.b@contoso.com", "User_", "CAS_{", "AAD_", "SUPPORT_388945a0", "DE", "512",
    "2048", "\\0ACNF:", "SystemMailbox{",
  ]

  private struct Draw {
    var state: UInt64
    mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }

  private static func value(_ draw: inout Draw) -> [UInt8] {
    switch draw.below(12) {
    case 0: return []
    case 1: return Array(repeating: 0x61, count: draw.below(600))
    case 2: return (0..<draw.below(20)).map { _ in UInt8(draw.below(256)) }
    case 3: return Array(repeating: 7, count: 16)
    default:
      return (0...draw.below(5)).flatMap { _ in Array(pieces[draw.below(pieces.count)].utf8) }
    }
  }

  private static func ruleSet(_ name: String) throws -> RuleSet {
    var settings = CheckSettings()
    settings.tenant.verifiedDomains = ["contoso.com"]
    return try Lint.rules(name, settings: settings)
  }

  /// As if the source carried every attribute, so that no rule is passed over.
  private static func checks(_ ruleSet: RuleSet, _ kind: DirectoryKind) -> SourceChecks {
    var inventory = AttributeInventory(count: ruleSet.table.count)
    for index in 0..<ruleSet.table.count { inventory.insert(AttributeID(index: UInt16(index))) }
    return SourceChecks(ruleSet, kind: kind, inventory: inventory)
  }

  /// Fills the evaluator's entry with made-up values of all attributes.
  private static func fill(_ evaluator: RuleEvaluator, _ draw: inout Draw) {
    let entry = evaluator.entry
    entry.arena.reset()
    entry.reset(dn: entry.arena.copy(value(&draw)))
    let table = evaluator.ruleSet.table
    for index in 0..<table.count where draw.below(3) > 0 {
      let attribute = AttributeID(index: UInt16(index))
      let count = draw.below(60) == 0 ? draw.below(400) : draw.below(4)
      for _ in 0..<count {
        switch table.needs[index] {
        case .count: entry.tally(attribute)
        case .values: entry.append(entry.arena.copy(value(&draw)), to: attribute)
        }
      }
    }
  }

  @Test(arguments: Lint.library.names) func noValueIsKeptFromACheckThatFires(_ name: String) throws
  {
    let ruleSet = try Self.ruleSet(name)
    let evaluator = RuleEvaluator(ruleSet)
    var draw = Draw(state: 1)
    var passed = 0
    var fired = 0
    for kind in DirectoryKind.allCases {
      for object in Self.checks(ruleSet, kind).objectChecks {
        for _ in 0..<15 {
          Self.fill(evaluator, &draw)
          for (number, attribute) in object.attributes.enumerated()
          where attribute.attribute != CompiledRule.dnAttribute {
            evaluator.view.forEachScanned(attribute.attribute) { _, value in
              let firing = attribute.checks.filter { check in
                check.typeMask & value.typeBit != 0
                  && check.check.fires(value, evaluator.view)
              }
              fired += firing.count
              guard object.passes(value, number, evaluator.view) else { return }
              passed += 1
              #expect(
                firing.isEmpty,
                "\(ruleSet.rules[firing.first?.rule ?? 0].id) on \(value.value.string)")
            }
          }
        }
      }
    }
    // Both happen often enough for the test to mean something.
    #expect(passed > 100)
    #expect(fired > 100)
  }

  @Test(arguments: Lint.library.names) func noObjectIsKeptFromACheckThatFires(_ name: String) throws
  {
    let ruleSet = try Self.ruleSet(name)
    let evaluator = RuleEvaluator(ruleSet)
    var draw = Draw(state: 2)
    for kind in DirectoryKind.allCases {
      for object in Self.checks(ruleSet, kind).objectChecks {
        for _ in 0..<30 {
          Self.fill(evaluator, &draw)
          for (index, test) in object.objects.enumerated()
          where object.passes(index, evaluator.view) {
            var fired = false
            test.check.check(evaluator) { _, _ in fired = true }
            #expect(!fired, "\(ruleSet.rules[test.rule].id)")
          }
        }
      }
    }
  }

  @Test(arguments: Lint.library.names) func scopeIsWhatItsClausesSay(_ name: String) throws {
    let ruleSet = try Self.ruleSet(name)
    let evaluator = RuleEvaluator(ruleSet)
    var draw = Draw(state: 3)
    var decisions: Set<String> = []
    for kind in DirectoryKind.allCases {
      let checks = Self.checks(ruleSet, kind)
      for objectClass in ObjectClass.allCases {
        guard let scope = checks.scope.clauses[Int(objectClass.rawValue)] else { continue }
        for _ in 0..<100 {
          Self.fill(evaluator, &draw)
          let first = scope.clauses.first { clause in
            (try? clause.expression.isTrue(evaluator.entry)) == clause.isExclusion
          }
          let expected = first.map { ScopeAnswer.excluded($0.reason) } ?? .included
          #expect(evaluator.view.decide(scope) == expected, "\(kind) \(objectClass)")
          decisions.insert("\(expected)")
        }
      }
    }
    #expect(decisions.count > (ruleSet.sync.clauseCount > 0 ? 3 : 0))
  }
}
