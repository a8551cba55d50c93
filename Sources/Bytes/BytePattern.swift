/// A regular expression over UTF-8 text, compiled once to a deterministic automaton.
///
/// Matching takes one table look-up for each ASCII byte, is linear in the text whatever the
/// pattern, and allocates nothing. A byte that belongs to no valid UTF-8 sequence counts as one
/// character that only `.`, negated classes and `\S \D \W` match.
///
/// The language: literals; `.` (any character but a line feed); classes `[a-z]` and `[^a-z]`;
/// `\s` (Unicode White_Space), `\d` and `\w` (ASCII) and their opposites `\S \D \W`; `\t \n \r` and
/// `\` before punctuation; `^` and `$` (the begin and the end of the text); `|`, `( )`, `(?: )`;
/// `* + ? {m} {m,} {m,n}` with numbers up to 256.
public struct BytePattern: Sendable {
  /// How much of a text a match has to cover.
  public enum Extent: Sendable {
    /// A match anywhere in the text is enough.
    case anywhere
    /// The text as a whole has to match.
    case whole
  }

  /// The pattern as it was written.
  public let source: String

  /// Bytes of which every text that matches has at least one, or nil when there is no such set.
  ///
  /// No smaller selection of its characters would do; rare characters are preferred.
  public let requiredBytes: Set<UInt8>?

  /// A byte without which no text matches, or nil.
  public var requiredByte: UInt8? { requiredBytes?.count == 1 ? requiredBytes?.first : nil }

  /// How many characters of a text decide whether it matches, or nil when any may.
  public let decidedWithin: Int?

  private let automaton: Automaton

  /// Compiles `pattern`; with `ignoringCase` ASCII letters match in either case.
  ///
  /// Throws where the pattern is outside the language, or needs more than 1,000 states.
  public init(
    _ pattern: String, ignoringCase: Bool, extent: Extent = .anywhere
  ) throws(BytePatternError) {
    source = pattern
    var parser = Parser(pattern, ignoringCase: ignoringCase)
    let tree = try parser.parse()
    let graph = try Graph(tree, pattern: pattern)
    automaton = try Automaton(graph, extent: extent, pattern: pattern)
    requiredBytes = automaton.requiredBytes()
    decidedWithin = automaton.decidedWithin
  }

  /// Whether `text` matches: some of it, or with `Extent.whole` all of it.
  public func matches(_ text: ByteView) -> Bool { automaton.matches(text) }
}

/// Why a pattern cannot be used.
public struct BytePatternError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The pattern as it was written.
  public let pattern: String
  /// The character of the pattern at fault, counted from 1; 1 when it is the pattern as a whole.
  public let position: Int
  /// What is wrong and what to do.
  public let reason: String

  /// One line with all three.
  public var description: String {
    "pattern \"\(pattern)\", character \(position): \(reason)"
  }
}
