import Rules
import Testing

@testable import Sync

/// Who is one person with whom, over all forests.
@Suite struct PersonsTests {
  private static let sid = String(repeating: "S", count: 28)

  private static func keys(
    _ values: Values, _ objectClass: ObjectClass = .user, join: TenantSettings.Join = .sid
  ) -> [JoinKey] {
    var tenant = TenantSettings()
    tenant.join = join
    let view = ObjectView(.of(tenant))
    view.fill(values)
    return view.joinKeys(objectClass)
  }

  private static func persons(_ members: [(Int, [JoinKey])]) -> [Int] {
    let persons = Persons(members.map { Persons.Member(forest: $0.0, keys: $0.1) })
    return members.indices.map { persons[$0] }
  }

  @Test func aSIDJoinsAnAccountWithItsLinkedMailbox() {
    let account = Self.keys(["objectSid": Self.sid])
    let mailbox = Self.keys([
      "objectSid": Self.sid.lowercased(), "msExchMasterAccountSid": Self.sid,
    ])
    #expect(Self.persons([(0, account), (1, mailbox)]) == [0, 0])
    // Also within one forest.
    #expect(Self.persons([(0, account), (0, mailbox)]) == [0, 0])
  }

  @Test func selfIsNoMaster() {
    // NT AUTHORITY\SELF, S-1-5-10, has twelve bytes.
    #expect(Self.keys(["msExchMasterAccountSid": String(repeating: "s", count: 12)]) == [])
  }

  @Test func mailJoinsAcrossForestsOnly() {
    let ann = Self.keys(["mail": "Ann@Contoso.com "], join: .mail)
    let other = Self.keys(["mail": "ann@contoso.com"], join: .mail)
    #expect(ann == other)
    #expect(Self.persons([(0, ann), (1, other)]) == [0, 0])
    #expect(Self.persons([(0, ann), (0, other)]) == [0, 1])
  }

  @Test func aForestWithTwoIsLeftOut() {
    let key = Self.keys(["mail": "ann@contoso.com"], join: .mail)
    #expect(Self.persons([(0, key), (0, key), (1, key), (2, key)]) == [0, 1, 2, 2])
  }

  @Test func joinsAreTransitive() {
    let (a, b) = (
      Self.keys(["mail": "a@x.com"], join: .mail), Self.keys(["mail": "b@x.com"], join: .mail)
    )
    #expect(Self.persons([(0, a), (1, b), (2, a + b)]) == [0, 0, 0])
  }

  @Test func accountAndNicknameMustBothBeThere() {
    let both: Values = ["sAMAccountName": "ann", "mailNickname": "ann.b"]
    #expect(Self.keys(both, join: .samNickname).count == 1)
    #expect(Self.keys(["sAMAccountName": "ann"], join: .samNickname) == [])
  }

  @Test func contactsJoinOnMailWhateverPersonsJoinOn() {
    for join in [TenantSettings.Join.sid, .none, .mail] {
      #expect(Self.keys(["mail": "x@contoso.com"], .contact, join: join).count == 1)
    }
    let contact = Self.keys(["mail": "x@contoso.com"], .contact)
    #expect(contact != Self.keys(["mail": "x@contoso.com"], .user, join: .mail))
  }

  @Test func groupsAndThoseWithoutAJoinAreThemselves() {
    #expect(Self.keys(["mail": "x@contoso.com"], .group, join: .mail) == [])
    #expect(Self.keys(["objectSid": Self.sid], join: .none) == [])
    #expect(Self.persons([(0, []), (1, []), (2, [])]) == [0, 1, 2])
  }
}
