import Bytes
import RulePacks

/// `pattern`: texts that a part must not begin with, end with or contain, and regular
/// expressions; all without regard to the case of ASCII letters.
final class PatternCheck: Sendable {
  private let starts: [[UInt8]]
  private let ends: [[UInt8]]
  private let insides: [[UInt8]]
  private let forbidMatch: String?
  private let requireMatch: String?

  init(_ spec: PatternSpec) {
    starts = spec.forbidStart.map { $0.utf8.map(\.asciiLowercased) }
    ends = spec.forbidEnd.map { $0.utf8.map(\.asciiLowercased) }
    insides = spec.forbidInside.map { $0.utf8.map(\.asciiLowercased) }
    forbidMatch = spec.forbidMatch
    requireMatch = spec.requireMatch
  }

  /// Whether a part with this byte may be at fault, for the prefilter.
  func mayFail(_ byte: UInt8) -> Bool {
    if forbidMatch != nil || requireMatch != nil { return true }
    let folded = byte.asciiLowercased
    return (starts + ends + insides).contains { $0.first == folded || $0.isEmpty }
  }

  /// Whether an empty part may be at fault, so that the prefilter does not apply.
  var concernsEmptyParts: Bool { requireMatch != nil || forbidMatch != nil }

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
    if let pattern = forbidMatch, Self.matches(part, pattern: pattern, whole: false) {
      return "it matches \(pattern)"
    }
    if let pattern = requireMatch, !Self.matches(part, pattern: pattern, whole: true) {
      return "it does not match \(pattern)"
    }
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

  /// Regular expressions are for packs of the user's own; the built-in ones do without.
  private static func matches(_ part: ByteView, pattern: String, whole: Bool) -> Bool {
    guard let regex = try? Regex(pattern).ignoresCase() else { return false }
    let text = part.string
    return whole ? (try? regex.wholeMatch(in: text)) != nil : text.contains(regex)
  }
}
