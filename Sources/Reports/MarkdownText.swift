import Bytes

extension OutputBuffer {
  /// Appends `text` as text of CommonMark and GitHub's dialect: nothing in it begins markup, a link, a
  /// mention or a cell.
  mutating func append(markdown text: String) {
    for scalar in text.unicodeScalars {
      if Self.meansSomething(scalar) {
        append(UInt8(ascii: "\\"))
        append(UInt8(scalar.value))
      } else if scalar == "<" {
        append("&lt;")
      } else if scalar == "&" {
        append("&amp;")
      } else if scalar == "@" {
        // A mention begins at an "@" behind which a word stands.
        append("&#64;")
      } else {
        append(visible: String(scalar))
      }
    }
  }

  /// Whether a backslash is needed before it (CommonMark 0.31 §2.4 allows one before all of these).
  private static func meansSomething(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\\", "`", "*", "_", "{", "}", "[", "]", ">", "#", "|", "~", "!": true
    default: false
    }
  }
}
