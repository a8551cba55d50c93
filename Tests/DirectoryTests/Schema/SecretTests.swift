import Bytes
import Testing

@testable import Directory

@Suite struct SecretTests {
  @Test(arguments: SecretAttributes.names)
  func nameIsKnownHoweverItIsWritten(_ name: String) {
    for written in [
      name, name.uppercased(), name.lowercased(), "\(name);binary", "\(name);x-1;x-2",
      "OID.\(name)",
    ] {
      #expect(SecretAttributes.contains(written))
      #expect(written.withByteView { SecretAttributes.contains($0) })
    }
  }

  @Test(arguments: [
    "cn", "", "userPrincipalName", "pwdLastSet", "*", ";", "2.5.4.3", "2.5.4.350", "oid.",
    "userPasswor",
    "userPasswords",
  ])
  func nameIsNoSecret(_ name: String) {
    #expect(!SecretAttributes.contains(name))
  }

  @Test func namesAreUnique() {
    #expect(
      Set(SecretAttributes.names.map { $0.lowercased() }).count == SecretAttributes.names.count)
  }

  /// Lines on which `name` is followed by a value.
  private static func lines(_ name: String) -> [String] {
    [
      "\(name): S3CRET", "\(name) : S3CRET", "\(name) S3CRET", "\(name)\tS3CRET",
      "\(name):: UzNDUkVU",
      "\(name):S3CRET", "\(name)=S3CRET", "\(name);x-1: S3CRET", "\(name);S3CRET", "\(name)S3CRET",
      "\(name.uppercased()): S3CRET", "dn: \(name): S3CRET", "dn:: \(name): S3CRET",
      " \(name): S3CRET",
      "\u{FEFF}\(name): S3CRET", "\"\(name)\",\"S3CRET\"", "add: \(name)\r\n S3CRET",
      "oid.\(name): S3CRET",
      "\(name.prefix(3))\n \(name.dropFirst(3)): S3CRET", "\(name)\n  S3CRET",
      "mail: x \(name): S3CRET", name.map { "\($0)\0" }.joined() + ":\0 \0S3CRET",
    ]
  }

  @Test(arguments: SecretAttributes.names)
  func lineLosesItsSecret(_ name: String) throws {
    for line in Self.lines(name) {
      let masked = try #require(SecretLine.masked(Array(line.utf8)), "\(line)")
      let text = String(decoding: masked, as: UTF8.self)
      #expect(!text.contains("S3CRET") && !text.contains("UzNDUkVU"), "\(line)")
      #expect(text.hasSuffix(": [redacted]"))
    }
  }

  @Test(arguments: [
    "", "mail: a@b.c", "dn: CN=a", ": x", " x", "pwdLastSet: 0", "no colon", "userPass",
    "xuserPassword: x",
    "userPass\nword: x",
  ])
  func lineHasNoSecret(_ line: String) {
    #expect(SecretLine.masked(Array(line.utf8)) == nil)
  }

  @Test(arguments: [
    ("no quotation", "no quotation"), ("\"a\" b \"c", "\"[redacted]\" b \"[redacted]"),
  ]) func quotationsAreMasked(_ text: String, _ expected: String) {
    #expect(
      String(decoding: SecretLine.maskingQuotations(Array(text.utf8)), as: UTF8.self) == expected)
  }

  @Test(arguments: [
    ("oid.2.5.4.35;x", "userPassword"), ("0.9.2342.19200300.100.1.3", "mail"), ("Mail;x-1", "Mail"),
    ("1.2.3", "1.2.3"), ("OID.9", "9"), ("", ""),
  ]) func descriptionNamesAnAttribute(_ description: String, _ name: String) {
    #expect(Schema.name(description) == name)
  }

  @Test func nameOfAnEntryMayBeASecretByMistake() {
    for name in SecretAttributes.names {
      #expect(SecretLine.begins(Array("\(name): S3CRET".utf8)))
      #expect(SecretLine.shown(dn: Array("\(name): S3CRET".utf8)) == Array(SecretLine.mask.utf8))
      #expect(SecretLine.begins(Array(" \(name.uppercased());x-1=S3CRET".utf8)))
    }
    for dn in ["", "CN=userPassword,DC=x", "DC=x", "cn=unicodePwd: x"] {
      #expect(!SecretLine.begins(Array(dn.utf8)), "\(dn)")
    }
  }
}
