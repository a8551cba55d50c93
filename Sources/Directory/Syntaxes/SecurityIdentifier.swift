import Bytes

/// A security identifier (MS-DTYP §2.4.2): objectSid, sIDHistory, msExchMasterAccountSid.
public struct SecurityIdentifier: Hashable, Sendable {
  /// The authority, 48 bits; 5 is Windows itself.
  public let authority: UInt64
  /// The parts after the authority, at most 15; the last is the account's relative identifier.
  public let subAuthorities: [UInt32]

  /// The most parts after the authority that a SID has.
  public static let maximumSubAuthorities = 15

  /// The SID with the stored bytes `bytes`; nil when they are not one of revision 1.
  public init?(bytes: ByteView) {
    guard let count = SecurityIdentifier.subAuthorityCount(bytes) else { return nil }
    authority = SecurityIdentifier.authority(bytes)
    subAuthorities = (0..<count).map { SecurityIdentifier.subAuthority(bytes, $0) }
  }

  /// The SID that is written `S-1-5-21-…`; nil when `text` is something else.
  public init?(text: ByteView) {
    guard text.count <= 200, text.count > 4, text.upTo(4).equalsIgnoringASCIICase("s-1-") else {
      return nil
    }
    var offset = 4
    guard let authority = SecurityIdentifier.authority(text, &offset), authority < 1 << 48 else {
      return nil
    }
    var parts: [UInt32] = []
    while offset < text.count {
      guard text[offset] == UInt8(ascii: "-") else { return nil }
      offset += 1
      guard let part = SecurityIdentifier.decimal(text, &offset), part <= UInt32.max,
        parts.count < SecurityIdentifier.maximumSubAuthorities
      else { return nil }
      parts.append(UInt32(part))
    }
    self.authority = authority
    subAuthorities = parts
  }

  /// The bytes as they are stored.
  public var storedBytes: [UInt8] {
    var result: [UInt8] = [1, UInt8(subAuthorities.count)]
    for shift in stride(from: UInt64(40), through: 0, by: -8) {
      result.append(UInt8(truncatingIfNeeded: authority >> shift))
    }
    for part in subAuthorities {
      for shift in stride(from: UInt32(0), through: 24, by: 8) {
        result.append(UInt8(truncatingIfNeeded: part >> shift))
      }
    }
    return result
  }

  /// The text `S-1-5-21-…`.
  public var text: String {
    storedBytes.withByteView { bytes in
      var result: [UInt8] = []
      SecurityIdentifier.write(bytes, subAuthorities.count, to: &result)
      return String(decoding: result, as: UTF8.self)
    }
  }

  /// The text of the SID stored as `bytes`, in `arena`; nil when they are no SID. Allocates nothing.
  public static func text(of bytes: ByteView, into arena: ByteArena) -> ByteView? {
    guard let count = subAuthorityCount(bytes) else { return nil }
    return arena.write(capacity: 20 + 11 * count) { write(bytes, count, to: &$0) }
  }

  private static func subAuthorityCount(_ bytes: ByteView) -> Int? {
    guard bytes.count >= 8, bytes[0] == 1 else { return nil }
    let count = Int(bytes[1])
    return count <= maximumSubAuthorities && bytes.count == 8 + 4 * count ? count : nil
  }

  private static func authority(_ bytes: ByteView) -> UInt64 {
    (2..<8).reduce(0) { $0 << 8 | UInt64(bytes[$1]) }
  }

  private static func subAuthority(_ bytes: ByteView, _ index: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[8 + 4 * index + $1]) << UInt32(8 * $1) }
  }

  private static func write(_ bytes: ByteView, _ count: Int, to sink: inout some ByteSink) {
    sink.append("S-1-")
    let authority = authority(bytes)
    if authority < 1 << 32 {
      sink.append(decimal: authority)
    } else {
      // MS-DTYP §2.4.2.1: an authority that needs more than 32 bits is written in hexadecimal.
      sink.append("0x")
      for index in 2..<8 { sink.append(hexadecimal: bytes[index]) }
    }
    for index in 0..<count {
      sink.append(UInt8(ascii: "-"))
      sink.append(decimal: UInt64(subAuthority(bytes, index)))
    }
  }

  private static func authority(_ text: ByteView, _ offset: inout Int) -> UInt64? {
    guard text.count >= offset + 14, text[offset..<offset + 2].equalsIgnoringASCIICase("0x") else {
      return decimal(text, &offset)
    }
    var value: UInt64 = 0
    for index in offset + 2..<offset + 14 {
      guard let digit = text[index].asciiHexadecimalValue else { return nil }
      value = value << 4 | UInt64(digit)
    }
    offset += 14
    return value
  }

  /// The digits at `offset`, at most 15 of them.
  private static func decimal(_ text: ByteView, _ offset: inout Int) -> UInt64? {
    let start = offset
    var value: UInt64 = 0
    while offset < text.count, offset - start < 16, text[offset].isASCIIDigit {
      value = value * 10 + UInt64(text[offset] - 0x30)
      offset += 1
    }
    return offset > start && offset - start < 16 ? value : nil
  }
}
