@testable import Rules
import Testing

@testable import Checks

@Suite struct LengthTests {
  @Test func theBoundsAreIncluded() throws {
    let bench = try KindBench(LengthSpec(max: 5, min: 2, bytes: false))
    #expect(
      [1, 2, 5, 6].map { bench.fires(String(repeating: "a", count: $0)) } == [
        true, false, false, true,
      ])
    #expect(bench.fires(""))
  }

  @Test func lengthsAreUTF16UnitsOrBytes() throws {
    let units = try KindBench(LengthSpec(max: 2, min: nil, bytes: false))
    #expect(!units.fires("äö"))
    #expect(!units.fires("😀"))
    #expect(units.fires("😀a"))
    let bytes = try KindBench(LengthSpec(max: 3, min: nil, bytes: true))
    #expect(bytes.fires("äö"))
    #expect(!bytes.fires("äb"))
  }

  @Test func onlyThePartCounts() throws {
    let local = try KindBench(
      LengthSpec(max: 3, min: nil, bytes: false), attributes: ["mail"], part: .local)
    #expect(!local.fires("mail", "abc@contoso.com"))
    #expect(local.fires("mail", "abcd@contoso.com"))
    #expect(!local.fires("mail", "no address at all"))
  }

  @Test func theMessageSaysLengthAndLimit() throws {
    let bench = try KindBench(
      LengthSpec(max: 3, min: 2, bytes: false), message: "{length}{limit}")
    #expect(try bench.message([("description", "abcd")]) == "43")
    #expect(try bench.message([("description", "a")]) == "12")
  }
}
