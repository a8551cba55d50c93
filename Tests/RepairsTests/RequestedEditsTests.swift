import Bytes
import Directory
import LDIF
import Lint
import TestKit
import Testing

@testable import Repairs

/// What people ask for, carried out on objects that are found by their names.
@Suite struct RequestedEditsTests {
  private static let text = """
    dn: CN=a,DC=contoso,DC=com
    objectClass: user
    displayName: A
    msExchPoliciesIncluded: {1}
    proxyAddresses: SMTP:a@contoso.com
    proxyAddresses: smtp:x@contoso.com

    dn: CN=b,DC=contoso,DC=com
    objectClass: user
    mail: b@contoso.com

    dn: cn=B, dc=contoso,dc=com
    objectClass: user

    dn: CN=c,DC=contoso,DC=com
    objectClass: user
    mail: c@contoso.com

    """

  private static func requested(_ requests: [EditRequest]) throws -> RequestedEdits {
    let bench = try #require(Bench.all.get().first)
    let records = text.withByteView { ContentReader.read($0).records }
    try #require(records.count == 4)
    return try RequestedEdits(requests, of: bench.lint(Forest(sources: [records, [records[3]]])))
  }

  private static func request(
    _ row: Int, _ dn: String, _ modifications: Modification...
  ) -> EditRequest {
    EditRequest(place: .row(row), dn: dn.bytes, modifications: modifications)
  }

  @Test func requestsOfOneObjectAreOneEdit() throws {
    let requested = try Self.requested([
      Self.request(
        2, "cn=A, DC=contoso,DC=com",
        Modification(.delete, "PROXYADDRESSES", ["smtp:x@contoso.com".bytes]),
        Modification(.add, "proxyAddresses", ["smtp:y@contoso.com".bytes])),
      Self.request(3, "CN=a,DC=contoso,DC=com", Modification(.add, "title", ["chief".bytes])),
      Self.request(4, "CN=a,DC=contoso,DC=com", Modification(.add, "displayName", ["B".bytes])),
    ])
    try #require(requested.objects.count == 1)
    let object = requested.objects[0]
    #expect(object.edit.dn.text == "CN=a,DC=contoso,DC=com")
    #expect(object.edit.isUnderAddressPolicy)
    #expect(
      object.edit.modifications == [
        Modification(.delete, "proxyAddresses", ["smtp:x@contoso.com".bytes]),
        Modification(.add, "proxyAddresses", ["smtp:y@contoso.com".bytes]),
        Modification(.add, "title", ["chief".bytes]),
      ])
    #expect(object.requests.map(\.place) == [.row(2), .row(3)])
    #expect(object.changes.map(\.request) == [0, 0, 1])
    #expect(
      requested.wrong == [
        EditProblem(
          place: .row(4), dn: "CN=a,DC=contoso,DC=com".bytes,
          reason: "displayName can have one value only; delete the old one")
      ])
  }

  /// All of a request or nothing.
  @Test(arguments: [
    (Modification(.delete, "mail", []), "mail has no value"),
    (Modification(.delete, "displayName", ["B".bytes]), "does not have the value \"B\""),
    (Modification(.delete, "displayName", ["a".bytes]), "it is written \"A\" there"),
    (
      Modification(.add, "proxyAddresses", ["smtp:A@contoso.com".bytes]),
      "has the value \"smtp:A@contoso.com\" already"
    ),
    (Modification(.add, "title", [[]]), "an empty value cannot be stored in title"),
    (
      Modification(.replace, "displayName", ["B".bytes, "C".bytes]),
      "displayName can have one value only"
    ),
  ])
  func whatAServerWouldNotTake(_ modification: Modification, words: String) throws {
    let fine = Modification(.add, "title", ["chief".bytes])
    let requested = try Self.requested([
      Self.request(7, "CN=a,DC=contoso,DC=com", fine, modification)
    ])
    #expect(requested.objects.isEmpty)
    try #require(requested.wrong.count == 1)
    #expect(requested.wrong[0].reason.contains(words), "\(requested.wrong[0].reason)")
  }

  /// Another copy of an object is no other object, but another forest's is.
  @Test func namesThatAreNotOneObject() throws {
    let remove = Modification(.delete, "mail", [])
    let requested = try Self.requested([
      Self.request(2, "CN=nobody,DC=contoso,DC=com", remove),
      Self.request(3, "CN=c,DC=contoso,DC=com", remove),
      Self.request(4, "CN=b,DC=contoso,DC=com", remove),
    ])
    #expect(requested.objects.map(\.edit.dn.text) == ["CN=b,DC=contoso,DC=com"])
    #expect(
      Set(requested.wrong.map(\.reason)) == [
        "there is no such object in the sources", "the object is there more than once",
      ])
  }
}
