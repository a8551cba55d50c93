import TestKit
import Testing

@testable import Bytes

@Suite struct BytePatternTests {
  private static func matches(
    _ pattern: String, _ text: [UInt8], ignoringCase: Bool = false,
    _ extent: BytePattern.Extent = .anywhere
  ) throws -> Bool {
    let compiled = try BytePattern(pattern, ignoringCase: ignoringCase, extent: extent)
    return text.withByteView { compiled.matches($0) }
  }

  private static func matches(
    _ pattern: String, _ text: String, ignoringCase: Bool = false,
    _ extent: BytePattern.Extent = .anywhere
  ) throws -> Bool {
    try matches(pattern, Array(text.utf8), ignoringCase: ignoringCase, extent)
  }

  // MARK: Semantics

  @Test(arguments: [
    ("", "", true), ("", "a", true), ("abc", "xabcx", true), ("abc", "ab", false),
    ("^abc", "abcd", true), ("^abc", "xabc", false), ("abc$", "xabc", true), ("bc$", "bcd", false),
    ("^$", "", true), ("^$", "a", false), ("$^", "", true), ("a^b", "ab", false),
    ("a|^b|c$", "xb", false), ("a|^b|c$", "bx", true), ("a|^b|c$", "xc", true),
    ("(?:ab)+c", "ababc", true), ("(ab)+c", "aac", false), ("x(|y)z", "xz", true),
    ("^a{2}$", "aa", true), ("^a{2}$", "aaa", false), ("^a{2,}$", "aaaa", true),
    ("^a{2,}$", "a", false), ("^a{1,3}$", "aaa", true), ("^a{1,3}$", "aaaa", false),
    ("^a{0}$", "", true), ("^(a{0,2}){3}$", "aaaaaa", true), ("^(a{0,2}){3}$", "aaaaaaa", false),
    ("^.$", "é", true), ("^.$", "\n", false), ("^.$", "\r", true), ("^..$", "é", false),
    ("^[é-ü]$", "í", true), ("^[é-ü]$", "è", false), ("^[^é]$", "è", true), ("^[^é]$", "é", false),
    ("^[€😀]+$", "😀€", true), ("^[a-€]$", "ß", true), ("^[^a]$", "😀", true),
    ("[^ ] +[^ ]", " a b ", true), ("[^ ] +[^ ]", " ab ", false), ("[^ ] +[^ ]", "é ü", true),
    ("^\\s+\\S|\\S\\s+$", "\u{3000}a", true), ("^\\s+\\S|\\S\\s+$", "a b", false),
    ("^\\s+\\S|\\S\\s+$", "a\u{A0}", true), ("^\\d\\D$", "1a", true), ("^\\d$", "٣", false),
    ("^\\w+$", "aZ_9", true), ("^\\w$", "é", false), ("^\\W$", "é", true),
    ("^[\\d\\-.]+$", "1-2.3", true), ("^[a-]+$", "-a", true), ("^[-a]+$", "a-", true),
    ("^[a^]$", "^", true), ("[\\[\\]<>(),\"]", "a]", true), ("^[\\\\\\]]$", "\\", true),
    ("^\\t\\n\\r$", "\t\n\r", true), ("^[\\t\\n]$", "\n", true),
    ("^\\^\\$\\.\\{\\}$", "^$.{}", true),
    ("^[^\\S ]$", "\t", true), ("^[^\\S ]$", " ", false), ("^[+--]+$", "+,-", true),
  ])
  func findsAnywhere(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(try Self.matches(pattern, text) == expected)
  }

  @Test(arguments: [
    ("", "", true), ("", "a", false), ("[A-Za-z][A-Za-z]", "DE", true),
    ("[A-Za-z][A-Za-z]", "DEU", false), (".+@[^@]+", "a@b", true), (".+@[^@]+", "a@b@c", true),
    (".+@[^@]+", "@b", false), ("a|ab", "ab", true), ("^a$", "a", true), ("^a$|b", "b", true),
    ("[A-Z].{3,64}[0-9]", "Aaaaaa9", true), ("[A-Z].{3,64}[0-9]", "Aa9", false),
  ])
  func matchesTheWhole(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(try Self.matches(pattern, text, .whole) == expected)
  }

  @Test(arguments: [
    ("abC", "xABcx", true), ("^[a-c]$", "B", true), ("^[A-C]$", "b", true), ("^[^a]$", "A", false),
    ("^[Y-b]$", "y", true), ("^[Y-b]$", "A", true), ("^[Y-b]$", "c", false), ("É", "é", false),
    ("^\\W$", "a", false), ("k", "\u{212A}", false),
  ])
  func ignoresASCIICase(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(try Self.matches(pattern, text, ignoringCase: true) == expected)
  }

  /// Random patterns mean the same as they do to Swift's `Regex` by Unicode scalars.
  @Test func agreesWithRegex() throws {
    var random = Generator(state: 7)
    var compared = 0
    for _ in 0..<300 {
      let pattern = Self.pattern(depth: 3, &random)
      let ignoringCase = random.next() % 2 == 0
      var regex = try Regex(pattern).matchingSemantics(.unicodeScalar).asciiOnlyCharacterClasses()
      if ignoringCase { regex = regex.ignoresCase() }
      // Some of the patterns need too many states.
      guard let search = try? BytePattern(pattern, ignoringCase: ignoringCase),
        let whole = try? BytePattern(pattern, ignoringCase: ignoringCase, extent: .whole)
      else { continue }
      for _ in 0..<12 {
        let text = Self.text(&random)
        let inText = Array(text.utf8).withByteView { search.matches($0) }
        let ofText = Array(text.utf8).withByteView { whole.matches($0) }
        #expect(try (regex.firstMatch(in: text) != nil) == inText, "\(pattern) in \(text)")
        #expect(try (regex.wholeMatch(in: text) != nil) == ofText, "\(pattern) is \(text)")
        if inText, let required = search.requiredBytes {
          #expect(!required.isDisjoint(with: text.utf8), "\(pattern) in \(text)")
        }
        compared += 1
      }
    }
    #expect(compared > 3_000)
  }

  private static func text(_ random: inout Generator) -> String {
    let characters = ["a", "b", "A", "B", " ", "@", "é", "€", "1"]
    return (0..<(random.next() % 8)).map { _ in random.pick(characters) }.joined()
  }

  private static func pattern(depth: Int, _ random: inout Generator) -> String {
    let atoms = [
      "a", "b", "A", " ", "@", "é", ".", "[ab]", "[^a]", "[^é ]", "[a-b1]", "\\d", "\\S", "\\w",
    ]
    let quantifiers = ["*", "+", "?", "{2}", "{1,2}", "{1,}", "", "", "", ""]
    let items = (0..<(1 + random.next() % 3)).map { _ in
      switch random.next() % 8 {
      case 0 where depth > 0, 1 where depth > 0:
        "(?:" + pattern(depth: depth - 1, &random) + ")" + random.pick(quantifiers)
      case 2 where depth > 0:
        "(?:" + pattern(depth: depth - 1, &random) + "|" + pattern(depth: depth - 1, &random) + ")"
      case 3 where depth == 3: random.pick(["^", "$"])
      default: random.pick(atoms) + random.pick(quantifiers)
      }
    }
    return items.joined()
  }

  // MARK: Bytes that are no UTF-8

  @Test(
    arguments: [
      ("^[^a]$", [0xFF], true), ("^.$", [0xC3], true), ("^..$", [0xC3, 0xC3], true),
      ("^.$", [0xC3, 0xA9], true), ("^..$", [0xC3, 0xA9], false), ("^.b$", [0xC3, 0x62], true),
      ("^[^é]é$", [0xE2, 0xC3, 0xA9], true), ("^.{3}$", [0xED, 0xA0, 0x80], true),
      ("^.$", [0xED, 0xA0, 0x80], false), ("^..$", [0xC0, 0x80], true),
      ("^.{4}$", [0xF4, 0x90, 0x80, 0x80], true), ("^.$", [0xF4, 0x8F, 0xBF, 0xBF], true),
      ("^.{3}$", [0xE0, 0x80, 0x80], true), ("^.{4}$", [0xF0, 0x80, 0x80, 0x80], true),
      ("\\s|\\w|\\d|[\u{80}-\u{10FFFF}]", [0x80, 0xFF, 0xC3], false),
      ("^\\S\\D\\W$", [0xFF, 0xFE, 0x80], true),
      ("^a$", [0x61, 0xE2, 0x82], false), ("^a..$", [0x61, 0xE2, 0x82], true),
    ] as [(String, [UInt8], Bool)])
  func takesInvalidBytesForOneCharacterEach(
    _ pattern: String, _ text: [UInt8], _ expected: Bool
  ) throws {
    #expect(try Self.matches(pattern, text) == expected)
  }

  /// A character is decoded as the standard library does it, at every prefix.
  @Test func decodesLikeTheStandardLibrary() throws {
    let pattern = try BytePattern("[^\u{0}-\u{10FFFF}]", ignoringCase: false)
    var random = Generator(state: 3)
    let bytes: [UInt8] = [
      0x61, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xE0, 0xED, 0xEF,
      0xF0, 0xF4, 0xF5, 0xFF,
    ]
    for _ in 0..<5_000 {
      let text = (0..<(random.next() % 6)).map { _ in random.pick(bytes) }
      let isInvalid = text.withByteView { pattern.matches($0) }
      #expect(isInvalid == (String(validating: text, as: UTF8.self) == nil), "\(text)")
    }
  }

  // MARK: Errors

  @Test(arguments: [
    ("a)", 2, "\")\" without \"(\"; write \"\\)\" for the character"),
    ("a(b", 2, "\"(\" without \")\""),
    ("*a", 1, "nothing to repeat; write \"\\*\" for the character"),
    ("a|+", 3, "nothing to repeat; write \"\\+\" for the character"),
    ("é{x}", 3, "a number expected; write \"\\{\" for the character \"{\""),
    ("a{2", 4, "\"}\" expected"), ("a{2,1}", 2, "the upper bound 1 is below the lower bound 2"),
    ("a{257}", 3, "more than 256 repetitions"),
    ("a{99999999999999999999}", 3, "more than 256 repetitions"),
    ("a*?", 3, "a quantifier after a quantifier; lazy and possessive ones are not supported"),
    ("^*", 2, "an anchor cannot be repeated"),
    ("a]", 2, "\"]\" closes nothing; write \"\\]\""),
    ("(?=a)", 2, "only \"(?:\" is supported after \"(\""),
    ("(?", 2, "only \"(?:\" is supported after \"(\""),
    ("a\\b", 2, "the escape \"\\b\" is not supported"),
    ("\\1", 1, "the escape \"\\1\" is not supported"),
    ("a\\", 2, "nothing after \"\\\"; write \"\\\\\" for the character"),
    ("a[bc", 2, "\"[\" without \"]\""), ("[", 1, "\"[\" without \"]\""),
    ("[^", 1, "\"[\" without \"]\""), ("[a-", 1, "\"[\" without \"]\""),
    ("[]", 1, "an empty class; write \"\\]\" for the character \"]\""),
    ("[^]", 1, "an empty class; write \"\\]\" for the character \"]\""),
    ("[z-a]", 2, "the range runs backwards"),
    ("[\\d-z]", 2, "a range needs a character on both sides"),
    ("[a-c-e]", 5, "write \"\\-\" for a hyphen inside a class"),
    ("[a[b]", 3, "write \"\\[\" for the character inside a class"),
    ("(a|b)*a(a|b){12}", 1, "needs more than 1000 states; use fewer or smaller repetitions"),
    ("((a{256}){256}){256}", 1, "too large; use fewer or smaller repetitions"),
    ("((((){256}){256}){256}){256}", 1, "too large; use fewer or smaller repetitions"),
  ])
  func namesTheFault(_ pattern: String, _ position: Int, _ reason: String) {
    #expect(throws: BytePatternError(pattern: pattern, position: position, reason: reason)) {
      try BytePattern(pattern, ignoringCase: true)
    }
  }

  @Test func saysWhatIsWrongInOneLine() {
    let error = BytePatternError(pattern: "a)", position: 2, reason: "why")
    #expect(error.description == "pattern \"a)\", character 2: why")
  }

  @Test func limitsDepthAndLength() {
    let deep = String(repeating: "(", count: 101)
    #expect(
      throws: BytePatternError(pattern: deep, position: 101, reason: "more than 100 nested groups")
    ) { try BytePattern(deep, ignoringCase: false) }
    let long = String(repeating: "a", count: 2_001)
    #expect(
      throws: BytePatternError(pattern: long, position: 1, reason: "longer than 2000 characters")
    ) { try BytePattern(long, ignoringCase: false) }
  }

  @Test func neverCrashesOnRandomPatterns() {
    var random = Generator(state: 11)
    let pieces = [
      "a", "é", "[", "]", "(", ")", "{", "}", "2", ",", "-", "^", "$", "\\", "|", "*", "?",
    ]
    for _ in 0..<5_000 {
      let pattern = (0..<(random.next() % 9)).map { _ in random.pick(pieces) }.joined()
      do throws(BytePatternError) {
        _ = try BytePattern(pattern, ignoringCase: true)
      } catch {
        #expect((1...(pattern.unicodeScalars.count + 1)).contains(error.position), "\(error)")
      }
    }
  }

  // MARK: Time

  @Test(arguments: [
    "(a*)*b", "(a|a)*b", "(a|aa)+b", "((a+)+)+b", "(.*)(.*)(.*)(.*)[^a]", "a*a*a*b$",
  ])
  func isLinearWhateverThePattern(_ pattern: String) throws {
    let text = [UInt8](repeating: 0x61, count: 200_000)
    #expect(try !Self.matches(pattern, text))
    #expect(try !Self.matches(pattern, text, .whole))
  }

  // MARK: Required bytes

  @Test(
    arguments: [
      ("^[^@]@", false, "@"), ("[^ ] +[^ ]", true, " "), ("ab@c", true, "@"), ("a+", false, "a"),
      ("a+", true, nil), ("a|b", false, nil), ("a*", false, nil), ("", true, nil),
      ("^$", true, nil),
      (".", true, nil), ("(x@|@y)z?", true, "@"), ("a@?", true, nil),
    ] as [(String, Bool, String?)])
  func knowsARequiredByte(_ pattern: String, _ ignoringCase: Bool, _ expected: String?) throws {
    let compiled = try BytePattern(pattern, ignoringCase: ignoringCase)
    #expect(compiled.requiredByte == expected?.utf8.first)
  }

  @Test(
    arguments: [
      ("[\\[\\]<>(),\"]|[^ ] +[^ ]", Array("[]<>(),\" ".utf8)), ("k", [0x4B, 0x6B]),
      ("[a-z]-|_", Array("-_".utf8)), ("é", [0xC3]), ("[é€😀]", [0xC3, 0xE2, 0xF0]), ("a*", nil),
    ] as [(String, [UInt8]?)])
  func knowsTheRequiredBytes(_ pattern: String, _ expected: [UInt8]?) throws {
    let required = try BytePattern(pattern, ignoringCase: true).requiredBytes
    #expect(required == expected.map(Set.init))
  }

  @Test func requiresAnyHighByteWhereInvalidOnesMatch() throws {
    let required = try BytePattern("[^\\S ]|[^\u{0}-\u{7F}]", ignoringCase: true).requiredBytes
    #expect(required == Set(0x80...0xFF).union([0x09, 0x0A, 0x0B, 0x0C, 0x0D]))
  }
}

/// Numbers that are the same in every run.
private struct Generator {
  var state: UInt64

  mutating func next() -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33)
  }

  mutating func pick<T>(_ values: [T]) -> T { values[next() % values.count] }
}
