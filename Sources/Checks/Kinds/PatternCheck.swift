import Bytes
import Directory
import Rules
import Sync

/// `pattern`: texts that a part must not begin with, end with or contain, and regular
/// expressions; all without regard to the case of ASCII letters.
final class PatternCheck: ValueCheck {
  private let part: ValuePart
  let filter: ByteFilter
  private let starts: [[UInt8]]
  private let ends: [[UInt8]]
  private let insides: [[UInt8]]
  private let forbidden: BytePattern?
  private let required: BytePattern?

  /// A check of `part` of each value; `addFilter` gives the filter for the bytes that may be at
  /// fault. Throws when a regular expression cannot be compiled.
  init(
    _ spec: PatternSpec, part: ValuePart, addFilter: ((UInt8) -> Bool) -> ByteFilter
  ) throws(BytePatternError) {
    self.part = part
    let starts = spec.forbidStart.map { $0.utf8.map(\.asciiLowercased) }
    let ends = spec.forbidEnd.map { $0.utf8.map(\.asciiLowercased) }
    let insides = spec.forbidInside.map { $0.utf8.map(\.asciiLowercased) }
    let forbidden = try Self.compile(spec.forbidMatch, extent: .anywhere)
    let required = try Self.compile(spec.requireMatch, extent: .whole)
    (self.starts, self.ends, self.insides) = (starts, ends, insides)
    (self.forbidden, self.required) = (forbidden, required)
    let texts = starts + ends + insides
    // An empty part has no byte by which it could be told.
    let mayBeEmpty =
      required != nil || texts.contains([])
      || forbidden.map { $0.requiredBytes == nil } ?? false
    filter =
      mayBeEmpty
      ? ByteFilter()
      : addFilter { byte in
        forbidden?.requiredBytes?.contains(byte) ?? false
          || texts.contains { $0.first == byte.asciiLowercased }
      }
  }

  private static func compile(
    _ text: String?, extent: BytePattern.Extent
  ) throws(BytePatternError) -> BytePattern? {
    guard let text else { return nil }
    return try BytePattern(text, ignoringCase: true, extent: extent)
  }

  var supplies: Set<Template.Placeholder> { [.reason] }

  /// What a whole value tells about whether one of its parts may be at fault.
  private enum Shape {
    /// Only where a dot is first, last or beside another or an `@`.
    case dots
    /// Only where an `@` is among the first so many characters.
    case earlyAt(Int)
    case other
  }

  /// What sort of pattern it is.
  private var shape: Shape {
    let dot: [UInt8] = [0x2E]
    if required == nil, forbidden == nil {
      let isAboutDots =
        starts.allSatisfy { $0 == dot } && ends.allSatisfy { $0 == dot }
        && insides.allSatisfy { $0 == dot + dot }
      return isAboutDots ? .dots : .other
    }
    guard required == nil, starts.isEmpty, ends.isEmpty, insides.isEmpty,
      let forbidden, forbidden.requiredByte == 0x40, let length = forbidden.decidedWithin
    else { return .other }
    return .earlyAt(length)
  }

  func fires(_ value: ScannedValue, _ view: ObjectView) -> Bool {
    guard let text = value.part(part) else { return false }
    return fault(text) != nil
  }

  func explain(_ value: ScannedValue, _ view: ObjectView) -> Explanation {
    value.part(part).map { .reason(fault($0) ?? "") } ?? Explanation()
  }

  func tighten(_ screen: inout ValueScreen, typeBit: UInt32, seesPrefix: Bool) {
    switch shape {
    case .dots where !seesPrefix: screen.stopMisplacedDots()
    case .earlyAt(let length): screen.stop(atWithin: length)
    case .dots, .other: screen.stop(suspects: seesPrefix ? 0 : filter.bit)
    }
  }

  private func fault(_ part: ByteView) -> String? {
    for text in starts where Self.matches(part, text, at: 0) {
      return "it begins with \"\(String(decoding: text, as: UTF8.self))\""
    }
    for text in ends where Self.matches(part, text, at: part.count - text.count) {
      return "it ends with \"\(String(decoding: text, as: UTF8.self))\""
    }
    for text in insides {
      if let index = Self.find(part, text) {
        let shown = String(decoding: text, as: UTF8.self)
        return "it has \"\(shown)\" at position \(index + 1)"
      }
    }
    if let forbidden, forbidden.matches(part) { return "it matches \(forbidden.source)" }
    if let required, !required.matches(part) { return "it does not match \(required.source)" }
    return nil
  }

  private static func matches(_ part: ByteView, _ text: [UInt8], at start: Int) -> Bool {
    guard start >= 0, start + text.count <= part.count else { return false }
    for (index, byte) in text.enumerated() where part[start + index].asciiLowercased != byte {
      return false
    }
    return true
  }

  private static func find(_ part: ByteView, _ text: [UInt8]) -> Int? {
    guard text.count <= part.count else { return nil }
    return (0...(part.count - text.count)).first { matches(part, text, at: $0) }
  }
}

extension PatternSpec: CheckMaker {
  func make(
    _ rule: Rule, _ attributes: [AttributeID], _ ruleSet: inout RuleSet
  ) throws(RuleError) -> CompiledCheck {
    do throws(BytePatternError) {
      return .value(
        try PatternCheck(self, part: rule.part) { mayFail in ruleSet.addFilter(rule, mayFail) })
    } catch {
      throw RuleError(place: rule.place, message: error.description)
    }
  }
}
