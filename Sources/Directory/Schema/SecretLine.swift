import Bytes

/// Lines of input as messages may show them, when something is wrong with them.
public enum SecretLine {
  /// What stands in the place of a secret.
  public static let mask = "[redacted]"

  private static let lowercased = SecretAttributes.names.map { $0.utf8.map(\.asciiLowercased) }
  /// By their first byte.
  private static let byFirst = Dictionary(grouping: lowercased) { $0[0] }

  /// `line` with everything after the name of a secret masked; nil when it has no such name.
  ///
  /// Such a line is not as LDIF wants it, so that any word of it counts that begins with a secret's
  /// name: `userPassword x`, `dn: userPassword: x`, `"userPassword";x`, `USERPASSWORD;x-1:: x`, a name
  /// with a fold in it. It is better to hide too much of a line that cannot be read than a little
  /// too little.
  public static func masked(_ line: [UInt8]) -> [UInt8]? {
    let text = unfolded(line)
    var start = 0
    while start < text.count {
      guard isNameByte(text[start]) else {
        start += 1
        continue
      }
      if let count = secretCount(text[start...]) {
        return Array(text[..<(start + count)]) + ": \(mask)".utf8
      }
      while start < text.count, isNameByte(text[start]) { start += 1 }
    }
    return nil
  }

  /// Whether `text`, which should be a DN, begins with the name of a secret: a line of a value that
  /// follows a `dn:` by mistake.
  public static func begins(_ text: [UInt8]) -> Bool {
    let start = text.firstIndex { $0 != 0x20 } ?? text.count
    let name = text[start...].prefix(while: isNameByte)
    return name.count >= shortest && secretCount(name) != nil
  }

  /// `dn` as messages and reports may show it: a name that begins with a secret's is none.
  public static func shown(dn: [UInt8]) -> [UInt8] { begins(dn) ? Array(mask.utf8) : dn }

  /// `text` with everything between quotation marks masked; a last odd one hides the rest.
  public static func maskingQuotations(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var isInside = false
    for byte in text {
      if byte == UInt8(ascii: "\"") {
        result.append(byte)
        isInside.toggle()
        if isInside { result += mask.utf8 }
      } else if !isInside {
        result.append(byte)
      }
    }
    return result
  }

  private static let shortest = lowercased.map(\.count).min() ?? 0

  /// How long the longest name of a secret is that `text` begins with; nil when there is none.
  private static func secretCount(_ text: ArraySlice<UInt8>) -> Int? {
    let hasPrefix = begins(text, with: Array("oid.".utf8))
    let rest = text.dropFirst(hasPrefix ? 4 : 0)
    guard let first = rest.first, let names = byFirst[first.asciiLowercased] else { return nil }
    return names.lazy.filter { begins(rest, with: $0) }.map { $0.count + (hasPrefix ? 4 : 0) }
      .max()
  }

  private static func begins(_ text: ArraySlice<UInt8>, with name: [UInt8]) -> Bool {
    text.prefix(name.count).elementsEqual(name) { $0.asciiLowercased == $1 }
  }

  /// `line` without its folds, a line end and one blank (RFC 2849, note 2), and without the zeros that
  /// UTF-16 has between the letters of a name.
  private static func unfolded(_ line: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < line.count {
      if line[index] == 0x0A, index + 1 < line.count, line[index + 1] == 0x20 {
        if result.last == 0x0D { result.removeLast() }
        index += 2
      } else {
        if line[index] != 0 { result.append(line[index]) }
        index += 1
      }
    }
    return result
  }

  /// Letters, digits and what else names and object identifiers consist of (RFC 4512 §1.4), and `_`.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2D || byte == 0x2E || byte == 0x5F
  }
}
