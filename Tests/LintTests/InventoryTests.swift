import Lint
import TestKit
import Testing

/// What a source carries is its own affair.
@Suite struct InventoryTests {
  /// A forest without userAccountControl is not to lose its users because the last object of the
  /// forest that was read before has one.
  @Test func whatOneSourceCarriesAnotherNeedNot() throws {
    func user(_ name: String, _ more: String) -> String {
      "dn: CN=\(name),DC=contoso,DC=com\nobjectClass: user\ncn: \(name)\n"
        + "sAMAccountName: \(name)\n\(more)\n"
    }
    let result = try Lint.of(user("ann", "userAccountControl: 512\n"), user("bob", ""))
    #expect(result.summary.examined.map(\.count) == [2], "\(result.summary.skipped)")
  }
}
