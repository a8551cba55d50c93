import Bytes
import Directory
import TestKit
import Testing

@testable import LDIF

@Suite struct AttributeNamesTests {
  private var names: AttributeNames { AttributeNames(table: testTable) }

  @Test(
    arguments: [
      ("cn", "cn"), ("CN", "cn"), ("cN;binary", "cn"), ("cn;", "cn"), ("MEMBER", "member"),
      ("cnn", nil), ("c", nil), ("", nil), (";cn", nil),
      ("usercertificate;BINARY", "userCertificate"), ("2.5.4.3", "cn"), ("OID.2.5.4.3", "cn"),
      ("2.5.4.3;range=0-9", "cn"), ("cn;binary;range=0-9", "cn"), ("2.5.4.33", nil),
      ("cn;lang-de", nil), ("cn;binary;x-a", nil), ("cn;x-a;binary", nil), ("cn;range", nil),
      ("2.5.4.3;lang-de", nil),
    ] as [(String, String?)])
  func typeDecidesWhateverTheCase(_ name: String, _ expected: String?) {
    let meaning = name.withByteView { names.resolve($0) }
    #expect(meaning.attribute.map(testTable.name) == expected)
    #expect(meaning.isCountOnly == (expected == "member"))
  }

  @Test func headsAreKnown() {
    for name in ["dn", "DN"] { #expect(name.withByteView { names.resolve($0).isDN }) }
    for name in ["changetype", "CHANGETYPE", "Control"] {
      #expect(name.withByteView { names.resolve($0).isControlLine })
    }
    #expect(!"dnx".withByteView { names.resolve($0).isDN })
  }

  @Test(
    arguments: [
      ("cn", true), ("2.5.4.3", true), ("x-y_z", true), ("a;b;c=1-*", true), ("0", true),
      ("", false),
      ("-a", false), (";a", false), ("a b", false), ("a\t", false), ("ä", false), ("a\u{0}", false),
      ("a:b", false), ("a/b", false), ("a\n", false), (".1", false), ("_a", false),
    ])
  func nameIsCheckedByteForByte(_ name: String, _ isValid: Bool) {
    #expect(name.withByteView { AttributeNames.isValid($0) } == isValid)
  }

  /// What is guessed is what a look-up says, for all pairs of names that begin alike.
  @Test func guessIsNeverWrong() {
    var names = AttributeNames(table: testTable)
    let all = [
      "a", "ab", "abcdefgh", "abcdefghi", "abcdefgX", "abcdefghijklmnopq", "abcdefghijklmnopX", "b",
    ]
    let numbers = all.map { $0.withByteView { names.number($0) } }
    #expect(numbers == numbers.indices.map { Int32($0 + 1) })
    let again = all.map { $0.withByteView { names.number($0) } }
    #expect(again == numbers)
    for (first, before) in numbers.enumerated() {
      // The same again is guessed without having been remembered.
      for (second, after) in numbers.enumerated() where after != before {
        names.follow(before, with: after)
        for (third, name) in all.enumerated() {
          for line in ["\(name):", "\(name): x", "\(name):: \(name)", "\(name);x: y", name] {
            let guess = line.withByteView { names.guess($0, after: before) }
            let isName = line.hasPrefix("\(name):")
            let expected = isName && (third == second || third == first) ? numbers[third] : nil
            #expect(guess == expected, "\(line) after \(all[first]), \(all[second])")
          }
        }
      }
    }
    let guess = "a: x".withByteView { names.guess($0, after: AttributeNames.start) }
    #expect(guess == nil)
  }

  @Test func onlySoManyAreRemembered() {
    var names = AttributeNames(table: testTable)
    for number in 0..<(AttributeNames.maximumKnown + 100) {
      let got = "name\(number)".withByteView { names.number($0) }
      #expect(got == (number + 1 < AttributeNames.maximumKnown ? Int32(number + 1) : -1))
    }
    let known = "name7".withByteView { names.number($0) }
    #expect(known == 8)
    let long = String(repeating: "n", count: AttributeNames.maximumLength + 1)
    var others = self.names
    let tooLong = long.withByteView { others.number($0) }
    let longest = String(long.dropLast()).withByteView { others.number($0) }
    #expect(tooLong == -1 && longest == 1)
  }
}
