import Foundation
import Testing

/// Patches that somebody has edited by hand.
@Suite struct PatchCheckTests {
  static let dn = "CN=bob,OU=Staff,DC=contoso,DC=com"

  private static func check(_ patch: String, _ export: String? = nil) throws -> Outcome {
    let place = try Workplace(export ?? DecisionsTests.export)
    try place.write(patch, to: "patch.ldif")
    let before = try FileManager.default.contentsOfDirectory(atPath: place.folder.path).sorted()
    let ran = try place.run("fix", "export.ldif", "--check", "patch.ldif")
    let after = try FileManager.default.contentsOfDirectory(atPath: place.folder.path).sorted()
    #expect(before == after, "it wrote something")
    return ran
  }

  private static func swap(_ old: String, _ new: String) -> String {
    """
    version: 1

    dn: \(dn)
    changetype: modify
    delete: userPrincipalName
    userPrincipalName: \(old)
    -
    add: userPrincipalName
    userPrincipalName: \(new)
    -


    """
  }

  @Test func aPatchAsFixWroteItIsRight() throws {
    let place = try Workplace(DecisionsTests.export)
    #expect(try place.run("fix", "export.ldif", "-o", "patch.ldif", "--unsafe-fixes").status <= 1)
    let ran = try place.run("fix", "export.ldif", "--check", "patch.ldif")
    #expect(ran.status <= 1, "\(ran.errors)")
    #expect(ran.errors.contains("objects to change; findings before "), "\(ran.errors)")
    #expect(ran.errors.contains("new 0"), "\(ran.errors)")
  }

  @Test func aGoodEditIsRight() throws {
    let ran = try Self.check(Self.swap("bob%@contoso.com", "robert@contoso.com"))
    #expect(ran.status <= 1, "\(ran.errors)")
    #expect(ran.errors.contains("new 0"), "\(ran.errors)")
  }

  @Test(arguments: [
    ("bob%@contoso.com", "carl@contoso.com", "DUP001"),
    ("bob%@contoso.com", "bob@contoso.local", "UPN006"),
    ("bob?@contoso.com", "robert@contoso.com", "does not have the value"),
    ("Bob%@contoso.com", "robert@contoso.com", "it is written \"bob%@contoso.com\" there"),
  ])
  func aWrongEditIsRefused(old: String, new: String, words: String) throws {
    let ran = try Self.check(Self.swap(old, new))
    #expect(ran.status == 2)
    #expect(ran.errors.contains("patch.ldif: line 3: \(Self.dn)"), "\(ran.errors)")
    #expect(ran.errors.contains(words), "\(ran.errors)")
  }

  @Test(arguments: [
    ("dn: CN=nobody,DC=contoso,DC=com\nchangetype: modify\ndelete: mail\n-\n\n", "no such object"),
    ("dn: CN=bob,OU=Staff,DC=contoso,DC=com\nchangetype: delete\n\n", "changetype: modify"),
    (
      "dn: CN=bob,OU=Staff,DC=contoso,DC=com\nchangetype: modify\nadd: mail\nmail: b@contoso.com\n-\n\n",
      "one value only"
    ),
    ("dn: CN=bob,OU=Staff,DC=contoso,DC=com\nchangetype: modify\nadd: mail\nmail b\n", "line 4"),
  ])
  func whatNoServerWouldTakeIsRefused(patch: String, words: String) throws {
    let ran = try Self.check(patch)
    #expect(ran.status == 2)
    #expect(ran.errors.contains(words), "\(ran.errors)")
  }

  /// The data has changed since the patch was made.
  @Test func aPatchForOtherDataIsRefused() throws {
    let ran = try Self.check(
      Self.swap("bob%@contoso.com", "robert@contoso.com"),
      DecisionsTests.export.replacing("bob%@", with: "bert@"))
    #expect(ran.status == 2)
    #expect(ran.errors.contains("does not have the value"), "\(ran.errors)")
  }
}
