import Bytes
import Directory
import Rules
import Sync

/// `length`: a part that is too long or too short, in UTF-16 units (as Windows counts) or bytes.
struct LengthCheck: ValueCheck {
  var part: ValuePart
  var max: Int
  var min: Int
  var countsBytes: Bool

  var supplies: Set<Template.Placeholder> { [.length, .limit] }

  func fires(_ value: ScannedValue, _ view: ObjectView) -> Bool {
    guard let text = value.part(part) else { return false }
    // A text never has more UTF-16 units than bytes, so most values need no counting.
    if text.count <= max, min == 0 { return false }
    let length = length(text)
    return length > max || length < min
  }

  func explain(_ value: ScannedValue, _ view: ObjectView) -> Explanation {
    guard let text = value.part(part) else { return Explanation() }
    let length = length(text)
    let limit = length > max ? max : min
    return Explanation(facts: [.length: String(length), .limit: String(limit)])
  }

  private func length(_ text: ByteView) -> Int {
    countsBytes ? text.count : UnicodeText.utf16Count(text)
  }

  func tighten(_ screen: inout ValueScreen, typeBit: UInt32, seesPrefix: Bool) {
    // A text never has more UTF-16 units than bytes, and no part more than the value.
    screen.stop(longerThan: max)
    if min > 0 { screen.stopAll() }
  }

  /// A whole address is cut before its "@": a shorter domain would be another domain.
  func repaired(_ text: ByteView, by repair: RepairKind) -> [UInt8]? {
    guard repair == .truncate, part != .domain else { return nil }
    return TextRepair.truncated(text, to: max, bytes: countsBytes)
  }
}

extension LengthSpec: CheckMaker {
  func make(
    _ rule: Rule, _ attributes: [AttributeID], _ ruleSet: inout RuleSet
  ) -> CompiledCheck {
    .value(LengthCheck(part: rule.part, max: max ?? .max, min: min ?? 0, countsBytes: bytes))
  }
}
