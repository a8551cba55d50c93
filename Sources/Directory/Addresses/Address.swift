import Bytes

/// The parts of an address as proxyAddresses, mail, targetAddress and userPrincipalName hold it:
/// `SMTP:ann@contoso.com`. Four words and no copies; valid as long as the value's bytes.
public struct Address: Sendable {
  /// The types that rules speak of.
  public enum Kind: UInt8, Sendable {
    /// `smtp:`
    case smtp
    /// `sip:`
    case sip
    /// `x500:`
    case x500
    /// `x400:`
    case x400
    /// `eum:`
    case eum
    /// There is no type.
    case none
    /// Any other type.
    case other
  }

  /// The whole value.
  public let value: ByteView
  /// The known type, without regard to case.
  public let kind: Kind
  /// Whether the type is in capitals, which marks the primary address of its type.
  public let isPrimary: Bool
  /// The length of the type; -1 when there is none.
  private let typeLength: Int
  /// Where the last `@` is; -1 when there is none.
  private let lastAt: Int
  /// How many `@` the body has.
  public let atCount: Int

  /// The parts of `value`. In a `typed` one (proxyAddresses, targetAddress and the like) the text
  /// before the first `:` is the type when it consists of letters, digits, `-`, `.` and `+`.
  public init(_ value: ByteView, typed: Bool = true) {
    self.value = value
    let (length, isPrimary) = typed ? Address.scanType(value) : (-1, false)
    typeLength = length
    self.isPrimary = isPrimary
    kind = length < 0 ? .none : Address.kind(value.upTo(length))
    var lastAt = -1
    var atCount = 0
    for index in (length + 1)..<value.count where value[index] == UInt8(ascii: "@") {
      lastAt = index
      atCount += 1
    }
    self.lastAt = lastAt
    self.atCount = atCount
  }

  /// The type as it is written, without the `:`; nil when there is none.
  public var type: ByteView? { typeLength < 0 ? nil : value.upTo(typeLength) }

  /// What follows the type, or the whole value.
  public var body: ByteView { value.from(typeLength + 1) }

  /// The offset of `body` in `value`.
  public var bodyOffset: Int { typeLength + 1 }

  /// The body before its last `@`; nil when it has none. May be empty.
  public var local: ByteView? { lastAt < 0 ? nil : value[bodyOffset..<lastAt] }

  /// The body after its last `@`; nil when it has none. May be empty.
  public var domain: ByteView? { lastAt < 0 ? nil : value.from(lastAt + 1) }

  /// The offset of `domain` in `value`; nil when there is no `@`.
  public var domainOffset: Int? { lastAt < 0 ? nil : lastAt + 1 }

  /// Whether the type is `type`, which is given in small letters; `none` asks for no type.
  public func hasType(_ type: ByteView) -> Bool {
    guard let own = self.type else { return ASCII.equal(type, "none") }
    return ASCII.equalFolded(own, type)
  }

  private static func scanType(_ value: ByteView) -> (length: Int, isPrimary: Bool) {
    var hasLetter = false
    var hasSmall = false
    for index in 0..<value.count {
      let byte = value[index]
      if ASCII.isLetter(byte) {
        hasLetter = true
        hasSmall = hasSmall || !ASCII.isUpper(byte)
      } else if byte == UInt8(ascii: ":") {
        return index == 0 ? (-1, false) : (index, hasLetter && !hasSmall)
      } else if !ASCII.isDigit(byte), byte != UInt8(ascii: "-"), byte != UInt8(ascii: "."),
        byte != UInt8(ascii: "+")
      {
        return (-1, false)
      }
    }
    return (-1, false)
  }

  private static func kind(_ type: ByteView) -> Kind {
    switch type.count {
    case 3: ASCII.equal(type, "sip") ? .sip : ASCII.equal(type, "eum") ? .eum : .other
    case 4:
      ASCII.equal(type, "smtp")
        ? .smtp
        : ASCII.equal(type, "x500") ? .x500 : ASCII.equal(type, "x400") ? .x400 : .other
    default: .other
    }
  }
}
