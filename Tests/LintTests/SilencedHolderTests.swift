import TestKit
import Testing

/// What a rule silences on one holder is gone for the others as well.
@Suite struct SilencedHolderTests {
  private static func found(_ rules: Set<String>, _ objects: [String]) throws -> [String] {
    try Lint.of(objects.joined(separator: "\n"), rules: try Lint.rules(only: rules))
      .findings().map(\.rule).sorted()
  }

  private static func user(_ name: String, _ values: String) -> String {
    "dn: CN=\(name),DC=contoso,DC=com\nobjectClass: user\nsAMAccountName: \(name)\n\(values)\n"
  }

  private static let shared = user(
    "ann", "userPrincipalName: ann@contoso.com\nproxyAddresses: SMTP:ann@contoso.com")
  private static let mail = user(
    "bob", "mail: ann@contoso.com\nproxyAddresses: SMTP:bob@contoso.com")

  @Test func noGroupOfOneIsLeft() throws {
    #expect(try Self.found(["DUP002"], [Self.shared, Self.mail]) == ["DUP002", "DUP002"])
    #expect(try Self.found(["DUP002", "MAIL007"], [Self.shared, Self.mail]) == ["MAIL007"])
  }

  @Test func twoThatAreLeftAreTold() throws {
    let target = Self.user("carl", "targetAddress: SMTP:ann@contoso.com")
    #expect(
      try Self.found(["DUP002", "MAIL007"], [Self.shared, Self.mail, target])
        == ["DUP002", "DUP002", "MAIL007"])
  }
}
