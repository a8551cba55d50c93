/// The type of an expression or attribute, as the language's reference names it.
public struct ExpressionType: Hashable, Sendable, CustomStringConvertible {
  /// The type of one value.
  public enum Kind: String, Sendable {
    /// `var`: known only when evaluated.
    case any = "var"
    /// The constant `NULL`.
    case null = "NULL"
    /// `bool`.
    case bool
    /// `num`, a signed 64-bit integer.
    case number = "num"
    /// `str`.
    case string = "str"
    /// `bin`.
    case binary = "bin"
    /// `ref`, a distinguished name.
    case reference = "ref"
    /// `dt`, a UTC date and time.
    case date = "dt"
    /// `void`: `Error(…)`, which has no value.
    case void
    /// `IgnoreThisFlow` and `AuthoritativeNull`.
    case flow
  }

  /// The type of one value.
  public var kind: Kind
  /// Whether there is a list of values (`mvstr`, `mvref`, …).
  public var isMultiValued: Bool

  /// A type.
  public init(_ kind: Kind, isMultiValued: Bool = false) {
    self.kind = kind
    self.isMultiValued = isMultiValued
  }

  /// The name in the reference, `mvstr`.
  public var description: String { (isMultiValued ? "mv" : "") + kind.rawValue }

  /// The type of a choice between the two.
  func joined(with other: ExpressionType) -> ExpressionType {
    let multi = isMultiValued || other.isMultiValued
    return ExpressionType(Self.join(kind, other.kind), isMultiValued: multi)
  }

  private static func join(_ left: Kind, _ right: Kind) -> Kind {
    if left == right { return left }
    if left.fitsEverywhere || left == .flow { return right }
    if right.fitsEverywhere || right == .flow { return left }
    let pair: Set<Kind> = [left, right]
    return pair == [.string, .reference] ? .string : .any
  }
}

extension ExpressionType.Kind {
  /// Whether it stands where any type is wanted without being one itself.
  var fitsEverywhere: Bool { self == .null || self == .void }

  /// The kind in words, for messages.
  var words: String {
    switch self {
    case .any: "a value of unknown type"
    case .null: "NULL"
    case .bool: "a Boolean"
    case .number: "a number"
    case .string: "a string"
    case .binary: "a binary value"
    case .reference: "a reference"
    case .date: "a date"
    case .void: "Error(…)"
    case .flow: "a flow constant"
    }
  }
}

/// The kinds that a parameter takes besides `var`, `NULL` and `void`, which fit everywhere.
struct Kinds: OptionSet, Sendable {
  let rawValue: UInt8
  static let bool = Kinds(rawValue: 1)
  static let number = Kinds(rawValue: 2)
  static let string = Kinds(rawValue: 4)
  static let binary = Kinds(rawValue: 8)
  static let reference = Kinds(rawValue: 16)
  static let date = Kinds(rawValue: 32)
  static let all: Kinds = [.bool, .number, .string, .binary, .reference, .date]

  func accepts(_ kind: ExpressionType.Kind) -> Bool {
    switch kind {
    case .any, .null, .void: true
    case .flow: false
    case .bool: contains(.bool)
    case .number: contains(.number)
    case .string: contains(.string)
    case .binary: contains(.binary)
    case .reference: contains(.reference)
    case .date: contains(.date)
    }
  }

  /// "a string or a binary value", for messages.
  var words: String {
    let table: [(Kinds, ExpressionType.Kind)] = [
      (.bool, .bool), (.number, .number), (.string, .string), (.binary, .binary),
      (.reference, .reference), (.date, .date),
    ]
    return table.filter { contains($0.0) }.map(\.1.words).joined(separator: " or ")
  }
}
