extension UnicodeText.Element {
  /// How evidence speaks of it: `"&" AMPERSAND`, `U+00E9 LATIN SMALL LETTER E WITH ACUTE`,
  /// `U+0009 CHARACTER TABULATION`, `byte 0xFF (not UTF-8)`. Only ASCII is shown as it is, because
  /// the rest may not be visible. Allocates; for output.
  public var displayName: String {
    guard let scalar else { return "byte 0x\(UnicodeText.hexadecimal(byte, 2)) (not UTF-8)" }
    return UnicodeText.displayName(scalar)
  }
}

extension UnicodeText {
  /// See `Element.displayName`.
  public static func displayName(_ scalar: Unicode.Scalar) -> String {
    let name = name(scalar)
    if scalar.value >= 0x20, scalar.value < 0x7F { return "\"\(scalar)\" \(name)" }
    return "U+\(hexadecimal(scalar.value, 4)) \(name)"
  }

  private static func name(_ scalar: Unicode.Scalar) -> String {
    // The two most frequent controls have several aliases; Unicode's charts head them like this.
    switch scalar.value {
    case 0x0A: return "LINE FEED"
    case 0x0D: return "CARRIAGE RETURN"
    default: break
    }
    let properties = scalar.properties
    if let name = properties.name { return name }
    if let alias = properties.nameAlias { return alias }
    switch properties.generalCategory {
    case .control: return "(a control character)"
    case .privateUse: return "(private use)"
    default: return "(unassigned)"
    }
  }

  static func hexadecimal(_ value: some BinaryInteger, _ width: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
