import Findings

/// One wrong value, one story: which rules may be found on one value all the same, and why.
package enum OneStory {
  /// Two rules, and why both are told of one value.
  package struct Pair: Sendable {
    package var rules: Set<String>
    package var reason: String
  }

  private static func pair(_ one: String, _ other: String, _ reason: String) -> Pair {
    Pair(rules: [one, other], reason: reason)
  }

  private static let bothParts =
    "IdFix has a word for each side of the @"
  private static let mismatch =
    "IdFix documents both: how it is written, and that mail differs"

  private static let repeated =
    "the value that stays is another's too; its repetition is one more"

  /// The pairs.
  package static let allowed: [Pair] = [
    pair("IMT018", "IMT039", repeated), pair("IDD025", "IDD030", repeated),
    pair("DUP001", "DUP008", repeated),
    pair("UPN006", "UPN017", "one says what the name becomes, the other that it is another's"),
    pair("IMT015", "IMT024", bothParts), pair("IMT026", "IMT030", bothParts),
    pair("IMT028", "IMT030", bothParts), pair("IMT028", "IMT031", bothParts),
    pair("IMT030", "IMT031", "IdFix has a word for the domain and one for its ending"),
    pair("IDD008", "IDD009", "IdFix has a word for the domain and one for its ending"),
    pair("IDD006", "IDD008", bothParts), pair("IDD006", "IDD009", bothParts),
    pair("IDD020", "IDD022", bothParts), pair("IDD020", "IDD028", mismatch),
    pair("IDD020", "IDD029", mismatch), pair("IDD022", "IDD028", mismatch),
    pair("IDD022", "IDD029", mismatch), pair("IDD023", "IDD028", mismatch),
    pair("IDD023", "IDD029", mismatch),
  ]

  /// Whether both may be told. The managed domain (EDS) is another service, with a story of its own.
  private static func isAllowed(_ one: String, _ other: String) -> Bool {
    one.hasPrefix("EDS") != other.hasPrefix("EDS")
      || allowed.contains { $0.rules == [one, other] }
  }

  /// A value of an object.
  private struct Place: Hashable {
    var dn: [UInt8]
    var attribute: String?
    var value: [UInt8]?
  }

  /// Pairs of rules that `findings` tell of one value and that are not allowed: how often, and an example.
  package static func doubled(_ findings: [Finding]) -> [String: (count: Int, example: String)] {
    var rules: [Place: Set<String>] = [:]
    for finding in findings where finding.value != nil {
      let place = Place(dn: finding.dn, attribute: finding.attribute, value: finding.value)
      rules[place, default: []].insert(finding.rule)
    }
    var result: [String: (count: Int, example: String)] = [:]
    for (place, ids) in rules where ids.count > 1 {
      let ids = ids.sorted()
      for (number, one) in ids.enumerated() {
        for other in ids[(number + 1)...]
        where !isAllowed(one, other) {
          let example = String(decoding: place.value ?? [], as: UTF8.self)
          result["\(one) \(other)", default: (0, "")].count += 1
          result["\(one) \(other)", default: (0, "")].example =
            "\(place.attribute ?? ""): \(example)"
        }
      }
    }
    return result
  }

  /// `doubled` as lines, the most frequent first.
  package static func lines(_ findings: [Finding]) -> [String] {
    doubled(findings).sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      .map { "\($0.key): \($0.value.count) times, such as \($0.value.example.debugDescription)" }
  }
}
