import Bytes

/// What is asked about text that may be UTF-8 or may be anything.
///
/// Nothing here fails: a byte that belongs to no well-formed sequence (RFC 3629) is reported as
/// such and stands for itself.
public enum UnicodeText {
  /// One scalar, or one byte that is not part of UTF-8.
  public struct Element: Sendable, Equatable {
    /// The scalar; nil when the byte is not part of UTF-8.
    public let scalar: Unicode.Scalar?
    /// The first byte.
    public let byte: UInt8
    /// How many bytes it takes, 1 to 4.
    public let length: Int

    /// The number of UTF-16 code units; 1 for a byte that is not UTF-8.
    @inline(__always)
    public var utf16Count: Int { length == 4 ? 2 : 1 }
  }

  /// The elements of a view from first to last, with their offsets.
  public struct Elements: Sequence, IteratorProtocol {
    private let bytes: ByteView
    private var offset = 0

    init(_ bytes: ByteView) { self.bytes = bytes }

    /// The next element and the offset of its first byte.
    @inline(__always)
    public mutating func next() -> (offset: Int, element: Element)? {
      guard offset < bytes.count else { return nil }
      let element = UnicodeText.element(bytes, at: offset)
      defer { offset += element.length }
      return (offset, element)
    }
  }

  /// The elements of `bytes`; together they are all bytes.
  public static func elements(_ bytes: ByteView) -> Elements { Elements(bytes) }

  /// The element that begins at `offset`, which must be less than `bytes.count`.
  @inline(__always)
  public static func element(_ bytes: ByteView, at offset: Int) -> Element {
    let first = bytes[offset]
    if first < 0x80 {
      return Element(scalar: Unicode.Scalar(first), byte: first, length: 1)
    }
    return longElement(bytes, at: offset, first)
  }

  private static func longElement(_ bytes: ByteView, at offset: Int, _ first: UInt8) -> Element {
    let length = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1
    let invalid = Element(scalar: nil, byte: first, length: 1)
    guard length > 1, bytes.count - offset >= length else { return invalid }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for index in 1..<length {
      let byte = bytes[offset + index]
      guard byte & 0xC0 == 0x80 else { return invalid }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    // Longer than necessary (E0 80…, F0 80…) is as wrong as a surrogate or a value out of range.
    guard length == 2 || value >= (length == 3 ? 0x800 : 0x10000),
      let scalar = Unicode.Scalar(value)
    else { return invalid }
    return Element(scalar: scalar, byte: first, length: length)
  }

  /// Whether every byte is less than 0x80.
  public static func isASCII(_ bytes: ByteView) -> Bool {
    bytes.withSpan { span in
      var all: UInt8 = 0
      for index in 0..<span.count { all |= span[index] }
      return all < 0x80
    }
  }

  /// Whether the bytes are well-formed UTF-8 (RFC 3629).
  public static func isUTF8(_ bytes: ByteView) -> Bool {
    if isASCII(bytes) { return true }
    for (_, element) in elements(bytes) where element.scalar == nil { return false }
    return true
  }

  /// The length in UTF-16 code units, in which Microsoft counts; a byte that is not UTF-8 counts 1.
  public static func utf16Count(_ bytes: ByteView) -> Int {
    if isASCII(bytes) { return bytes.count }
    var count = 0
    for (_, element) in elements(bytes) { count += element.utf16Count }
    return count
  }

  /// Whether the scalar has Unicode's property White_Space.
  @inline(__always)
  public static func isWhiteSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20: true
    case 0..<0x85: false
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// Whether the scalar is a control (Cc) or an invisible format character (Cf).
  @inline(__always)
  public static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if value < 0x300 { return value < 0x20 || (value >= 0x7F && value < 0xA0) || value == 0xAD }
    return scalar.properties.generalCategory == .format
  }

  /// `bytes` without white space and controls at both ends; what `trim` repairs.
  public static func trimmed(_ bytes: ByteView) -> ByteView {
    var start = 0
    var end = 0
    var isInside = false
    for (offset, element) in elements(bytes) {
      if let scalar = element.scalar, isWhiteSpace(scalar) || isControl(scalar) { continue }
      if !isInside { start = offset }
      isInside = true
      end = offset + element.length
    }
    return bytes[start..<end]
  }

  /// `bytes` without white space at both ends, as `Trim` of Entra Connect's expressions leaves it:
  /// .NET's `String.Trim`, which takes White_Space and no zero-width characters.
  public static func withoutOuterWhiteSpace(_ bytes: ByteView) -> ByteView {
    guard let first = bytes.first, let last = bytes.last,
      first >= 0x80 || last >= 0x80 || first.isASCIIWhiteSpace || last.isASCIIWhiteSpace
    else { return bytes }
    var start = bytes.count
    var end = 0
    for (offset, element) in elements(bytes) {
      if let scalar = element.scalar, isWhiteSpace(scalar) { continue }
      start = min(start, offset)
      end = offset + element.length
    }
    return bytes[min(start, end)..<end]
  }

  /// Whether there is nothing but white space and controls.
  public static func isBlank(_ bytes: ByteView) -> Bool {
    for (_, element) in elements(bytes) {
      guard let scalar = element.scalar, isWhiteSpace(scalar) || isControl(scalar) else {
        return false
      }
    }
    return true
  }
}
