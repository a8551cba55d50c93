import Bytes
import Checks
import Directory
import LDIF
import Lint
import System
import TestKit
import Testing

@testable import Repairs

/// Which edits are at fault for what is new.
@Suite struct BlameTests {
  private static func user(_ name: String, upn: String, mail: String) -> String {
    """
    dn: CN=\(name),DC=contoso,DC=com
    objectClass: user
    sAMAccountName: \(name)
    userAccountControl: 512
    displayName: \(name)
    userPrincipalName: \(upn)
    mail: \(mail)
    proxyAddresses: SMTP:\(mail)


    """
  }

  private static func lint(_ users: [String]) throws -> LintResult {
    let bench = try #require(Bench.all.get().first)
    let records = users.joined().withByteView { ContentReader.read($0).records }
    try #require(records.count == users.count)
    return try bench.lint(Forest(sources: [records]))
  }

  /// The faults for all findings of the rule with this id, as `object/suspect`.
  private static func faults(
    _ rule: String, in users: [String],
    _ suspects: [Int: [(String, ValueEdit, isSafe: Bool)]], _ reach: Blame.Reach = .nearest
  ) throws -> Set<String> {
    let result = try lint(users)
    let table = result.context.ruleSet.table
    let names = (0..<users.count).map { "cn=\(letters[$0]),dc=contoso,dc=com".bytes }
    let positions = result.positions(of: Set(names))
    let places = try names.map { try #require(positions[$0]?.first) }
    var byPosition: [Int: [Blame.Suspect]] = [:]
    for (object, list) in suspects {
      byPosition[places[object]] = list.map {
        Blame.Suspect(attribute: table.find($0.0), value: $0.1, isSafe: $0.isSafe)
      }
    }
    let blame = Blame(byPosition, reach, result.findings, of: result) { finding in
      result.context.ruleSet.rules[Int(finding.rule)].id == rule
    }
    try #require(blame.isAnythingNew, "the rule does not fire")
    return Set(
      blame.faults.map { fault in
        "\(places.firstIndex(of: fault.position) ?? -1)/\(fault.suspect)"
      })
  }

  static let letters = ["a", "b", "c"]

  private static func edit(_ old: String?, _ new: String?) -> ValueEdit {
    ValueEdit(old: old?.bytes, new: new?.bytes)
  }

  @Test func whatMadeTheValueIsAtFault() throws {
    let users = [
      Self.user("a", upn: "a%@contoso.com", mail: "a@contoso.com"),
      Self.user("b", upn: "b@contoso.com", mail: "b@contoso.com"),
    ]
    let upn = ("userPrincipalName", Self.edit("x", "a%@contoso.com"), isSafe: true)
    let other = ("userPrincipalName", Self.edit("y", "z"), isSafe: true)
    let name = ("displayName", Self.edit("x", "a"), isSafe: true)
    let unknown = ("x-unknown", Self.edit("x", "y"), isSafe: true)
    // The edit of the value; else of the attribute; else all of the object, and of no other.
    #expect(try Self.faults("UPN003", in: users, [0: [name, upn, other], 1: [name]]) == ["0/1"])
    #expect(try Self.faults("UPN003", in: users, [0: [name, other], 1: [name]]) == ["0/1"])
    #expect(
      try Self.faults("UPN003", in: users, [0: [name, unknown], 1: [name]]) == ["0/0", "0/1"])
    #expect(try Self.faults("UPN003", in: users, [1: [name]]) == [])
    #expect(
      try Self.faults("UPN003", in: users, [0: [name, upn], 1: [name]], .all) == ["0/0", "0/1"])
  }

  @Test func whatMadeACollisionIsAtFault() throws {
    let users = [
      Self.user("a", upn: "x@contoso.com", mail: "a@contoso.com"),
      Self.user("b", upn: "X@contoso.com", mail: "b@contoso.com"),
      Self.user("c", upn: "c@contoso.com", mail: "c@contoso.com"),
    ]
    let one = ("userPrincipalName", Self.edit("x ", "x@contoso.com"), isSafe: true)
    let two = ("userPrincipalName", Self.edit("x_", "X@contoso.com"), isSafe: true)
    let unsafe = ("userPrincipalName", Self.edit("x_", "X@contoso.com"), isSafe: false)
    let gone = ("userPrincipalName", Self.edit("x@contoso.com", "c@contoso.com"), isSafe: true)
    let name = ("displayName", Self.edit("x", "a"), isSafe: true)
    // Each holder that came to the value; one alone for the findings of both.
    #expect(try Self.faults("DUP001", in: users, [0: [name, one], 1: [two]]) == ["0/1", "1/0"])
    #expect(try Self.faults("DUP001", in: users, [0: [name, one], 1: [name]]) == ["0/1"])
    // What is not safe goes first.
    #expect(try Self.faults("DUP001", in: users, [0: [one], 1: [unsafe]]) == ["1/0"])
    // Who gave the value up is at fault, too.
    #expect(try Self.faults("DUP001", in: users, [2: [name, gone]]) == ["2/1"])
    // Where no edit is about the value, all of a holder's.
    #expect(try Self.faults("DUP001", in: users, [0: [name], 2: [name]]) == ["0/0"])
  }
}
