import Bytes
import Rules

/// `pattern`: texts that a part must not begin with, end with or contain, and regular
/// expressions; all without regard to the case of ASCII letters.
final class PatternCheck: Sendable {
  private let starts: [[UInt8]]
  private let ends: [[UInt8]]
  private let insides: [[UInt8]]
  private let forbidden: BytePattern?
  private let required: BytePattern?

  /// Throws when a regular expression cannot be compiled.
  init(_ spec: PatternSpec) throws(BytePatternError) {
    starts = spec.forbidStart.map { $0.utf8.map(\.asciiLowercased) }
    ends = spec.forbidEnd.map { $0.utf8.map(\.asciiLowercased) }
    insides = spec.forbidInside.map { $0.utf8.map(\.asciiLowercased) }
    forbidden = try Self.compile(spec.forbidMatch, extent: .anywhere)
    required = try Self.compile(spec.requireMatch, extent: .whole)
  }

  private static func compile(
    _ text: String?, extent: BytePattern.Extent
  ) throws(BytePatternError) -> BytePattern? {
    guard let text else { return nil }
    return try BytePattern(text, ignoringCase: true, extent: extent)
  }

  /// Whether a part with this byte may be at fault, for the prefilter.
  func mayFail(_ byte: UInt8) -> Bool {
    if required != nil { return true }
    if let forbidden, forbidden.requiredBytes?.contains(byte) ?? true { return true }
    let folded = byte.asciiLowercased
    return (starts + ends + insides).contains { $0.first == folded || $0.isEmpty }
  }

  /// Whether an empty part may be at fault, so that the prefilter does not apply.
  var concernsEmptyParts: Bool {
    if required != nil || (starts + ends + insides).contains([]) { return true }
    return forbidden.map { $0.requiredBytes == nil } ?? false
  }

  /// What a whole value tells about whether one of its parts may be at fault.
  enum Shape {
    /// Only where a dot is first, last or beside another or an `@`.
    case dots
    /// Only where an `@` is among the first so many characters.
    case earlyAt(Int)
    case other
  }

  /// What sort of pattern it is.
  var shape: Shape {
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

  func fires(_ part: ByteView) -> Bool { fault(part) != nil }

  func explain(_ part: ByteView) -> Explanation { .reason(fault(part) ?? "") }

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
