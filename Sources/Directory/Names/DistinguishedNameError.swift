/// Why a text is not a distinguished name, and where.
public struct DistinguishedNameError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: String, Sendable {
    /// No attribute type before the `=`.
    case emptyType = "an attribute type is missing before \"=\""
    /// A character that no attribute type has.
    case badType = "an attribute type has only letters, digits, hyphens and dots"
    /// No `=` after the attribute type.
    case missingEquals = "\"=\" is missing after the attribute type"
    /// A backslash before something that needs none.
    case badEscape = "a backslash must be followed by a special character or two hexadecimal digits"
    /// `#` without pairs of hexadecimal digits.
    case badHexadecimal = "\"#\" must be followed by pairs of hexadecimal digits"
    /// A quotation mark that is not closed.
    case unclosedQuote = "a quotation mark is not closed"
    /// Text between a quoted value and the next separator.
    case afterQuote = "only a separator may follow a quoted value"
    /// A NUL that is not escaped.
    case rawNUL = "NUL must be written \\00"
    /// A separator with nothing after it.
    case trailingSeparator = "the name ends in a separator"
  }

  /// The offset of the byte where reading stopped, from 0.
  public let offset: Int
  /// What is wrong there.
  public let reason: Reason

  /// One line: what and where.
  public var description: String {
    "not a distinguished name at byte \(offset): \(reason.rawValue)"
  }
}
