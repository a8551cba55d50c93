import Bytes
import Testing

@testable import Directory

@Suite struct UnicodeFoldingTests {
  // MARK: Case

  @Test(arguments: [
    ("abc", "abc"), ("ABC", "abc"), ("aBc-Ä", "abc-ä"), ("ÀÞ×ß", "àþ×ß"), ("ЖΣ", "жσ"),
    ("İ", "i"), ("Ⱥ", "ⱥ"), ("\u{212A}", "k"), ("ẞ", "ß"), ("", ""), ("漢字", "漢字"), ("𐐀", "𐐨"),
    ("ＡＢ", "ａｂ"),
  ])
  func caseFolding(_ input: String, _ expected: String) {
    #expect(text(input) { UnicodeText.foldCase($0, into: $1) } == expected)
  }

  @Test func lowercaseAgreesWithUnicode() {
    for value in UInt32(0)...0x1FFFF {
      guard let scalar = Unicode.Scalar(value), value != 0x130 else { continue }
      let expected = scalar.properties.lowercaseMapping.unicodeScalars.first
      if UnicodeText.lowercase(scalar) != expected { Issue.record("\(scalar.value)") }
    }
  }

  @Test(arguments: ["plain.text-1", "", "müller", "漢字"])
  func unchangedTextIsNotCopied(_ input: String) {
    let arena = ByteArena()
    withView(input) { bytes in
      let folded = UnicodeText.foldCase(bytes, into: arena)
      #expect(unsafe folded.unsafeBase == bytes.unsafeBase)
      #expect(folded.count == bytes.count)
    }
  }

  @Test(arguments: hostileBytes)
  func invalidBytesStay(_ bytes: [UInt8]) {
    let arena = ByteArena()
    guard bytes.withByteView({ !UnicodeText.isUTF8($0) }) else { return }
    (Array("AÄ".utf8) + bytes).withByteView { view in
      #expect(UnicodeText.foldCase(view, into: arena).array == Array("aä".utf8) + bytes)
      #expect(UnicodeText.confusableFold(view, into: arena).array == Array("aa".utf8) + bytes)
      #expect(UnicodeText.transliterate(view, into: arena).array == Array("AA".utf8) + bytes)
    }
  }

  // MARK: Diacritics

  @Test func lettersWithDiacritics() {
    for scalar in "éÉñåäöüøØłđæœßẞıðþÞŋﬁĳ".unicodeScalars + "Ａªₐ𝐀\u{212A}".unicodeScalars {
      #expect(UnicodeText.isDiacriticLetter(scalar), "\(scalar)")
    }
    for scalar in "aZ1&жάא漢½²€×÷".unicodeScalars + "\u{301}\u{A0}\u{200B}".unicodeScalars {
      #expect(!UnicodeText.isDiacriticLetter(scalar), "\(scalar)")
    }
    #expect(UnicodeText.isCombiningDiacritic("\u{301}"))
    #expect(!UnicodeText.isCombiningDiacritic("a"))
  }

  @Test(arguments: [
    ("Zoë", "Zoe", "Zoe"),
    ("Müller", "Muller", "Mueller"),
    ("Mu\u{308}ller", "Muller", "Mueller"),
    ("ÄÖÜ", "AOU", "AeOeUe"),
    ("O\u{308}l", "Ol", "Oel"),
    ("é\u{308}o\u{301}\u{308}", "eo", "eo"),
    ("Straße", "Strasse", "Strasse"),
    ("Ørsted", "OErsted", "OErsted"),
    ("Łódź", "Lodz", "Lodz"),
    ("Æneas œuvre", "AEneas oeuvre", "AEneas oeuvre"),
    ("ǣ œ̄ ø̄ ȱ ā́ ṳ̄", "ae oe oe o a u", "ae oe oe o a u"),
    ("İstanbul ığdır", "Istanbul igdir", "Istanbul igdir"),
    ("Þór Đura", "THor Dura", "THor Dura"),
    ("ﬁn Ａ", "fin A", "fin A"),
    ("Жук 漢", "Жук 漢", "Жук 漢"),
    ("\u{301}x", "\u{301}x", "\u{301}x"),
    ("plain", "plain", "plain"),
    ("", "", ""),
  ])
  func transliteration(_ input: String, _ microsoft: String, _ german: String) {
    // Scalars are compared: strings would be equal in any normalisation.
    let first = text(input) { UnicodeText.transliterate($0, into: $1) }
    #expect(first.map { Array($0.utf8) } == Array(microsoft.utf8))
    let second = text(input) { UnicodeText.transliterate($0, .german, into: $1) }
    #expect(second.map { Array($0.utf8) } == Array(german.utf8))
  }

  @Test func everyLetterWithADiacriticBecomesASCII() {
    let table = ScalarTable(UnicodeFoldData.letters)
    #expect(table.count > 1400)
    for value in UInt32(0x80)...0x1FFFF {
      guard let scalar = Unicode.Scalar(value), let spelling = table[scalar] else { continue }
      let isASCII = !spelling.isEmpty && spelling.allSatisfy { $0.value < 0x80 }
      if !isASCII || !scalar.properties.generalCategory.isLetter { Issue.record("\(scalar)") }
    }
  }

  // MARK: Confusables

  @Test(arguments: [
    ("Müller@Contoso.com", "muller@contoso.com"),
    ("ＭＵＬＬＥＲ", "muller"),
    ("Jørgen Łódź", "jorgen lodz"),
    ("Straße", "strasse"), ("STRASSE", "strasse"),
    ("ığdır", "igdir"),
    ("a\u{200B}nn\u{AD}", "ann"),
    ("Ælfred", "aelfred"),
    ("ﬁ", "fi"),
    ("Άλφας", "αλφασ"),
    ("Йод", "иод"),
    ("ﷺ", "صلى الله عليه وسلم"),
    ("ann", "ann"),
  ])
  func confusables(_ input: String, _ expected: String) {
    #expect(text(input) { UnicodeText.confusableFold($0, into: $1) } == expected)
  }

  @Test(arguments: [
    ("é", "e\u{301}"), ("ệ", "e\u{323}\u{302}"),
    ("한글", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}"),
    ("가", "\u{1100}\u{1161}"), ("Й", "И\u{306}"), ("が", "か\u{3099}"), ("Å", "\u{212B}"),
    ("ά", "α\u{301}"), ("آ", "ا\u{653}"),
  ])
  func composedAndDecomposedFoldAlike(_ composed: String, _ decomposed: String) {
    let first = text(composed) { UnicodeText.confusableFold($0, into: $1) }
    let second = text(decomposed) { UnicodeText.confusableFold($0, into: $1) }
    #expect(first.map { Array($0.utf8) } == second.map { Array($0.utf8) })
  }

  @Test func foldingTwiceIsFoldingOnce() {
    let arena = ByteArena()
    for value in UInt32(0x80)...0x2FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      arena.reset()
      let once = withView(String(Character(scalar))) {
        UnicodeText.confusableFold($0, into: arena).array
      }
      let twice = once.withByteView { UnicodeText.confusableFold($0, into: arena).array }
      if once != twice { Issue.record("U+\(String(value, radix: 16))") }
    }
  }

  @Test func differentScriptsStayDifferent() {
    let latin = text("paypal") { UnicodeText.confusableFold($0, into: $1) }
    let cyrillic = text("раураl") { UnicodeText.confusableFold($0, into: $1) }
    #expect(latin != cyrillic)
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: ["AÄ", "a\u{301}", "ﷺ한"])
  func aMegabyte(_ piece: String) {
    let arena = ByteArena()
    let huge = Array(String(repeating: piece, count: 1_000_000 / piece.utf8.count).utf8)
    huge.withByteView { bytes in
      #expect(UnicodeText.foldCase(bytes, into: arena).count <= bytes.count)
      #expect(UnicodeText.confusableFold(bytes, into: arena).count <= 11 * bytes.count)
      #expect(UnicodeText.transliterate(bytes, into: arena).count <= bytes.count)
    }
  }
}

extension Unicode.GeneralCategory {
  fileprivate var isLetter: Bool {
    switch self {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }
}
