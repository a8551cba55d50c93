import Bytes
import Directory
import Rules

/// One value as the checks look at it: split once into the parts that rules name.
struct ScannedValue {
  /// The whole value.
  let value: ByteView
  /// After the `type:` prefix; the whole value where the attribute has no types.
  let body: ByteView
  /// The bit of its address type in the rule set's list of types.
  let typeBit: UInt32
  /// Whether the type is in capitals.
  let isPrimary: Bool
  /// The position of the last `@` in `body`, or -1.
  let at: Int
  /// How many `@` there are in `body`.
  let atCount: Int
  /// For each of the rule set's prefilters whether some byte of `body` may be at fault.
  let suspects: UInt64
  /// What else the bytes of `body` show.
  let traits: ValueTraits

  /// What stands before the last `@`, without white space at the value's start: Connect trims it.
  @inline(__always)
  var localPart: ByteView { body.upTo(at).trimmed }

  /// What stands after the last `@`, without white space at the value's end.
  @inline(__always)
  var domainPart: ByteView { body.from(at &+ 1).trimmed }

  /// The part of the value, or nil when it lacks it.
  @inline(__always)
  func part(_ part: ValuePart) -> ByteView? {
    switch part {
    case .value: value
    case .address: body
    case .local: at < 0 ? nil : body.upTo(at)
    case .domain: at < 0 ? nil : body.from(at &+ 1)
    }
  }
}

/// What the bytes of a value show at one look.
struct ValueTraits: OptionSet {
  let rawValue: UInt8
  /// Some byte is not ASCII.
  static let nonASCII = ValueTraits(rawValue: 1)
  /// Some byte is ASCII white space.
  static let whiteSpace = ValueTraits(rawValue: 2)
  /// A dot stands first, last, beside another or beside an `@`; an empty value counts as well.
  static let misplacedDot = ValueTraits(rawValue: 4)
}
