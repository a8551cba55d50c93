import Bytes
@_spi(_Unicode) import Swift

/// What becomes of a label in Unicode before it is encoded: the non-transitional mapping of UTS 46 §4, as
/// far as the domains of addresses need it.
///
/// - Letters become small ones, scalar by scalar (Simple_Lowercase_Mapping; ẞ becomes ß), ſ becomes s, and
///   İ an i with its dot.
/// - Letters, digits and hyphen of ASCII in full width and katakana in half width get their usual width.
/// - What is ignored goes: soft hyphen, zero-width space, word joiner, variation selectors, U+034F,
///   U+2064, U+FEFF.
/// - The rest is composed (NFC), so that a letter and its mark are one with the letter that has it.
///
/// ß, ς, ZWJ and ZWNJ stay what they are, as in all non-transitional processing. Not mapped are other
/// compatibility characters, such as ligatures and letters in circles: they give other labels.
enum LabelMapping {
  /// The scalars of `label` as they are encoded; nil when it is not UTF-8.
  static func scalars(_ label: ByteView) -> [Unicode.Scalar]? {
    var scalars: [Unicode.Scalar] = []
    var isComposed = true
    for (_, element) in UnicodeText.elements(label) {
      guard let scalar = element.scalar else { return nil }
      guard !isIgnored(scalar.value) else { continue }
      guard scalar != "İ" else {
        scalars += ["i", "\u{307}"]
        isComposed = false
        continue
      }
      let small = UnicodeText.lowercase(usualWidth(scalar))
      scalars.append(small == "ſ" ? "s" : small)
      // Below are neither marks nor what is put together of others.
      isComposed = isComposed && small.value < 0x300
    }
    guard !isComposed else { return scalars }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return Array(String(text)._nfc)
  }

  /// Whether labels end at `scalar`: the dots of UTS 46 §2.3.
  static func isDot(_ scalar: Unicode.Scalar) -> Bool {
    [0x2E, 0x3002, 0xFF0E, 0xFF61].contains(scalar.value)
  }

  private static func isIgnored(_ value: UInt32) -> Bool {
    switch value {
    case 0xAD, 0x34F, 0x180B...0x180D, 0x180F, 0x200B, 0x2060, 0x2064, 0xFE00...0xFE0F, 0xFEFF,
      0xE0100...0xE01EF:
      true
    default: false
    }
  }

  private static func usualWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xFF0D, 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A:
      Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    case 0xFF66...0xFF9F: katakana[Int(scalar.value - 0xFF66)]
    default: scalar
    }
  }

  /// U+FF66 to U+FF9F in their usual width; the last two are marks.
  private static let katakana = Array(
    ("ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
      + "\u{3099}\u{309A}").unicodeScalars)
}
