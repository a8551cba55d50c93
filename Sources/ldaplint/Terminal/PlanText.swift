import Bytes
import Directory
import Repairs

/// A plan for people: before and after per object, and the sums.
enum PlanText {
  private static let red = "\u{1B}[31m"
  private static let green = "\u{1B}[32m"
  private static let bold = "\u{1B}[1m"
  private static let plain = "\u{1B}[0m"

  /// One object: its DN, what goes, what comes, and why.
  static func append(_ object: ObjectEdit, isColored: Bool, to out: inout OutputBuffer) {
    func line(_ color: String, _ text: String) {
      out.append(utf8: isColored ? "\(color)\(text)\(plain)\n" : "\(text)\n")
    }
    line(bold, shown(SecretLine.shown(dn: object.dn)))
    for modification in object.modifications {
      let (color, sign) = modification.operation == .add ? (green, "+") : (red, "-")
      for value in modification.values {
        line(color, "\(sign) \(modification.attribute): \(delimited(value))")
      }
    }
    for reason in object.reasons {
      out.append(utf8: "  \(reason.rule) (\(reason.isSafe ? "safe" : "unsafe")): ")
      out.append(utf8: HostileText.shown(reason.text) + "\n")
    }
    out.append(utf8: "\n")
  }

  /// What the plan does and does not, for standard error.
  /// `effects` is what it means for people.
  static func summary(
    _ verified: VerifiedPlan, _ effects: PlanEffects, listsAll: Bool
  ) -> String {
    let plan = verified.plan
    let objects = plan.objects.count == 1 ? "1 object" : "\(plan.objects.count) objects"
    var lines = [
      "\(objects) to change; findings before \(verified.before), repaired "
        + "\(verified.repaired), left \(verified.after), new \(verified.new)"
    ]
    let phrase = effects.phrase
    if !phrase.isEmpty { lines.append("  \(phrase)") }
    let left = plan.left
    if listsAll {
      lines += left.map { "  left alone: \(described($0))" }
    } else {
      var counts: [String: Int] = [:]
      for item in left { counts[shortReason(item.reason), default: 0] += 1 }
      for (reason, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
        lines.append("  \(count) left alone: \(reason)")
      }
      if !left.isEmpty { lines.append("  (--list-left names them)") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func described(_ item: LeftAlone) -> String {
    let isSecret = SecretAttributes.contains(item.attribute)
    let value = item.value.map { isSecret ? " \(SecretLine.mask)" : " \"\(shown($0))\"" } ?? ""
    return "\(shown(SecretLine.shown(dn: item.dn))): \(item.attribute)\(value): \(item.rule): "
      + HostileText.shown(item.reason)
  }

  /// Reasons that differ only in their details are one.
  private static func shortReason(_ reason: String) -> String {
    HostileText.shown(reason.split(separator: ":").first.map(String.init) ?? reason)
  }

  /// A value, in quotes where its ends could not be seen.
  private static func delimited(_ value: [UInt8]) -> String {
    let text = shown(value)
    let isPlain =
      !text.isEmpty && text.first?.isWhitespace != true && text.last?.isWhitespace != true
    return isPlain ? text : "\"\(text)\""
  }

  /// Bytes of the directory, safe for a terminal.
  private static func shown(_ bytes: [UInt8]) -> String { HostileText.shown(bytes) }
}
