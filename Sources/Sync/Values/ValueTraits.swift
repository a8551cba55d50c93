/// What the bytes of a value show at one look.
public struct ValueTraits: OptionSet, Sendable {
  /// One bit per trait.
  public let rawValue: UInt8

  /// The traits with those bits.
  @inlinable
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Some byte is not ASCII.
  @inlinable public static var nonASCII: ValueTraits { ValueTraits(rawValue: 1) }
  /// Some byte is ASCII white space.
  @inlinable public static var whiteSpace: ValueTraits { ValueTraits(rawValue: 2) }
  /// A dot stands first, last, beside another or beside an `@`; an empty value counts as well.
  @inlinable public static var misplacedDot: ValueTraits { ValueTraits(rawValue: 4) }
  /// White space stood at its ends and was taken off, as Entra Connect does.
  @inlinable public static var trimmed: ValueTraits { ValueTraits(rawValue: 8) }
}
