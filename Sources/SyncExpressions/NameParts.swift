import Bytes

/// The parts of a distinguished name as text (RFC 4514), found without decoding it.
struct NameParts {
  private let dn: ByteView
  private var index = 0
  /// Whether the last part holds neither escapes nor control characters.
  private(set) var isPlain = true

  init(_ dn: ByteView) { self.dn = dn }

  /// The next RDN as it is written, `CN=Ann\, Bob`, without spaces around it; nil at the end.
  mutating func next() -> ByteView? {
    guard index < dn.count else { return nil }
    let start = index
    var isQuoted = false
    isPlain = true
    while index < dn.count {
      let byte = dn[index]
      // Most bytes are letters, digits and the hyphen, of which none means anything.
      if byte < 0x2D || byte == UInt8(ascii: "\\") || byte == 0x7F {
        if byte == UInt8(ascii: ","), !isQuoted { break }
        if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
        if byte < 0x20 || byte > 0x2C { isPlain = false }
        if byte == UInt8(ascii: "\\") {
          index = min(index + 2, dn.count)
          continue
        }
      }
      index += 1
    }
    let part = dn[start..<index]
    index += 1
    return Self.trimmed(part)
  }

  /// Without spaces at both ends; one that is escaped stays.
  private static func trimmed(_ part: ByteView) -> ByteView {
    var start = 0
    var end = part.count
    while start < end, part[start] == 0x20 { start += 1 }
    while end > start + 1, part[end - 1] == 0x20, part[end - 2] != UInt8(ascii: "\\") { end -= 1 }
    return part[start..<end]
  }

  /// Type and value of an RDN, at its first `=`.
  static func split(_ rdn: ByteView) -> (type: ByteView, value: ByteView) {
    guard let equals = rdn.firstIndex(of: UInt8(ascii: "=")) else { return (.empty, rdn) }
    return (trimmed(rdn.upTo(equals)), trimmed(rdn.from(equals + 1)))
  }

  /// The value as Active Directory escapes it: hexadecimal digits in capitals, control characters
  /// as `\0A`. It is the same view when that is how it is written.
  static func canonical(_ value: ByteView, _ arena: ByteArena) -> ByteView {
    var isCanonical = true
    var index = 0
    while index < value.count, isCanonical {
      let byte = value[index]
      if byte < 0x20 || byte == 0x7F { isCanonical = false }
      if byte == UInt8(ascii: "\\"), index + 2 < value.count {
        if value[index + 1] >= 0x61 || value[index + 2] >= 0x61 { isCanonical = false }
      }
      index += 1
    }
    return isCanonical ? value : arena.copy(rewritten(value))
  }

  private static func rewritten(_ value: ByteView) -> [UInt8] {
    var bytes: [UInt8] = []
    var index = 0
    while index < value.count {
      let byte = value[index]
      if byte == UInt8(ascii: "\\"), index + 2 < value.count,
        let high = Numerals.hexDigit(value[index + 1]),
        let low = Numerals.hexDigit(value[index + 2])
      {
        append(high << 4 | low, to: &bytes)
        index += 3
      } else if byte == UInt8(ascii: "\\"), index + 1 < value.count {
        bytes += [byte, value[index + 1]]
        index += 2
      } else {
        if byte < 0x20 || byte == 0x7F { append(byte, to: &bytes) } else { bytes.append(byte) }
        index += 1
      }
    }
    return bytes
  }

  private static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
    let (high, low) = Numerals.hex(byte)
    bytes += [UInt8(ascii: "\\"), high, low]
  }
}
