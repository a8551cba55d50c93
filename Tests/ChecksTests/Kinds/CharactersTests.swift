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

  private static func bench(classes: [CharacterSpec.Class]) throws -> KindBench {
    try bench("", classes)
  }

  private static func bench(allow: Bool, classes: [CharacterSpec.Class]) throws -> KindBench {
    try bench(allow: allow, "", classes)
  }
}
