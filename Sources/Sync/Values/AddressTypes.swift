import Bytes

/// The address types that rules name, each with a bit.
public struct AddressTypes: Sendable {
  /// No `type:` prefix.
  @inlinable public static var noneBit: UInt32 { 1 }
  /// A type that no rule names.
  @inlinable public static var unnamedBit: UInt32 { 2 }
  /// `smtp`.
  @inlinable public static var smtpBit: UInt32 { 4 }
  /// `sip`.
  @inlinable public static var sipBit: UInt32 { 8 }

  /// In lower case; the first has bit 4, the next 8, and so on.
  private(set) var names: [[UInt8]] = [Array("smtp".utf8), Array("sip".utf8)]

  /// The bits of the types called `types`, in lower case; all bits for an empty list.
  public mutating func mask(_ types: [String]) -> UInt32 {
    types.isEmpty ? .max : types.reduce(0) { $0 | bit(named: $1) }
  }

  private mutating func bit(named name: String) -> UInt32 {
    if name == "none" { return Self.noneBit }
    let bytes = Array(name.utf8)
    if let index = names.firstIndex(of: bytes) { return 4 << UInt32(index) }
    guard names.count < 29 else { return Self.unnamedBit }
    names.append(bytes)
    return 4 << UInt32(names.count - 1)
  }

  /// The bit of the type written as `name`.
  func bit(_ name: ByteView) -> UInt32 {
    for (index, known) in names.enumerated() where known.count == name.count {
      if known.withByteView({ $0.equalsIgnoringASCIICase(name) }) { return 4 << UInt32(index) }
    }
    return Self.unnamedBit
  }

  /// The position of the colon that ends a `type:` prefix, or nil when there is none.
  @inline(__always)
  package func prefixEnd(_ value: ByteView) -> Int? {
    var index = 0
    while index < value.count {
      let byte = unsafe value.unsafeBase[index]
      if byte == 0x3A { return index > 0 ? index : nil }
      guard Self.mayStandInPrefix(byte) else { return nil }
      index &+= 1
    }
    return nil
  }

  /// Whether the name of a type may have `byte`.
  @inline(__always)
  package static func mayStandInPrefix(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2D || byte == 0x2E || byte == 0x2B
  }

  /// Whether a type is in capitals, which makes the address the primary of its type.
  @inline(__always)
  func isPrimary(_ name: ByteView) -> Bool {
    var hasCapital = false
    for byte in name {
      if byte &- 0x61 < 26 { return false }
      if byte &- 0x41 < 26 { hasCapital = true }
    }
    return hasCapital
  }
}
