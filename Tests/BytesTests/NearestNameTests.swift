import Testing

@testable import Bytes

@Suite struct NearestNameTests {
  @Test(arguments: [
    ("sevrity", "severity"), ("SEVERITY", "severity"), ("seveirty", "severity"), ("nmae", "name"),
    ("x", nil), ("", nil), ("unrelated", nil),
  ])
  func theNearestIsFound(_ word: String, _ expected: String?) {
    #expect(NearestName.of(word, in: ["name", "severity", "summary"]) == expected)
  }

  @Test func ofEquallyNearTheFirstByNameIsTaken() {
    #expect(NearestName.of("ab", in: ["xb", "ax"]) == "ax")
  }

  @Test func hostileWordsCostLittle() {
    let long = String(repeating: "é", count: 1_000_000)
    #expect(NearestName.of(long, in: ["name"]) == nil)
    #expect(NearestName.of("name", in: [long]) == nil)
  }

  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("ab", "ba", 1), ("abc", "cba", 2),
  ])
  func distancesAreKnown(_ left: String, _ right: String, _ distance: Int) {
    let result = NearestName.distance(Array(left.unicodeScalars), Array(right.unicodeScalars))
    #expect(result == distance)
  }
}
