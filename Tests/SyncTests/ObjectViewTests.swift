import Bytes
import Directory
import Testing

@testable import Sync

@Suite struct ObjectViewTests {
  @Test(
    arguments: [
      (["homeMDB": "CN=DB1"], true), (["msExchRecipientTypeDetails": "1"], true),
      (["msExchRecipientTypeDetails": "2147483648"], true),
      (["msExchRecipientTypeDetails": "128"], false), ([:], false),
    ] as [([String: String], Bool)])
  func aMailboxIsADatabaseOrAType(_ values: [String: String], _ expected: Bool) {
    let view = ObjectView(.of())
    view.fill([:])
    for (name, value) in values {
      guard let attribute = view.sync.table.find(name) else { continue }
      view.entry.append(view.entry.arena.copy(Array(value.utf8)), to: attribute)
    }
    #expect(view.hasMailbox == expected)
    #expect(view.isRecipient == expected)
  }

  @Test func theFlagsSayWhetherAnAccountIsEnabled() {
    let view = ObjectView(.of())
    view.fill(["userAccountControl": "512"])
    #expect(view.isEnabled)
    view.fill(["userAccountControl": "514"])
    #expect(!view.isEnabled)
    view.fill([:])
    #expect(view.isEnabled)
  }

  @Test func thePrimaryIsTheFirstInCapitals() {
    let view = ObjectView(.of())
    view.fill(["proxyAddresses": "smtp:a@x.com"])
    #expect(view.primarySMTP == nil)
    view.fill([
      "proxyAddresses": "X500:/o=x", "proxyAddresses": "SMTP:", "proxyAddresses": "SMTP:b@x.com",
    ])
    #expect(view.primarySMTP?.string == "b@x.com")
    view.fill([:])
    #expect(view.primarySMTP == nil)
  }

  /// An entry that was filled without a reset has the first generation: what was scanned before is
  /// nothing yet.
  @Test func nothingIsKnownOfAnEntryThatHasNotBeenScanned() throws {
    let view = ObjectView(.of())
    let mail = try #require(view.sync.table.find("mail"))
    view.entry.append(ByteView("a@x.com"), to: mail)
    var seen: [String] = []
    view.forEachScanned(mail) { seen.append("\($1.value.string) \($1.at)") }
    #expect(seen == ["a@x.com 1"])
  }
}
