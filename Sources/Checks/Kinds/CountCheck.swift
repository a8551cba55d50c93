import Directory
import Rules
import Sync

/// `count`: more or fewer values than there may be.
struct CountCheck: ObjectCheck {
  var attribute: AttributeID
  var max: Int
  var min: Int
  var primaryOnly: Bool
  /// The types of the values that count.
  var typeMask: UInt32

  var supplies: Set<Template.Placeholder> { [.count, .limit] }

  private var countsAll: Bool { !primaryOnly && typeMask == .max }

  var screen: ObjectScreen {
    countsAll
      ? .count(attribute, min: min, max: max)
      : .typedCount(attribute, mask: typeMask, primaryOnly: primaryOnly, min: min, max: max)
  }

  func check(_ evaluator: RuleEvaluator, _ report: (AttributeID, Int) -> Void) {
    let count = count(evaluator.view)
    if count > max || count < min { report(attribute, -1) }
  }

  func explain(_ attribute: AttributeID, _ view: ObjectView) -> Explanation? {
    guard attribute == self.attribute else { return nil }
    let count = count(view)
    return Explanation(facts: [
      .count: String(count), .limit: String(count > max ? max : min),
    ])
  }

  private func count(_ view: ObjectView) -> Int {
    guard !countsAll else { return view.entry.count(attribute) }
    var count = 0
    view.forEachScanned(attribute) { _, value in
      if value.typeBit & typeMask != 0, value.isPrimary || !primaryOnly { count += 1 }
    }
    return count
  }
}

extension CountSpec: CheckMaker {
  func make(
    _ rule: Rule, _ attributes: [AttributeID], _ ruleSet: inout RuleSet
  ) -> CompiledCheck {
    let mask = ruleSet.mask(rule)
    return .object(
      attributes.map {
        CountCheck(
          attribute: $0, max: max ?? .max, min: min ?? 0, primaryOnly: primary, typeMask: mask)
      })
  }

  /// `member` of a large group is counted and not kept.
  func need(_ rule: Rule) -> AttributeTable.Need {
    !primary && rule.types.isEmpty && rule.exceptTypes.isEmpty ? .count : .values
  }
}
