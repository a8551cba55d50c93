import Bytes

/// A value while an expression is evaluated.
///
/// Views belong to the entry's record, to its arena or to the expression's literals: they are valid
/// until the entry's next `reset` and as long as the `Expression` lives.
public enum ExpressionValue: Sendable {
  /// `NULL`, also the value of an absent attribute.
  case null
  /// A Boolean.
  case bool(Bool)
  /// A number.
  case number(Int64)
  /// A string or a reference, as UTF-8.
  case text(ByteView)
  /// Bytes.
  case binary(ByteView)
  /// A date, in ticks of 100 ns since 1601-01-01 UTC.
  case date(Int64)
  /// The values of a multi-valued attribute or result. Inside an expression a null keeps its place
  /// so that values stay in step; the result of `evaluate` has none.
  case list([ExpressionValue])
  /// `IgnoreThisFlow`.
  case ignoreFlow
  /// `AuthoritativeNull`.
  case authoritativeNull

  /// Whether it is `NULL`.
  var isNull: Bool { if case .null = self { true } else { false } }

  /// Whether it is True, or a list in which a value is.
  var isTrue: Bool {
    switch self {
    case .bool(let value): value
    case .list(let values): values.contains { $0.isTrue }
    default: false
    }
  }

  /// The values without nulls; one value is a list of one.
  var values: [ExpressionValue] {
    switch self {
    case .null: []
    case .list(let values):
      values.contains { $0.isNull } ? values.filter { !$0.isNull } : values
    default: [self]
    }
  }

  /// The value as a caller sees it: without nulls, and no list without values.
  var settled: ExpressionValue {
    guard case .list = self else { return self }
    let values = self.values
    return values.isEmpty ? .null : .list(values)
  }
}

// What a function wants, from what is there. Attributes of unknown type come as text.
extension ExpressionValue {
  /// The number, or nil for null.
  func number(_ function: StaticString) throws(EvaluationError) -> Int64? {
    switch self {
    case .number(let value): return value
    case .null: return nil
    case .text(let bytes):
      if let value = Numerals.parse(bytes) { return value }
      throw EvaluationError("\(function): \(Quoted(bytes)) is not a whole number")
    default: throw EvaluationError("\(function): \(words) where a number is wanted")
    }
  }

  /// The number; null is an error.
  func requiredNumber(_ function: StaticString) throws(EvaluationError) -> Int64 {
    if let value = try number(function) { return value }
    throw EvaluationError("\(function): Null where a number is wanted")
  }

  /// The text, or nil for null.
  func text(_ function: StaticString) throws(EvaluationError) -> ByteView? {
    switch self {
    case .text(let bytes): return bytes
    case .null: return nil
    default: throw EvaluationError("\(function): \(words) where a string is wanted")
    }
  }

  /// The bytes, or nil for null.
  func bytes(_ function: StaticString) throws(EvaluationError) -> ByteView? {
    switch self {
    case .text(let bytes), .binary(let bytes): return bytes
    case .null: return nil
    default: throw EvaluationError("\(function): \(words) where a binary value is wanted")
    }
  }

  /// The ticks, or nil for null.
  func date(_ function: StaticString) throws(EvaluationError) -> Int64? {
    switch self {
    case .date(let value): return value
    case .null: return nil
    default: throw EvaluationError("\(function): \(words) where a date is wanted; use CDate")
    }
  }

  /// True, False, or nil for null.
  func truth(_ what: StaticString) throws(EvaluationError) -> Bool? {
    switch self {
    case .bool(let value): return value
    case .null: return nil
    case .text(let bytes):
      if let value = Numerals.parseBoolean(bytes) { return value }
      throw EvaluationError("\(what): \(Quoted(bytes)) is neither TRUE nor FALSE")
    default: throw EvaluationError("\(what): \(words) where True or False is wanted")
    }
  }

  /// What it is, for messages.
  var words: String {
    switch self {
    case .null: "Null"
    case .bool: "a Boolean"
    case .number: "a number"
    case .text: "a string"
    case .binary: "a binary value"
    case .date: "a date"
    case .list: "a list"
    case .ignoreFlow: "IgnoreThisFlow"
    case .authoritativeNull: "AuthoritativeNull"
    }
  }
}

/// A directory's value in a message: cut, on one line.
struct Quoted: CustomStringConvertible {
  let bytes: ByteView

  /// Bytes that are shown.
  static let limit = 60

  init(_ bytes: ByteView) { self.bytes = bytes }

  var description: String {
    let limit = Self.limit
    var text = "\""
    for scalar in bytes.upTo(min(bytes.count, limit)).string.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        text += "<U+\(String(scalar.value, radix: 16, uppercase: true))>"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + (bytes.count > limit ? "…\"" : "\"")
  }
}
