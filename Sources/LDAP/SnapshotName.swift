internal import Bytes

/// Names of attributes as they may stand in a snapshot.
enum SnapshotName {
  /// Words that LDIF reads as something else than an attribute (RFC 2849).
  private static let reserved: [StaticString] = ["dn", "control", "changetype"]

  /// Whether `name` is an attribute description (RFC 4512 §2.5) that LDIF does not take for a word of
  /// its own.
  static func isUsable(_ name: ByteView) -> Bool {
    guard let first = name.first, isLetterOrDigit(first) else { return false }
    for byte in name where !isUsable(byte) { return false }
    return !reserved.contains { isSame(name, ByteView($0)) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }

  /// Besides what the standard has, `_`, `=` and `*`, which servers use.
  private static func isUsable(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2D, 0x2E, 0x3B, 0x5F, 0x3D, 0x2A: true
    default: isLetterOrDigit(byte)
    }
  }

  /// Whether `name` is `word`, which is in lower case, in any case.
  private static func isSame(_ name: ByteView, _ word: ByteView) -> Bool {
    guard name.count == word.count else { return false }
    for index in 0..<name.count where name[index] | 0x20 != word[index] { return false }
    return true
  }
}
