import Bytes

extension Domain {
  /// `domain` in the form in which it is registered and written in addresses: in small letters, its
  /// labels in Unicode as A-labels (`müller.de` is `xn--mller-kva.de`), after the mapping of UTS 46 as far
  /// as `LabelMapping` has it.
  ///
  /// Nil where there is no such form, or none that can be told without the full tables of IDNA 2008: a
  /// label that is empty, over 63 bytes or not UTF-8; characters that no registered name has (RFC 5892),
  /// compatibility characters such as ligatures among them; a mark at the beginning, scripts mixed with
  /// Latin letters, writing directions mixed (RFC 5893); a name over 253 bytes. Allocates.
  public static func asciiForm(of domain: ByteView) -> [UInt8]? {
    var bytes: [UInt8] = []
    var start = 0
    func append(_ label: ByteView) -> Bool {
      guard !label.isEmpty, let ascii = ASCIILabel(label),
        !label.hasNonASCII || LabelMapping.scalars(label).map(isRegistrable) ?? false
      else { return false }
      for place in 0..<ascii.count { bytes.append(ascii[place]) }
      return true
    }
    for (offset, element) in UnicodeText.elements(domain) {
      guard let scalar = element.scalar, LabelMapping.isDot(scalar) else { continue }
      guard append(domain[start..<offset]) else { return nil }
      bytes.append(UInt8(ascii: "."))
      start = offset + element.length
    }
    guard append(domain.from(start)), bytes.withByteView({ malformation(of: $0) }) == nil else {
      return nil
    }
    return bytes
  }

  /// Whether IDNA 2003, which some programs still follow, makes another name of `domain` than IDNA 2008:
  /// it holds ß, ς or a joiner (UTS 46 §2.4, "deviations").
  public static func isNamedDifferently(_ domain: ByteView) -> Bool {
    UnicodeText.elements(domain).contains { _, element in
      element.scalar.map { [0xDF, 0x1E9E, 0x3C2, 0x200C, 0x200D].contains($0.value) } ?? false
    }
  }

  /// Whether a label in Unicode, mapped as it is encoded, may be registered.
  private static func isRegistrable(_ label: [Unicode.Scalar]) -> Bool {
    guard let first = label.first, !isMark(first), first != "-", label.last != "-" else {
      return false
    }
    // Only A-labels have hyphens there (RFC 5891 §4.2.3.1).
    if label.count >= 4, label[2] == "-", label[3] == "-" { return false }
    for (index, scalar) in label.enumerated() where !scalar.isASCII {
      if scalar.value == 0xB7 {
        // Catalan; RFC 5892 §A.3.
        guard index > 0, index + 1 < label.count, label[index - 1] == "l", label[index + 1] == "l"
        else { return false }
      } else if !isRegistrable(scalar) {
        return false
      }
    }
    return isOfOneScript(label) && isOfOneDirection(label)
  }

  /// RFC 5892: letters, marks and digits that mapping has no other for, but those of §2.6 and §2.9.
  private static func isRegistrable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .modifierLetter, .otherLetter, .nonspacingMark, .spacingMark,
      .decimalNumber:
      break
    default: return false
    }
    switch scalar.value {
    case 0xDF, 0x3C2: return true
    case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B, 0x1100...0x11FF, 0xA960...0xA97F,
      0xD7B0...0xD7FF:
      return false
    default: return !scalar.properties.changesWhenNFKCCaseFolded
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  /// Whether no letters of Greek, Cyrillic or Armenian stand beside Latin ones: no registry gives such a
  /// name, which would look like another.
  private static func isOfOneScript(_ label: [Unicode.Scalar]) -> Bool {
    let isLatin = label.contains { scalar in
      scalar.properties.isAlphabetic
        && (scalar.value < 0x370 || (0x1E00...0x1EFF).contains(scalar.value))
    }
    let isOther = label.contains { scalar in
      switch scalar.value {
      case 0x370...0x58F, 0x1C80...0x1C8F, 0x1F00...0x1FFF, 0x2DE0...0x2DFF, 0xA640...0xA69F: true
      default: false
      }
    }
    return !(isLatin && isOther)
  }

  /// The rule for bidirectional labels (RFC 5893 §2), of what letters and digits can break of it: no
  /// letter written from the left beside one from the right, which comes first.
  private static func isOfOneDirection(_ label: [Unicode.Scalar]) -> Bool {
    guard label.contains(where: isFromRight) else { return true }
    let isMixed = label.contains { $0.properties.isAlphabetic && !isMark($0) && !isFromRight($0) }
    let digits = label.filter { $0.properties.generalCategory == .decimalNumber }
    let areMixed = digits.contains(where: \.isASCII) && digits.contains { !$0.isASCII }
    return isFromRight(label[0]) && label.last != "-" && !isMixed && !areMixed
  }

  private static func isFromRight(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x660...0x669, 0x6F0...0x6F9: false
    case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
      !isMark(scalar) && scalar.properties.isAlphabetic
    default: false
    }
  }
}
