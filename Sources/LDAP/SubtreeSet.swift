internal import Bytes

/// A set of subtrees, by the DNs of their tops: those that a scan leaves out, or those that it reads.
///
/// DNs are compared without regard to ASCII case, to blanks around separators and to the way that a
/// character is escaped (RFC 4514).
struct SubtreeSet {
  private var tops: [[UInt8]] = []

  /// The subtrees below `dns`, tops included.
  init(_ dns: [String]) {
    tops = dns.map { $0.withByteView { Self.normalise($0) } }
  }

  /// Whether there is no subtree in it.
  var isEmpty: Bool { tops.isEmpty }

  /// Whether `dn` is one of the tops or lies below one.
  func contains(_ dn: ByteView) -> Bool {
    guard !tops.isEmpty else { return false }
    let name = Self.normalise(dn)
    return tops.contains { Self.isTop($0, of: name) }
  }

  /// Whether `dn` is one of the tops or lies below one.
  func contains(_ dn: String) -> Bool { dn.withByteView { contains($0) } }

  /// Whether `dn` is one of the tops.
  func isTop(_ dn: String) -> Bool { tops.contains(dn.withByteView { Self.normalise($0) }) }

  private static func isTop(_ top: [UInt8], of name: [UInt8]) -> Bool {
    guard !top.isEmpty, name.count > top.count else { return top.isEmpty || name == top }
    return name[name.count - top.count - 1] == UInt8(ascii: ",")
      && name[(name.count - top.count)...].elementsEqual(top)
  }

  /// A form in which equal DNs are equal bytes, and in which a comma always ends a part: what is
  /// escaped in the DN becomes 1 and the character with its 7th bit turned.
  static func normalise(_ dn: ByteView) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(dn.count)
    var blanks = 0
    var afterSeparator = true
    var index = 0
    func push(_ bytes: UInt8...) {
      result.append(contentsOf: repeatElement(0x20, count: afterSeparator ? 0 : blanks))
      result.append(contentsOf: bytes)
      blanks = 0
      afterSeparator = false
    }
    while index < dn.count {
      let byte = dn[index]
      index += 1
      switch byte {
      case 0x20:
        blanks += 1
      case 0x2C, 0x3B, 0x2B, 0x3D:  // , ; + =
        result.append(byte == 0x3B ? 0x2C : byte)
        blanks = 0
        afterSeparator = true
      case 0x5C:
        let (plain, length) = unescape(dn, at: index)
        index += length
        if Self.isSpecial(plain) { push(1, plain ^ 0x40) } else { push(lowered(plain)) }
      default:
        push(lowered(byte))
      }
    }
    return result
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x20, 0x22, 0x23, 0x2B, 0x2C, 0x3B...0x3E, 0x5C: true
    default: false
    }
  }

  /// The byte that the escape before `index` stands for, and how long the escape goes on.
  private static func unescape(_ dn: ByteView, at index: Int) -> (UInt8, Int) {
    guard index < dn.count else { return (0x5C, 0) }
    func digit(_ position: Int) -> UInt8? {
      guard position < dn.count else { return nil }
      switch dn[position] {
      case 0x30...0x39: return dn[position] - 0x30
      case 0x41...0x46: return dn[position] - 0x41 + 10
      case 0x61...0x66: return dn[position] - 0x61 + 10
      default: return nil
      }
    }
    if let high = digit(index), let low = digit(index + 1) { return (high << 4 | low, 2) }
    return (dn[index], 1)
  }
}
