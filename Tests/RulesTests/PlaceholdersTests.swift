import Testing

@testable import Rules

@Suite struct PlaceholdersTests {
  @Test(arguments: [
    ("{ length: { max: 5 } }", ["length", "limit"]),
    ("{ size: { max: 5 } }", ["length", "limit"]),
    ("{ characters: { forbid: x } }", ["characters", "position"]),
    ("{ pattern: { forbid-end: [x] } }", ["reason"]),
    ("{ address: { require: [one-at] } }", ["domain", "suffix", "reason"]),
    ("{ routable-domain: {} }", ["domain", "suffix", "reason"]),
    ("{ unique: { index: address-weak } }", ["domain", "suffix", "other", "others", "type"]),
    ("{ unique: { index: value } }", ["other", "others"]),
    ("{ unique: { index: object } }", []),
    ("{ count: { max: 5 } }", ["limit", "count"]),
    ("{ prefix: { require: true } }", ["type"]),
    ("{ compare: { with: mail } }", ["other"]),
    ("{ present: {} }", []),
  ])
  func aCheckFillsItsOwn(_ check: String, _ names: [String]) {
    let always = ["value", "attribute", "part", "dn", "class"]
    for placeholder in Template.Placeholder.allCases {
      let name = placeholder.rawValue
      let rule = Fixture.rule([
        7: "attribute: cn", 8: "check: \(check)", 9: "message: 'a {\(name)}'",
      ])
      let isFilled = (always + names).contains(name)
      let reason =
        name == "predicted-upn"
        ? "neither \"attribute\" nor \"needs\" has userPrincipalName, sAMAccountName or mailNickname"
        : "the check \"\(check.split(separator: " ")[1].dropLast())\" does not know it"
      #expect(
        Fixture.errors(rule)
          == (isFilled ? [] : ["9:10: {\(name)} in \"message\" never has a value: \(reason)"]))
    }
  }

  @Test(arguments: [
    ([7: "attribute: cn\npart: local", 9: "message: '{domain} {suffix} {type}'"]),
    ([7: "attribute: cn\ntypes: [smtp]", 9: "message: '{type}'"]),
    ([7: "attribute: ProxyAddresses", 9: "message: '{type}'"]),
    ([7: "attribute: sAMAccountName", 9: "message: '{predicted-upn}'"]),
    ([7: "attribute: cn\nneeds: [userPrincipalName]", 9: "message: '{predicted-upn}'"]),
  ])
  func partTypesAndAttributesFillMore(_ edits: [Int: String]) {
    #expect(Fixture.errors(Fixture.rule(edits)) == [])
  }
}
