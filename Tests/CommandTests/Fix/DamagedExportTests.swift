import Foundation
import Testing

/// Exports of which a part is damaged: nothing is written where it is not known what the object is.
@Suite struct DamagedExportTests {
  private static func person(_ name: String, _ lines: String...) -> String {
    "dn: CN=\(name),DC=x,DC=com\nobjectClass: user\ncn: \(name)\nsAMAccountName: \(name)\n"
      + "userAccountControl: 512\n" + lines.map { $0 + "\n" }.joined() + "\n"
  }

  /// A folder with an export in Latin-1: one object has such letters, one has none.
  private static func place() throws -> Workplace {
    let text =
      person("a", "mail: b\u{F6}rn b@x.com", "proxyAddresses: smtp:a a@x.com")
      + person("b", "proxyAddresses: smtp:b b@x.com")
    let place = try Workplace()
    try place.write(try #require(text.data(using: .isoLatin1)), to: "export.ldif")
    return place
  }

  @Test func objectWithDamagedValuesIsLeftToAPerson() throws {
    let made = try Self.place().run(
      "fix", "export.ldif", "-o", "-", "--list-left", "--unsafe-fixes")
    #expect(made.status == 2)
    #expect(made.output.contains("dn: CN=b,DC=x,DC=com"), "\(made.output)")
    #expect(!made.output.contains("CN=a,"), "\(made.output)")
    #expect(made.errors.contains("not UTF-8"), "\(made.errors)")
    #expect(made.errors.contains("a part of this object damaged"), "\(made.errors)")
  }

  @Test func nothingOrderedIsWrittenForIt() throws {
    let place = try Self.place()
    try place.write(
      "dn: CN=a,DC=x,DC=com\nchangetype: modify\ndelete: proxyAddresses\n"
        + "proxyAddresses: smtp:a a@x.com\n-\n\n", to: "p.ldif")
    let checked = try place.run("fix", "export.ldif", "--check", "p.ldif")
    #expect(checked.status == 2)
    #expect(checked.errors.contains("a part of the object damaged"), "\(checked.errors)")
  }
}
