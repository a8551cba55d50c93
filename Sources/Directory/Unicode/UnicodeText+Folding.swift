import Bytes

extension UnicodeText {
  private static let letters = ScalarTable(UnicodeFoldData.letters)
  private static let folds = ScalarTable(UnicodeFoldData.folds)

  /// The version of Unicode from which the tables were made.
  public static var unicodeVersion: String { UnicodeFoldData.unicodeVersion }

  /// How letters with diacritics are spelled in ASCII.
  public enum Transliteration: Sendable {
    /// As Microsoft's provisioning function NormalizeDiacritics has it: ä→a, ö→o, ü→u, å→a, ø→oe,
    /// œ→oe, æ→ae, ß→ss, ł→l, ı→i; other letters by the same idea.
    case microsoft
    /// The same, but ä→ae, ö→oe, ü→ue, as German writes and Exchange makes aliases.
    case german
  }

  // MARK: Case

  /// `bytes` in small letters, one scalar for one (Unicode's Simple_Lowercase_Mapping).
  ///
  /// The input itself comes back when nothing changes; else a copy in `arena`.
  public static func foldCase(_ bytes: ByteView, into arena: ByteArena) -> ByteView {
    var first = 0
    while first < bytes.count, !bytes[first].isASCIICapital, bytes[first] < 0x80 { first += 1 }
    guard first < bytes.count else { return bytes }
    if isASCII(bytes) {
      return arena.write(capacity: bytes.count) { sink in
        for index in 0..<bytes.count { sink.append(bytes[index].asciiLowercased) }
      }
    }
    var isChanged = false
    // The longest growth is from two bytes to three (U+023A).
    let folded = arena.write(capacity: bytes.count + bytes.count / 2) { sink in
      isChanged = foldCase(bytes, to: &sink)
    }
    return isChanged ? folded : bytes
  }

  /// Appends `bytes` in small letters; says whether that changed anything.
  @discardableResult
  static func foldCase(_ bytes: ByteView, to sink: inout some ByteSink) -> Bool {
    var isChanged = false
    for (_, element) in elements(bytes) {
      guard let scalar = element.scalar else {
        sink.append(element.byte)
        continue
      }
      let small = lowercase(scalar)
      isChanged = isChanged || small != scalar
      sink.append(small)
    }
    return isChanged
  }

  /// The small letter (Simple_Lowercase_Mapping), or the scalar itself.
  @inline(__always)
  public static func lowercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.value < 0x80 { return Unicode.Scalar((UInt8(scalar.value)).asciiLowercased) }
    return longLowercase(scalar)
  }

  private static func longLowercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    // The letters of Europe.
    case 0xC0..<0x0590: casedLowercase[Int(scalar.value) - 0xC0]
    case 0x80..<0xC0, 0x0590..<0x10A0, 0x3000..<0xA640, 0xAC00..<0xFB00:
      // Scripts without case, the most frequent first.
      scalar
    default: mappedLowercase(scalar)
    }
  }

  /// What `mappedLowercase` says of U+00C0 to U+058F.
  private static let casedLowercase: [Unicode.Scalar] = (0xC0..<0x0590).map {
    Unicode.Scalar(UInt16($0)).map(mappedLowercase) ?? "\u{FFFD}"
  }

  private static func mappedLowercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    // U+0130 alone has a mapping of two scalars; the first is its simple one.
    scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
  }

  // MARK: Diacritics

  /// Whether the scalar is a letter with a diacritic: a non-ASCII letter whose compatibility
  /// decomposition starts with an ASCII letter, or one that the transliteration spells (ø, ł, ß, …).
  @inline(__always)
  public static func isDiacriticLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x80 && letters.contains(scalar)
  }

  /// Whether the scalar is a letter that the transliteration spells in ASCII although it does not
  /// decompose: ø, ł, ß and their kind, which have no diacritic of their own.
  public static func isUndecomposedLetter(_ scalar: Unicode.Scalar) -> Bool {
    undecomposed.contains(scalar)
  }

  private static let undecomposed: Set<Unicode.Scalar> = Set(
    ("øœæßłıđðþħŧŋĸƀɓƃƈȼɖɗƌɇəƒǥɠɨɉȷƙƚⱡɫɲƞɵƥᵽɍɽȿƭʈⱦƫʉʋⱳƴɏƶȥɀⱥ"
      + "ØŒÆẞŁĐÐÞĦŦŊɃƁƂƇȻƉƊƋɆƏƑǤƓƗɈƘȽⱠⱢƝȠƟƤⱣɌⱤⱾƬƮȾɄƲⱲƳɎƵȤⱿȺ").unicodeScalars)

  /// Whether the scalar is a combining diacritical mark (U+0300 to U+036F), which after a letter is
  /// the decomposed form of a letter with a diacritic.
  @inline(__always)
  public static func isCombiningDiacritic(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x300 && scalar.value < 0x370
  }

  /// `bytes` with letters with diacritics spelled in ASCII; everything else stays.
  ///
  /// The input itself comes back when nothing changes; else a copy in `arena`.
  public static func transliterate(
    _ bytes: ByteView, _ style: Transliteration = .microsoft, into arena: ByteArena
  ) -> ByteView {
    if isASCII(bytes) { return bytes }
    var room = CountingSink()
    guard transliterate(bytes, style, to: &room) else { return bytes }
    return arena.write(capacity: room.count) { transliterate(bytes, style, to: &$0) }
  }

  @discardableResult
  private static func transliterate(
    _ bytes: ByteView, _ style: Transliteration, to sink: inout some ByteSink
  ) -> Bool {
    var isChanged = false
    var base: UInt8?  // The ASCII letter to which combining marks may follow.
    for (offset, element) in elements(bytes) {
      guard let scalar = element.scalar else {
        sink.append(element.byte)
        base = nil
        continue
      }
      if let letter = base, isCombiningDiacritic(scalar) {
        if style == .german, scalar.value == 0x308, isUmlautBase(letter),
          offset > 0, bytes[offset - 1] == letter
        {
          sink.append(UInt8(ascii: "e"))
        }
        isChanged = true
        continue
      }
      base = scalar.value < 0x80 && element.byte.isASCIILetter ? element.byte : nil
      guard let spelling = spelling(scalar, style) else {
        sink.append(scalar)
        continue
      }
      for letter in spelling { sink.append(letter) }
      base = UInt8(ascii: "x")
      isChanged = true
    }
    return isChanged
  }

  private static func spelling(
    _ scalar: Unicode.Scalar, _ style: Transliteration
  ) -> ArraySlice<Unicode.Scalar>? {
    guard scalar.value >= 0x80 else { return nil }
    if style == .german {
      switch scalar.value {
      case 0xE4: return ["a", "e"]
      case 0xF6: return ["o", "e"]
      case 0xFC: return ["u", "e"]
      case 0xC4: return ["A", "e"]
      case 0xD6: return ["O", "e"]
      case 0xDC: return ["U", "e"]
      default: break
      }
    }
    return letters[scalar]
  }

  private static func isUmlautBase(_ letter: UInt8) -> Bool {
    let small = letter | 0x20
    return small == UInt8(ascii: "a") || small == UInt8(ascii: "o") || small == UInt8(ascii: "u")
  }

  // MARK: Confusables

  /// The Latin letter for which the eye takes a Cyrillic, Greek or Armenian one (UTS #39,
  /// confusables.txt, but for letters that only capitals or some typefaces make alike); nil for all
  /// others.
  public static func lookAlike(_ scalar: Unicode.Scalar) -> UInt8? {
    guard scalar.value >= 0x370, scalar.value < 0x590 else { return nil }
    return lookAlikes[scalar]
  }

  private static let lookAlikes = Dictionary(
    uniqueKeysWithValues: zip(
      ("аеорсухіјѕһԁԛԝѵкАВЕЅІЈКМНОРСТУХҮԚԜ" + "ονιραυκγΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "օ").unicodeScalars,
      ("aeopcyxijshdqwvkABESIJKMHOPCTYXYQW" + "ovipaukyABEZHIKMNOPTYX" + "o").utf8))

  /// `bytes` as the eye compares them: without case, width, diacritics, combining marks and
  /// invisible format characters; letters with strokes become the plain letter (ø→o, ł→l), ligatures
  /// two letters (æ→ae, ß→ss). Composed and decomposed forms give the same. Other scripts' letters
  /// that only look alike stay different.
  ///
  /// The input itself comes back when nothing changes; else a copy in `arena`.
  public static func confusableFold(_ bytes: ByteView, into arena: ByteArena) -> ByteView {
    if isASCII(bytes) { return foldCase(bytes, into: arena) }
    var room = CountingSink()
    guard confusableFold(bytes, to: &room) else { return bytes }
    return arena.write(capacity: room.count) { confusableFold(bytes, to: &$0) }
  }

  @discardableResult
  private static func confusableFold(_ bytes: ByteView, to sink: inout some ByteSink) -> Bool {
    var isChanged = false
    for (_, element) in elements(bytes) {
      guard let scalar = element.scalar else {
        sink.append(element.byte)
        continue
      }
      if scalar.value < 0x80 {
        isChanged = isChanged || element.byte.isASCIICapital
        sink.append(element.byte.asciiLowercased)
      } else if scalar.value >= 0xAC00, scalar.value < 0xD7A4 {
        isChanged = true
        decomposeHangul(scalar.value - 0xAC00, to: &sink)
      } else if let fold = folds[scalar] {
        isChanged = true
        for target in fold { sink.append(target) }
      } else {
        sink.append(scalar)
      }
    }
    return isChanged
  }

  /// Unicode Standard §3.12: a syllable is two or three jamo.
  private static func decomposeHangul(_ syllable: UInt32, to sink: inout some ByteSink) {
    if let lead = Unicode.Scalar(0x1100 + syllable / 588) { sink.append(lead) }
    if let vowel = Unicode.Scalar(0x1161 + syllable % 588 / 28) { sink.append(vowel) }
    let tail = syllable % 28
    if tail > 0, let tail = Unicode.Scalar(0x11A7 + tail) { sink.append(tail) }
  }
}
