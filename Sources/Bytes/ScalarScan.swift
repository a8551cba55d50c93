/// One step through bytes that should be UTF-8 and may be anything.
public enum ScalarScan {
  /// The scalar that begins at `index` and its length, or nil and 1 where the bytes are not UTF-8
  /// (RFC 3629: no overlong forms, no surrogates, nothing over U+10FFFF).
  public static func next(_ bytes: Span<UInt8>, at index: Int) -> (
    scalar: Unicode.Scalar?, length: Int
  ) {
    let first = bytes[index]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length: Int
    var code: UInt32
    switch first {
    case 0xC2...0xDF: (length, code) = (2, UInt32(first & 0x1F))
    case 0xE0...0xEF: (length, code) = (3, UInt32(first & 0x0F))
    case 0xF0...0xF4: (length, code) = (4, UInt32(first & 0x07))
    default: return (nil, 1)
    }
    guard index + length <= bytes.count else { return (nil, 1) }
    for offset in 1..<length {
      let byte = bytes[index + offset]
      guard byte & 0xC0 == 0x80 else { return (nil, 1) }
      code = code << 6 | UInt32(byte & 0x3F)
    }
    guard code >= shortest(length), let scalar = Unicode.Scalar(code) else { return (nil, 1) }
    return (scalar, length)
  }

  /// The first scalar that needs `length` bytes.
  private static func shortest(_ length: Int) -> UInt32 {
    length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000
  }

  /// Whether all of `bytes` is UTF-8.
  public static func isUTF8(_ bytes: Span<UInt8>) -> Bool {
    do {
      _ = try UTF8Span(validating: bytes)
      return true
    } catch {
      return false
    }
  }
}

extension ByteView {
  /// Whether all of it is UTF-8; of text that is mostly ASCII in much less time than a look at each byte.
  public var isUTF8: Bool {
    withSpan { bytes in
      var place = 0
      while let high = firstHighByte(from: place) {
        let (scalar, length) = ScalarScan.next(bytes, at: high)
        guard scalar != nil else { return false }
        place = high + length
      }
      return true
    }
  }
}
