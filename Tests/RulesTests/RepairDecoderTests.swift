import Testing

@testable import Rules

@Suite struct RepairDecoderTests {
  static let broken: [(String, [String])] = [
    ("trim", ["10:6: \"fix\" must be a list, not a text"]),
    (
      "[{ trim: {}, safety: safe }]",
      ["10:7: the key \"reason\" is missing from the repair \"trim\""]
    ),
    (
      "[{ trim: {}, reason: x }]", ["10:7: the key \"safety\" is missing from the repair \"trim\""]
    ),
    (
      "[{ trimm: {}, safety: safe, reason: x }]",
      ["10:9: unknown key \"trimm\" in a repair; did you mean \"trim\"?"]
    ),
    ("[{ safety: safe, reason: x }]", ["10:7: a repair has one kind, not 0"]),
    (
      "[{ trim: {}, demote: {}, safety: safe, reason: x }]", ["10:7: a repair has one kind, not 2"]
    ),
    (
      "[{ trim: {}, safety: save, reason: x }]",
      ["10:27: \"safety\" must be one of safe, unsafe, not \"save\"; did you mean \"safe\"?"]
    ),
    (
      "[{ trim: { at: start }, safety: safe, reason: x }]",
      ["10:17: unknown key \"at\" in the repair \"trim\""]
    ),
    (
      "[{ replace-domain: {}, safety: safe, reason: x }]",
      ["10:25: the repair \"replace-domain\" needs either to or from"]
    ),
    (
      "[{ replace-domain: { to: map }, safety: safe, reason: x }]",
      ["10:31: \"to\" must be one of upn-suffix-map, not \"map\""]
    ),
    (
      "[{ replace-value: {}, safety: safe, reason: x }]",
      ["10:24: the repair \"replace-value\" needs from"]
    ),
    (
      "[{ add-prefix: { type: SMTP }, safety: safe, reason: x }]",
      ["10:29: \"SMTP\" is not an address type in small letters, such as smtp"]
    ),
    (
      "[{ replace-text: {}, safety: safe, reason: x }]",
      ["10:23: \"replace-text\" needs texts and what takes their place, { UK: GB }"]
    ),
    (
      "[{ replace-text: { UK: GB, uk: FR }, safety: safe, reason: x }]",
      ["10:37: \"uk\" stands twice in \"replace-text\""]
    ),
    (
      "[{ encode-domain: { to: x }, safety: safe, reason: x }]",
      ["10:26: unknown key \"to\" in the repair \"encode-domain\""]
    ),
    ("[{ leave: {} }]", ["10:7: the key \"reason\" is missing from the repair \"leave\""]),
    (
      "[{ remove-characters: {}, safety: safe, reason: x }]",
      ["10:7: \"remove-characters\" needs the check \"characters\""]
    ),
    (
      "[{ resolve-duplicate: {}, safety: safe, reason: x }]",
      ["10:7: \"resolve-duplicate\" needs the check \"unique\""]
    ),
    (
      "[{ trim: {}, safety: safe, reason: 'It is {limitt}.' }]",
      ["10:41: unknown placeholder {limitt} in \"reason\"; did you mean {limit}?"]
    ),
  ]

  @Test(arguments: broken) func everyMistakeIsNamed(_ fix: String, _ errors: [String]) {
    let message = "message: '{value} is long'\nfix: " + fix
    #expect(Fixture.errors(Fixture.rule([9: message])) == errors)
  }

  @Test func aDomainIsNeverTruncated() {
    let fix = "message: x\npart: domain\nfix: [{ truncate: {}, safety: unsafe, reason: x }]"
    #expect(Fixture.errors(Fixture.rule([9: fix])) == ["11:7: a domain is never truncated"])
    let sizes = [8: "check: { length: { min: 5 } }", 9: fix.replacing("part: domain\n", with: "")]
    #expect(Fixture.errors(Fixture.rule(sizes)) == ["10:7: \"truncate\" needs the check's \"max\""])
  }

  @Test func kindsAndParametersAreRead() throws {
    let fix = """
      message: x
      fix:
        - { trim: {}, safety: safe, reason: a }
        - { truncate: , safety: unsafe, reason: b }
        - { replace-value: { from: primary-smtp }, safety: unsafe, reason: c }
        - { add-prefix: { type: smtp }, safety: safe, reason: 'up to {limit}' }
        - { encode-domain: , safety: safe, reason: e }
        - { split-addresses: {}, safety: unsafe, reason: f }
        - { replace-text: { uk: GB }, safety: safe, reason: g }
        - { leave: {}, reason: d }
      """
    let rule = try Fixture.decoded(Fixture.rule([9: fix]))
    #expect(
      rule.repairs.map(\.kind) == [
        .trim, .truncate, .replaceValue(from: "primary-smtp"), .addPrefix(type: "smtp"),
        .encodeDomain, .splitAddresses, .replaceText(["UK": "GB"]), .leave,
      ])
    #expect(
      rule.repairs.map(\.isSafe) == [true, false, false, true, true, false, true, false])
    #expect(rule.repairs[3].reason.placeholders == [.limit])
  }
}
