@testable import Rules
import Testing

@testable import Checks

/// The kinds that look at an object as a whole.
@Suite struct ObjectKindTests {
  @Test(
    arguments: [
      (true, false, [nil: [-1], "": [], " \t": [], "x": []]),
      (false, true, [nil: [], "": [0], " \t": [0], "x": []]),
      (true, true, [nil: [-1], "": [0], "\u{A0}": [0], "x": []]),
    ] as [(Bool, Bool, [String?: [Int]])])
  func presentIsAboutAbsenceAndWhiteSpace(
    _ absent: Bool, _ blank: Bool, _ expected: [String?: [Int]]
  ) throws {
    let bench = try KindBench(PresentSpec(absent: absent, blank: blank))
    for (value, hits) in expected {
      #expect(bench.hits(value.map { [("description", $0)] } ?? []) == hits, "\(value ?? "nil")")
    }
  }

  /// The object is below DC=contoso,DC=com.
  @Test(arguments: [
    ([], "kept"), (["contoso.com"], "kept"), (["fabrikam.com"], "unverifiable"),
  ])
  func presentMayDependOnTheNameThatIsMadeInstead(
    _ verified: [String], _ expected: String
  ) throws {
    var settings = CheckSettings()
    settings.tenant.verifiedDomains = Set(verified)
    for computed in PresentSpec.ComputedName.allCases {
      let bench = try KindBench(
        PresentSpec(absent: true, blank: false, computed: computed), message: "{other}{reason}",
        settings: settings)
      let hits = computed.rawValue == expected ? [-1] : []
      #expect(bench.hits([("sAMAccountName", "ann")]) == hits)
      #expect(bench.hits([("sAMAccountName", "ann"), ("description", "x")]) == [])
      // What is wrong with the account's name is said of it, not of its suffix.
      #expect(
        bench.hits([("sAMAccountName", "ann lee")]) == (computed == .kept ? [] : hits))
      // Without an account there is no name that could be kept.
      #expect(bench.hits([]) == (computed == .kept ? [] : [-1]))
      if expected == "unverifiable", computed == .unverifiable {
        #expect(
          try bench.message([("sAMAccountName", "ann")])
            == "ann@contoso.comcontoso.com is not among the verified domains")
      }
    }
  }

  @Test func countIncludesItsBounds() throws {
    let bench = try KindBench(CountSpec(max: 2, min: 1, primary: false))
    for (count, hits) in [(0, [-1]), (1, []), (2, []), (3, [-1])] {
      #expect(bench.hits(Array(repeating: ("description", "x"), count: count)) == hits, "\(count)")
    }
  }

  @Test func countKnowsTypesAndPrimaries() throws {
    let values = ["SMTP:a@x.com", "smtp:b@x.com", "SIP:a@x.com", "SMTP:c@x.com"]
      .map { ("proxyAddresses", $0) }
    func hits(_ max: Int, primary: Bool, _ types: [String]) throws -> [Int] {
      try KindBench(
        CountSpec(max: max, min: nil, primary: primary), attributes: ["proxyAddresses"],
        types: types
      ).hits(values)
    }
    #expect(try hits(2, primary: false, ["smtp"]) == [-1])
    #expect(try hits(3, primary: false, ["smtp"]) == [])
    #expect(try hits(1, primary: true, ["smtp"]) == [-1])
    #expect(try hits(2, primary: true, ["smtp"]) == [])
    #expect(try hits(2, primary: true, []) == [-1])
  }

  @Test func theMessageSaysHowMany() throws {
    let bench = try KindBench(
      CountSpec(max: 1, min: nil, primary: false), message: "{count}{limit}")
    #expect(try bench.message([("description", "a"), ("description", "b")]) == "21")
  }

  @Test func anExpressionFiresWhereItIsTrue() throws {
    let source = ExpressionSource(
      text: "[description] = \"bad\"", place: SourcePlace(file: "f", line: 1, column: 1))
    let bench = try KindBench(ExpressionSpec(forbid: source), attributes: ["cn"])
    #expect(bench.hits([("description", "BAD"), ("cn", "x")]) == [0])
    #expect(bench.hits([("description", "bad")]) == [-1])
    #expect(bench.hits([("description", "good")]) == [])
  }

  @Test func theSameValueTwiceIsToldOfTheLater() throws {
    let bench = try KindBench(UniqueSpec(index: .object), attributes: ["proxyAddresses"])
    func hits(_ values: String...) -> [Int] { bench.hits(values.map { ("proxyAddresses", $0) }) }
    #expect(hits("smtp:a@x.com", "SMTP:A@x.com") == [1])
    #expect(hits("smtp:a@x.com", "smtp:b@x.com") == [])
    #expect(hits("smtp:ä@x.com", "smtp:b@x.com", "smtp:Ä@x.com ") == [2])
    #expect(hits("x", "X", "x") == [1, 2])
  }
}
