import Foundation
import Testing

/// An object that is in the data more than once: it is one object, and its copy is no other holder.
@Suite struct CopyTests {
  private static func user(
    _ name: String, guid: Int? = nil, changed: String? = nil, mail: String = "tim@contoso.com",
    more: String = ""
  ) -> String {
    var text = """
      dn: CN=\(name),OU=Staff,DC=contoso,DC=com
      objectClass: user
      cn: \(name)
      sAMAccountName: \(name)
      userPrincipalName: \(mail)
      mail: \(mail)
      proxyAddresses: SMTP:\(mail)
      mailNickname: \(name)

      """
    if let guid {
      let bytes = Data(repeating: UInt8(guid), count: 16).base64EncodedString()
      text += "objectGUID:: \(bytes)\n"
    }
    if let changed { text += "whenChanged: \(changed)\n" }
    return text + more + "\n"
  }

  @Test(arguments: [nil, 7]) func overlappingExportsOfAForestAreNoDuplicates(_ guid: Int?) throws {
    let place = try Workplace()
    try place.write(Self.user("tim", guid: guid), to: "a.ldif")
    try place.write(Self.user("tim", guid: guid), to: "b.ldif")
    let check = try place.run("check", "CORP=a.ldif", "CORP=b.ldif")
    #expect(check.status == 0)
    #expect(!check.output.contains("DUP"))
    #expect(check.output.contains("in the data more than once"))
    let fix = try place.run("fix", "CORP=a.ldif", "CORP=b.ldif", "--unsafe-fixes", "--diff")
    #expect(fix.status == 0)
    #expect(!fix.output.contains("tim@contoso.com"))
  }

  @Test func theSameGUIDUnderAnotherNameIsOneObject() throws {
    let place = try Workplace(
      Self.user("tim", guid: 7, changed: "20260101000000.0Z")
        + Self.user("tim moved", guid: 7, changed: "20260201000000.0Z"))
    let check = try place.check()
    #expect(check.status == 0)
    #expect(check.output.contains("1 user"))
  }

  /// One word in check, fix, --decisions and --check: what one of them plans, the others take.
  @Test(arguments: [nil, 7]) func patchesOfObjectsWithCopiesAreAccepted(_ guid: Int?) throws {
    let place = try Workplace()
    for name in ["a.ldif", "b.ldif"] {
      let user = Self.user("tim", guid: guid, more: "proxyAddresses: smtp:tim t@contoso.com\n")
      try place.write(user, to: name)
    }
    try place.write(try place.read("a.ldif") + place.read("b.ldif"), to: "both.ldif")
    for sources in [["both.ldif"], ["CORP=a.ldif", "CORP=b.ldif"]] {
      let fix = try place.run(["fix"] + sources + ["-o", "patch.ldif"])
      #expect(try place.read("patch.ldif").contains("timt@contoso.com"), "\(fix.errors)")
      let check = try place.run(["fix"] + sources + ["--check", "patch.ldif"])
      #expect(check.status == fix.status, "\(check.errors)")
      #expect(!check.errors.contains("more than once"))
      _ = try place.run(
        ["check"] + sources + ["--report", "decisions=d.csv", "-q"])
      let decided = try place.run(
        ["fix"] + sources + ["--decisions", "d.csv", "-o", "decided.ldif"])
      #expect(decided.status == fix.status, "\(decided.errors)")
      #expect(try place.read("decided.ldif").contains("timt@contoso.com"))
    }
  }

  @Test(arguments: [
    ("20260101000000.0Z", "20260201000000.0Z"), ("20260201000000.0Z", "20260101000000.0Z"),
  ])
  func theNewestCopyCounts(_ first: String, _ second: String) throws {
    let place = try Workplace(
      Self.user("tim", guid: 7, changed: first, mail: "old tim@contoso.com")
        + Self.user("tim", guid: 7, changed: second, mail: "tim@contoso.com"))
    let check = try place.check()
    #expect(check.output.contains("old tim@contoso.com") == (first > second))
  }

  @Test func ofCopiesWithoutATimeTheFirstCounts() throws {
    let place = try Workplace(
      Self.user("tim", mail: "old tim@contoso.com") + Self.user("tim", mail: "tim@contoso.com"))
    #expect(try place.check().output.contains("old tim@contoso.com"))
  }

  @Test func twoForestsMayHaveTheSameName() throws {
    let place = try Workplace()
    try place.write(Self.user("tim"), to: "a.ldif")
    try place.write(Self.user("tim"), to: "b.ldif")
    let check = try place.run("check", "a.ldif", "b.ldif")
    #expect(check.output.contains("DUP001"))
  }

  /// An export without objectGUID beside one with it: the name is what they share.
  @Test func aCopyWithoutGUIDIsFoundByItsName() throws {
    let place = try Workplace(
      Self.user("tim", guid: 7) + Self.user("tom", guid: 8, mail: "tom@contoso.com"))
    try place.write(Self.user("TIM").replacing("TIM@", with: "tim@"), to: "b.ldif")
    let check = try place.run("check", "CORP=export.ldif", "CORP=b.ldif")
    #expect(!check.output.contains("DUP"))
    #expect(check.output.contains("in the data more than once"))
  }

  @Test func anotherObjectWithTheAddressIsStillFound() throws {
    let place = try Workplace(
      Self.user("tim", guid: 7) + Self.user("tim", guid: 7) + Self.user("tom", guid: 8))
    let check = try place.check()
    #expect(check.output.contains("DUP001"))
    #expect(!check.output.contains("also held by 2"))
  }
}
