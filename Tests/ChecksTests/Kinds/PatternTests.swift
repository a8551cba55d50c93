@testable import Rules
import Testing

@testable import Checks

@Suite struct PatternTests {
  private static func bench(
    part: ValuePart = .value, message: String = "", _ set: (inout PatternSpec) -> Void
  ) throws -> KindBench {
    var spec = PatternSpec()
    set(&spec)
    return try KindBench(spec, attributes: ["mail"], part: part, message: message)
  }

  @Test(arguments: [
    (".ann", true, false, false), ("ann.", false, true, false), ("a..b", false, false, true),
    ("a.b", false, false, false), (".", true, true, false), ("", false, false, false),
  ])
  func startsEndsAndInsides(_ value: String, _ start: Bool, _ end: Bool, _ inside: Bool) throws {
    #expect(try Self.bench { $0.forbidStart = ["."] }.fires("mail", value) == start)
    #expect(try Self.bench { $0.forbidEnd = ["."] }.fires("mail", value) == end)
    #expect(try Self.bench { $0.forbidInside = [".."] }.fires("mail", value) == inside)
  }

  @Test func caseOfASCIIDoesNotCount() throws {
    let bench = try Self.bench { $0.forbidStart = ["Cas_"] }
    #expect(bench.fires("mail", "CAS_{"))
    #expect(!bench.fires("mail", "xCAS_{"))
  }

  @Test func anExpressionMustNotOrMustMatch() throws {
    let forbidding = try Self.bench { $0.forbidMatch = "a[0-9]+$" }
    #expect(forbidding.fires("mail", "xA12"))
    #expect(!forbidding.fires("mail", "a12x"))
    let requiring = try Self.bench { $0.requireMatch = "a[0-9]+" }
    #expect(!requiring.fires("mail", "a12"))
    #expect(requiring.fires("mail", "a12x"))
    #expect(requiring.fires("mail", ""))
  }

  @Test func aPartIsLookedAtByItself() throws {
    let local = try Self.bench(part: .local) { $0.forbidEnd = ["."] }
    #expect(local.fires("mail", "ann.@contoso.com"))
    #expect(!local.fires("mail", "ann@contoso.com."))
  }

  @Test func theMessageSaysWhatIsWrong() throws {
    let bench = try Self.bench(message: "{reason}") { $0.forbidInside = [".."] }
    #expect(try bench.message([("mail", "a..b")]) == "it has \"..\" at position 2")
  }

  @Test func anExpressionThatIsNoneIsAnErrorOfTheRule() {
    #expect(throws: RuleError.self) { try Self.bench { $0.forbidMatch = "(" } }
  }
}
