@testable import Rules
import Testing

@testable import Checks

@Suite struct CharactersTests {
  private static func bench(
    allow: Bool = false, _ characters: String = "", _ classes: [CharacterSpec.Class] = [],
    attributes: [String] = ["description"], part: ValuePart = .value, message: String = ""
  ) throws -> KindBench {
    try KindBench(
      CharacterSpec(
        isAllowList: allow, characters: Array(characters.unicodeScalars), classes: classes),
      attributes: attributes, part: part, message: message)
  }

  @Test(arguments: [
    (CharacterSpec.Class.letters, "a", "1"), (.digits, "1", "a"), (.whitespace, " ", "a"),
    (.whitespace, "\u{A0}", "a"), (.control, "\u{7F}", "a"), (.control, "\u{200B}", "a"),
    (.diacritics, "é", "e"), (.diacritics, "e\u{301}", "ß"), (.otherNonASCII, "ß", "é"),
    (.otherNonASCII, "漢", "a"), (.nonASCII, "é", "e"), (.nonASCII, "漢", "~"),
  ])
  func aClassHasItsOwn(_ kind: CharacterSpec.Class, _ inside: String, _ outside: String) throws {
    let forbidding = try Self.bench(classes: [kind])
    #expect(forbidding.fires("x\(inside)") || kind == .letters)
    #expect(forbidding.fires(inside))
    #expect(!forbidding.fires(outside))
    let allowing = try Self.bench(allow: true, classes: [kind])
    #expect(!allowing.fires(inside) || inside.unicodeScalars.count > 1)
    #expect(allowing.fires(outside))
  }

  @Test func everyASCIICharacterCanBeForbidden() throws {
    for byte in UInt8(1)..<128 {
      let character = String(Unicode.Scalar(byte))
      let bench = try Self.bench(character)
      #expect(bench.fires("-\(character)-"), "\(byte)")
      #expect(bench.fires(byte == 0x2D ? "." : "-") == false, "\(byte)")
    }
  }

  @Test func theSeparatorIsOfNoPart() throws {
    let bench = try Self.bench("@", attributes: ["mail"], part: .local)
    #expect(!bench.fires("mail", "ann@contoso.com"))
    #expect(bench.fires("mail", "a@b@contoso.com"))
  }

  @Test func theMessageNamesThemAndTheFirstPosition() throws {
    let bench = try Self.bench("%&", message: "{characters}{position}")
    #expect(try bench.message([("description", "a&b%&")]) == "\"&\" AMPERSAND, \"%\" PERCENT SIGN2")
  }

  /// Cyrillic, Greek and Armenian letters beside Latin ones, not words of their own script.
  @Test(arguments: [
    ("\u{430}nn", true), ("ann\u{430}", true), ("x.b\u{43E}b", true), ("\u{3BF}x", true),
    ("\u{585}k", true), ("b\u{436}\u{43E}b", true), ("\u{430}\u{43D}\u{43D}\u{430}", false),
    ("\u{430}.k", false), ("max\u{436}", false), ("é\u{430}", false), ("ann", false), ("", false),
    ("\u{430}-x\u{43E}", true),
  ])
  func lookAlikesAreAtFaultInLatinWords(_ text: String, _ expected: Bool) throws {
    let bench = try Self.bench(classes: [.lookAlikes])
    #expect(bench.fires(text) == expected)
  }

  @Test func lookAlikesAreNamedWhereTheyStand() throws {
    let bench = try Self.bench("", [.lookAlikes], message: "{characters}{position}")
    #expect(
      try bench.message([("description", "\u{430}.x\u{430}")])
        == "U+0430 CYRILLIC SMALL LETTER A4")
  }

  private static func bench(classes: [CharacterSpec.Class]) throws -> KindBench {
    try bench("", classes)
  }

  private static func bench(allow: Bool, classes: [CharacterSpec.Class]) throws -> KindBench {
    try bench(allow: allow, "", classes)
  }
}
