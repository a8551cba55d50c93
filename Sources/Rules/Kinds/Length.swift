/// `length`: a length in UTF-16 units or bytes.
package struct LengthSpec: CheckSpec {
  /// The most that it may be.
  package var max: Int?
  /// The least that it must be.
  package var min: Int?
  /// Whether bytes are counted and not UTF-16 units.
  package var bytes: Bool

  static let kind = CheckKind(
    "length", keys: ["max", "min", "unit"], repairs: ["truncate"]
  ) { parameters in
    guard let (max, min) = parameters.bounds() else { return nil }
    return LengthSpec(
      max: max, min: min, bytes: parameters.choice("unit", ["utf16", "bytes"]) == "bytes")
  }

  package var kind: CheckKind { Self.kind }
  package var placeholders: Set<Template.Placeholder> { [.length, .limit] }

  package func objections(to repair: RepairKind, part: ValuePart) -> [String] {
    guard repair == .truncate else { return [] }
    return (max == nil ? ["\"truncate\" needs the check's \"max\""] : [])
      + (part == .domain ? ["a domain is never truncated"] : [])
  }
}
