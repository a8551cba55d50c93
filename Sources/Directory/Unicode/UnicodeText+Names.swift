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
    let properties = scalar.properties
    if let name = properties.nameAlias ?? properties.name { return name }
    switch properties.generalCategory {
    case .control: return controlName(scalar.value)
    case .privateUse: return "(private use)"
    default: return "(unassigned)"
    }
  }

  /// Controls have no names; these are the aliases under which Unicode's charts show them.
  private static func controlName(_ value: UInt32) -> String {
    let index = value < 0x20 ? Int(value) : Int(value) - 0x7F + 0x20
    return index < controlNames.count ? String(controlNames[index]) : "(a control character)"
  }

  /// U+0000 to U+001F, then U+007F to U+009F.
  private static let controlNames =
    """
    NULL,START OF HEADING,START OF TEXT,END OF TEXT,END OF TRANSMISSION,ENQUIRY,ACKNOWLEDGE,BELL,\
    BACKSPACE,CHARACTER TABULATION,LINE FEED,LINE TABULATION,FORM FEED,CARRIAGE RETURN,SHIFT OUT,\
    SHIFT IN,DATA LINK ESCAPE,DEVICE CONTROL ONE,DEVICE CONTROL TWO,DEVICE CONTROL THREE,\
    DEVICE CONTROL FOUR,NEGATIVE ACKNOWLEDGE,SYNCHRONOUS IDLE,END OF TRANSMISSION BLOCK,CANCEL,\
    END OF MEDIUM,SUBSTITUTE,ESCAPE,INFORMATION SEPARATOR FOUR,INFORMATION SEPARATOR THREE,\
    INFORMATION SEPARATOR TWO,INFORMATION SEPARATOR ONE,DELETE,PADDING CHARACTER,\
    HIGH OCTET PRESET,BREAK PERMITTED HERE,NO BREAK HERE,INDEX,NEXT LINE,START OF SELECTED AREA,\
    END OF SELECTED AREA,CHARACTER TABULATION SET,CHARACTER TABULATION WITH JUSTIFICATION,\
    LINE TABULATION SET,PARTIAL LINE FORWARD,PARTIAL LINE BACKWARD,REVERSE LINE FEED,\
    SINGLE SHIFT TWO,SINGLE SHIFT THREE,DEVICE CONTROL STRING,PRIVATE USE ONE,PRIVATE USE TWO,\
    SET TRANSMIT STATE,CANCEL CHARACTER,MESSAGE WAITING,START OF GUARDED AREA,\
    END OF GUARDED AREA,START OF STRING,SINGLE GRAPHIC CHARACTER INTRODUCER,\
    SINGLE CHARACTER INTRODUCER,CONTROL SEQUENCE INTRODUCER,STRING TERMINATOR,\
    OPERATING SYSTEM COMMAND,PRIVACY MESSAGE,APPLICATION PROGRAM COMMAND
    """.split(separator: ",")

  static func hexadecimal(_ value: some BinaryInteger, _ width: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
