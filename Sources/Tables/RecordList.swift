import Bytes

/// Records that a program has listed: JSON (one value, an answer with `value`, one object a line), CSV,
/// or the tables and lists that PowerShell shows (`Format-Table`, `Format-List`).
///
/// Fields are found by their names, whatever their order. What a table had no room for is marked as cut
/// off, never completed.
public struct RecordList: Sendable {
  /// One field of a record.
  public struct Field: Sendable, Equatable {
    /// The name in small letters, without blanks and hyphens.
    public var name: String
    /// The value as text, without blanks around it; empty where there is none.
    public var text: String

    /// Whether a table had no room for all of it and ends it with an ellipsis.
    public var isCut: Bool { RecordList.isCut(text) }
  }

  /// One record.
  public struct Record: Sendable, Equatable {
    /// The line where it begins, from 1.
    public var line: Int
    /// Its fields; those that are objects or lists themselves are left out.
    public var fields: [Field]

    /// The first field called one of `names`, in the order of `names`.
    public func field(_ names: [String]) -> Field? {
      names.lazy.compactMap { name in fields.first { $0.name == name } }.first
    }
  }

  /// Why a list cannot be read, and where.
  public struct Malformed: Error, Sendable, Equatable {
    /// The line, from 1.
    public var line: Int
    /// What is wrong there.
    public var reason: String

    /// A reason with its line.
    public init(line: Int, reason: String) {
      self.line = line
      self.reason = reason
    }
  }

  /// The records, in their order.
  public internal(set) var records: [Record] = []
  /// Whether it is only a page of an answer that goes on elsewhere.
  public internal(set) var isPage = false

  /// What `utf8` lists; nil when it is none of the forms but a text of its own.
  ///
  /// CSV is known by a column that is called one of `names`, as fields are. Throws for what is one of the
  /// forms and damaged.
  public init?(_ utf8: [UInt8], columns names: [String]) throws(Malformed) {
    let lines = TextFile.lines(utf8).filter { !$0.isEmpty }
    guard let first = lines.first else { return nil }
    switch first.text.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) {
    case "{", "[":
      try readJSON(utf8)
      return
    case "<" where first.text.contains("<?xml") || first.text.contains("<Objs"):
      throw Malformed(line: first.number, reason: "that is XML, which is not read here")
    default: break
    }
    if lines.count > 1, Self.isRule(lines[1].text) {
      try readTable(lines)
    } else if Self.listed(first.text) != nil {
      readList(TextFile.lines(utf8))
    } else {
      guard try readCSV(utf8, lines, names) else { return nil }
    }
  }

  /// `name` as fields are called.
  static func key(_ name: some StringProtocol) -> String {
    String(name.lowercased().filter { !$0.isWhitespace && $0 != "-" && $0 != "\u{FEFF}" })
  }

  static func isCut(_ text: String) -> Bool { text.hasSuffix("…") || text.hasSuffix("...") }

  static func trimmed(_ text: some StringProtocol) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
