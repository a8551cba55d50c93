import Foundation
import Testing

/// Files that a run reads: nothing of it is written over one, whatever it is called, and none keeps it
/// waiting.
@Suite struct InputPlaceTests {
  /// A place with a pack, decisions, domains and a patch that can all be read.
  private static func place() throws -> Workplace {
    let place = try Workplace(Export.local)
    try FileManager.default.createDirectory(
      atPath: place.path("own"), withIntermediateDirectories: true)
    try place.write(
      "name: own\ntitle: A pack\nversion: '1'\nextends: [base]\n", to: "own/pack.yaml")
    try FileManager.default.createDirectory(
      atPath: place.path("base"), withIntermediateDirectories: true)
    try place.write(
      "name: base\ntitle: A pack\nversion: '1'\nscope: { ad: { user: [] }, ldap: { user: [] } }\n",
      to: "base/pack.yaml")
    try place.write("contoso.com\n", to: "domains.txt")
    try place.write("contoso\n", to: "tld.txt")
    try place.write("fingerprint,dn,attribute,value,ACTION,NEWVALUE\r\n", to: "decisions.csv")
    try place.write("dn: CN=a\nchangetype: modify\nadd: mail\nmail: a\n-\n\n", to: "patch.ldif")
    try place.writePassword("S3CRET")
    for (link, name) in [("pack.link", "own/pack.yaml"), ("domains.link", "domains.txt")] {
      try FileManager.default.createSymbolicLink(
        atPath: place.path(link), withDestinationPath: name)
    }
    try FileManager.default.linkItem(
      atPath: place.path("decisions.csv"), toPath: place.path("hard.csv"))
    return place
  }

  private static let all = "--pack ./own --verified-domain domains.txt --tld-file tld.txt"
  private static let live = "ldap://127.0.0.1:1 --bind-dn cn=a --password-file password"

  @Test(arguments: [
    "own/pack.yaml", "./own/../own/pack.yaml", "base/pack.yaml", "pack.link", "domains.txt",
    "domains.link", "tld.txt", "decisions.csv", "hard.csv",
  ])
  func nothingIsWrittenOverAnInput(_ name: String) throws {
    let place = try Self.place()
    var lines = [
      "fix export.ldif \(Self.all) --decisions decisions.csv -o '\(name)'",
      "fix export.ldif \(Self.all) --decisions decisions.csv -o p.ldif --undo '\(name)'",
      "fix \(Self.live) \(Self.all) --decisions decisions.csv -o p.ldif --save '\(name)'",
    ]
    if !name.hasSuffix(".csv") {
      lines += [
        "check export.ldif \(Self.all) -o '\(name)'",
        "check export.ldif \(Self.all) --report 'json=\(name)'",
        "check export.ldif \(Self.all) --report 'decisions=\(name)'",
        "check \(Self.live) \(Self.all) --save '\(name)'",
      ]
    }
    let before = try place.read(name)
    for line in lines {
      let outcome = try place.shell("ldaplint \(line) >/dev/null")
      #expect(outcome.status == 2)
      #expect(outcome.errorLines.count == 1, "\(line): \(outcome.errors)")
      #expect(outcome.errors.contains("can be written there"), "\(line): \(outcome.errors)")
      #expect(try place.read(name) == before)
    }
  }

  @Test func aSnapshotIsNotWrittenOverAPatchOrAPassword() throws {
    let place = try Self.place()
    for name in ["patch.ldif", "password"] {
      let before = try place.read(name)
      let outcome = try place.shell(
        "ldaplint fix \(Self.live) --check patch.ldif --save \(name)")
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("no snapshot can be written there"), "\(outcome.errors)")
      #expect(try place.read(name) == before)
    }
  }

  /// Whoever opens a pipe for reading waits for somebody who writes into it.
  @Test(arguments: [
    "apply patch.ldif --to ldap://127.0.0.1:1 --journal PLACE",
    "apply patch.ldif --to ldap://127.0.0.1:1 --journal PLACE --yes",
    "apply patch.ldif --to ldap://127.0.0.1:1 --journal PLACE --yes --resume",
    "undo PLACE --to ldap://127.0.0.1:1", "undo PLACE --to ldap://127.0.0.1:1 --yes",
    "fix export.ldif --decisions PLACE --diff", "check export.ldif --tld-file PLACE",
    "check ldap://127.0.0.1:1 --save PLACE",
  ])
  func aPipeOrADeviceIsRefused(_ line: String) throws {
    let place = try Self.place()
    #expect(mkfifo(place.path("pipe"), 0o600) == 0)
    for name in ["pipe", "/dev/null", "/dev/full"] {
      let arguments = line.replacingOccurrences(of: "PLACE", with: name)
      let outcome = try place.shell(
        "exec timeout 20 '\(Workplace.program.path)' \(arguments)")
      #expect(outcome.status == 2, "\(arguments): \(outcome.status)")
      #expect(outcome.errors.contains("that is no plain file"), "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.contains(name) && outcome.errorLines.count == 1)
    }
  }
}
