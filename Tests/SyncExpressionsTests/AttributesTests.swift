import Bytes
import Directory
import Testing

@testable import SyncExpressions

/// An object of several entries, the first of which that has an attribute gives its values.
private final class Joined: Attributes {
  let entries: [Entry]

  init(_ entries: [Entry]) { self.entries = entries }

  var dn: ByteView { entries[0].dn }
  private func entry(_ attribute: AttributeID) -> Entry {
    entries.first { $0.has(attribute) } ?? entries[0]
  }
  func count(_ attribute: AttributeID) -> Int { entry(attribute).count(attribute) }
  func first(_ attribute: AttributeID) -> ByteView? { entry(attribute).first(attribute) }
  func forEach(_ attribute: AttributeID, _ body: (Int, ByteView) -> Void) {
    entry(attribute).forEach(attribute, body)
  }
}

@Suite struct AttributesTests {
  private static let first = Sample(["sAMAccountName": "ann", "mail": "ann@corp.local"])
  private static let second = Sample(
    dn: "CN=Ann,DC=fabrikam,DC=com",
    ["mail": "ann@contoso.com", "proxyAddresses": "SMTP:a@x.com", "proxyAddresses": "smtp:b@x.com"])

  @Test(arguments: [
    ("[sAMAccountName] & \"/\" & [mail]", "\"ann/ann@corp.local\""),
    ("UCase([mail])", "\"ANN@CORP.LOCAL\""),
    ("ValueCount(\"proxyAddresses\")", "2"),
    ("Left([proxyAddresses], 4)", "[\"SMTP\", \"smtp\"]"),
    ("[dn]", "\"CN=Ann,OU=Staff,DC=contoso,DC=com\""),
    ("%Domain.FQDN%", "\"contoso.com\""),
    ("[givenName]", "NULL"),
  ])
  func anExpressionReadsWhateverHasAttributes(_ source: String, _ expected: String) throws {
    var table = AttributeTable()
    let expression = try compile(source, &table)
    let joined = Joined([Self.first.entry(table), Self.second.entry(table)])
    let arena = ByteArena()
    let code = expression.code(on: Joined.self)
    try withExtendedLifetime((joined, arena, expression)) {
      let value = try code.evaluate(joined, arena: arena)
      #expect(show(value) == expected)
    }
  }

  @Test func whatIsMadeBelongsToTheArenaOfTheCaller() throws {
    var table = AttributeTable()
    let expression = try compile("UCase([mail])", &table)
    let entry = Self.first.entry(table)
    let arena = ByteArena()
    let code = expression.code(on: Entry.self)
    guard case .text(let made) = try code.evaluate(entry, arena: arena) else {
      Issue.record("no text")
      return
    }
    entry.arena.reset()
    _ = entry.arena.copy(Array("another object's values".utf8))
    #expect(made.string == "ANN@CORP.LOCAL")
  }
}
