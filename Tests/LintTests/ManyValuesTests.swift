import Checks
import Findings
import Lint
import TestKit
import Testing

/// Objects with thousands of values: found, silenced and explained in good time.
@Suite struct ManyValuesTests {
  private static func user(_ name: String, _ lines: [String]) -> String {
    "dn: CN=\(name),DC=contoso,DC=com\nobjectClass: user\ncn: \(name)\nsAMAccountName: \(name)\n"
      + "userPrincipalName: \(name)@contoso.com\n" + lines.map { $0 + "\n" }.joined() + "\n"
  }

  @Test(.timeLimit(.minutes(1)), arguments: [2, 70]) func sharedAddressesAreToldOfEach(
    _ count: Int
  ) throws {
    let each = 6_000 / count
    let lines = (0..<each).map { "proxyAddresses: smtp:x\($0)@contoso.com" }
    let text = (0..<count).map { Self.user("u\($0)", lines) }.joined()
    let findings = try Lint.of(text).findings().filter { $0.role != nil }
    #expect(findings.count == each * count)
    for finding in findings {
      let others = finding.related.count + finding.relatedOmitted
      #expect(others == count - 1)
      #expect(finding.related.allSatisfy { $0.value == finding.value && $0.dn != finding.dn })
    }
  }

  /// What is joined with the object at hand is no other holder, listed or not.
  @Test func othersAreCountedWithoutTheObjectsOfOnePerson() throws {
    let address = "proxyAddresses: smtp:x@contoso.com"
    let sid = "objectSid:: AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAAUAQAAA=="
    let own = (0..<20).map { Self.user("a\($0)", [address, sid]) }
    let others = (0..<70).map { Self.user("b\($0)", [address]) }
    var settings = CheckSettings()
    settings.tenant.join = .sid
    let findings = try Lint.of(
      (own + others).joined(), rules: try Lint.rules(only: ["DUP001"], settings: settings)
    ).findings()
    #expect(findings.count == 90)
    for finding in findings {
      let isOwn = String(decoding: finding.dn, as: UTF8.self).hasPrefix("CN=a")
      #expect(finding.related.count + finding.relatedOmitted == (isOwn ? 70 : 89))
    }
  }

  /// Values that lie between those of other attributes are the ones that are shown.
  @Test(.timeLimit(.minutes(1))) func scatteredValuesAreFoundAgain() throws {
    let lines = (0..<4_000).flatMap {
      ["proxyAddresses: smtp: x\($0)@contoso.com", "description: d\($0)", "otherMailbox: m\($0)"]
    }
    let findings = try Lint.of(Self.user("u", lines)).findings()
    let values = Set(findings.filter { $0.attribute == "proxyAddresses" }.compactMap(\.value))
    #expect(values == Set((0..<4_000).map { Array("smtp: x\($0)@contoso.com".utf8) }))
  }

  /// A rule that comes after another is silent on the same values of an object, be they few or many.
  @Test(arguments: [3, 17, 200]) func silenceIsByValue(_ count: Int) throws {
    let lines = (0..<count).map { "proxyAddresses: smtp: x\($0)@contoso.com " }
    let one = try Lint.of(Self.user("u", Array(lines.prefix(1)))).findings()
    let all = try Lint.of(Self.user("u", lines)).findings()
    func rules(_ findings: [Finding]) -> [[UInt8]: [String]] {
      Dictionary(grouping: findings.filter { $0.value != nil }, by: { $0.value ?? [] })
        .mapValues { $0.map(\.rule).sorted() }
    }
    let wanted = try #require(rules(one)[Array("smtp: x0@contoso.com ".utf8)])
    let found = rules(all).filter { String(decoding: $0.key, as: UTF8.self).hasPrefix("smtp: x") }
    #expect(found.count == count)
    #expect(found.values.allSatisfy { $0 == wanted })
  }
}
