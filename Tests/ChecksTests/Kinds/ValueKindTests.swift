@testable import Rules
import Testing

@testable import Checks

/// The small kinds that look at one value.
@Suite struct ValueKindTests {
  @Test func sizeCountsBytes() throws {
    let most = try KindBench(SizeSpec(max: 4, exactly: nil))
    #expect(
      ["", "abcd", "äö", "abcde", "äöü"].map { most.fires($0) } == [
        false, false, false, true, true,
      ])
    let exactly = try KindBench(SizeSpec(max: nil, exactly: 2))
    #expect(
      ["", "a", "ab", "ä", "abc"].map { exactly.fires($0) } == [true, true, false, false, true])
    let told = try KindBench(SizeSpec(max: 4, exactly: nil), message: "{length}{limit}")
    #expect(try told.message([("description", "abcde")]) == "54")
  }

  @Test(arguments: [
    ("smtp:a@x.com", false, false), ("a@x.com", true, false), ("ms:a", false, true),
    ("MS:a", false, true), ("", false, false), (":a@x.com", true, false), ("x400:a", false, false),
  ])
  func aPrefixIsWantedOrNot(_ value: String, _ isMissing: Bool, _ isForbidden: Bool) throws {
    let requiring = try KindBench(
      PrefixSpec(require: true, forbid: []), attributes: ["proxyAddresses"])
    #expect(requiring.fires("proxyAddresses", value) == isMissing)
    let forbidding = try KindBench(
      PrefixSpec(require: false, forbid: ["ms"]), attributes: ["proxyAddresses"])
    #expect(forbidding.fires("proxyAddresses", value) == isForbidden)
  }

  @Test func comparingKnowsNoCaseAndNoType() throws {
    let bench = try KindBench(CompareSpec(with: "cn"), attributes: ["proxyAddresses"])
    func fires(_ value: String, _ other: String?) -> Bool {
      !bench.hits([("proxyAddresses", value)] + (other.map { [("cn", $0)] } ?? [])).isEmpty
    }
    #expect(!fires("SMTP:Ann@x.com", "ann@X.com "))
    #expect(!fires("smtp:Ä@x.com", "ä@x.com"))
    #expect(fires("smtp:ann@x.com", "bob@x.com"))
    #expect(!fires("smtp:ann@x.com", nil))
    #expect(!fires("smtp:ann@x.com", ""))
    #expect(!fires("smtp:", "bob@x.com"))
  }

  @Test func thePrimaryAddressCanBeComparedWith() throws {
    let bench = try KindBench(
      CompareSpec(with: "primary-smtp"), attributes: ["mail"], message: "{other}")
    let proxies = [("proxyAddresses", "smtp:b@x.com"), ("proxyAddresses", "SMTP:a@x.com")]
    #expect(bench.hits(proxies + [("mail", "A@x.com")]) == [])
    #expect(bench.hits(proxies + [("mail", "b@x.com")]) == [0])
    #expect(bench.hits([("mail", "b@x.com")]) == [])
    #expect(try bench.message(proxies + [("mail", "b@x.com")]) == "a@x.com")
  }

  @Test func aPlaceholderThatNothingFillsIsAnErrorOfTheRule() {
    #expect(throws: RuleError.self) {
      try KindBench(SizeSpec(max: 1, exactly: nil), message: "{reason}")
    }
    #expect(throws: Never.self) {
      try KindBench(SizeSpec(max: 1, exactly: nil), message: "{limit}")
    }
  }

  /// What rules may use of a kind is what its checks say.
  @Test func everyKindSuppliesWhatItPromises() throws {
    let source = ExpressionSource(text: "True", place: SourcePlace(file: "f", line: 1, column: 1))
    var pattern = PatternSpec()
    pattern.forbidStart = ["x"]
    let specs: [any CheckSpec] = [
      LengthSpec(max: 1, min: nil, bytes: false),
      CharacterSpec(isAllowList: false, characters: ["x"], classes: []), pattern,
      AddressSpec(aspects: [.oneAt]), DomainSpec.routable, DomainSpec.verified,
      DomainSpec.reserved, UniqueSpec(index: .value(exact: false)),
      PresentSpec(absent: true, blank: false), CountSpec(max: 1, min: nil, primary: false),
      SizeSpec(max: 1, exactly: nil), PrefixSpec(require: true, forbid: []),
      CompareSpec(with: "cn"), ExpressionSpec(forbid: source),
    ]
    #expect(specs.map(\.kind.name) == CheckKind.all.map(\.name))
    var settings = CheckSettings()
    settings.tenant.verifiedDomains = ["contoso.com"]
    for spec in specs {
      let message = spec.placeholders.map { "{\($0.rawValue)}" }.joined()
      #expect(throws: Never.self, "\(spec.kind.name)") {
        try KindBench(spec, message: message, settings: settings)
      }
    }
  }
}
