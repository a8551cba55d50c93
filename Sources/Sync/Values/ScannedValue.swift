import Bytes
import Directory
import Rules

/// One value as it was scanned: split once into the parts that rules name.
public struct ScannedValue: Sendable {
  /// The whole value, without the white space at its ends that Entra Connect takes off.
  public let value: ByteView
  /// After the `type:` prefix; the whole value where the attribute has no types.
  public let body: ByteView
  /// The bit of its address type, see `AddressTypes`.
  public let typeBit: UInt32
  /// Whether the type is in capitals.
  public let isPrimary: Bool
  /// The position of the last `@` in `body`, or -1.
  public let at: Int
  /// How many `@` there are in `body`.
  public let atCount: Int
  /// What `ByteScreens` has for the bytes of `body`, all together.
  public let suspects: UInt64
  /// What else the bytes of `body` show.
  public internal(set) var traits: ValueTraits

  /// What stands before the last `@`, without white space at the value's start: Connect trims it.
  @inlinable
  @inline(__always)
  public var localPart: ByteView { body.upTo(at).trimmed }

  /// What stands after the last `@`, without white space at the value's end.
  @inlinable
  @inline(__always)
  public var domainPart: ByteView { body.from(at &+ 1).trimmed }

  /// The part of the value, or nil when it lacks it.
  @inlinable
  @inline(__always)
  public func part(_ part: ValuePart) -> ByteView? {
    switch part {
    case .value, .raw: value
    case .address: body
    case .local: at < 0 ? nil : body.upTo(at)
    case .domain: at < 0 ? nil : body.from(at &+ 1)
    }
  }
}
