import Foundation
import Testing

/// Plans as scripts: what runs is what was planned, whatever the values hold.
@Suite struct PowerShellTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The commands that the script `name` runs, by its grammar.
  private static func commands(_ place: Workplace, _ name: String) throws -> [String] {
    let parser = root.appendingPathComponent("Tests/Support/PowerShell")
    let python = root.appendingPathComponent(".build/python/bin/python").path
    try #require(
      FileManager.default.isExecutableFile(atPath: python),
      "Tests/Support/PowerShell/install.sh installs the grammar")
    let ran = try place.shell("'\(python)' '\(parser.path)/parse.py' \(name)")
    #expect(ran.status == 0, "\(ran.errors)")
    let frame = ["Set-StrictMode", "Import-Module", "Write-Entry"]
    return ran.output.split(separator: "\n").map(String.init).filter { !frame.contains($0) }
  }

  @Test(arguments: [
    "a'; Remove-Item x; 'b", "a\u{2019}; Remove-Item x; \u{2019}b", "\u{2018}\u{201A}\u{201B}x",
    "$(Remove-Item x)", "a`\"b", "@'", "#>", "a\u{202E}b", "-Apply", "a'", "'", "{ } ; |",
  ])
  func noValueBreaksOut(_ hostile: String) throws {
    let name = Data(
      "CN=\(hostile.replacing(";", with: "\\;").replacing("\"", with: "\\\"").replacing("#", with: "\\#")),DC=contoso,DC=com"
        .utf8)
    let place = try Workplace(
      """
      dn:: \(name.base64EncodedString())
      objectClass: user
      cn: x
      objectGUID:: AAECAwQFBgcICQoLDA0ODw==
      sAMAccountName: x
      userAccountControl: 512
      mail:: \(Data("a b@contoso.com".utf8).base64EncodedString())
      displayName:: \(Data(" \(hostile) ".utf8).base64EncodedString())


      """)
    let made = try place.run(
      "fix", "export.ldif", "-o", "p.ps1", "--format", "powershell", "--unsafe-fixes")
    #expect(made.status <= 1, "\(made.errors)")
    for name in ["p.ps1", "p.undo.ps1"] {
      #expect(try Self.commands(place, name) == ["Edit-Entry"])
      let text = try place.read(name)
      #expect(text.contains("Edit-Entry '03020100-0504-0706-0809-0a0b0c0d0e0f' "))
      #expect(text.contains("never run on Windows") && !text.contains("\u{202E}"))
    }
  }
}
