import Foundation
import TestServers
import Testing

/// A running directory, a folder to work in, and the logins for ldaplint and for OpenLDAP's programs.
struct LiveDirectory {
  let place: Workplace
  let server: TestServer
  let url: String
  let base: String
  let login: String
  let password: String
  /// The server's certificate authority; nil where TLS is not used.
  var authority: String?

  /// Attributes that a server keeps count with.
  private static let counters = ["whenChanged", "uSNChanged", "dSCorePropagationData"]

  private var logins: [String] {
    ["--bind-dn", login, "--password-file", "password"]
      + (authority.map { ["--ca-file", $0] } ?? [])
  }

  /// Writes the password's file.
  func prepare() throws {
    try place.writePassword(password)
  }

  /// `fix` of the live directory.
  func fix(_ arguments: String...) throws -> Outcome {
    try place.run(["fix", url, "--base", base] + logins + arguments)
  }

  /// The findings of `check` of the live directory, as JSON has them.
  func findings() throws -> [[String: Any]] {
    let ran = try place.run(["check", url, "--base", base, "--format", "json"] + logins)
    #expect(ran.status <= 1, "\(ran.errors)")
    let report = try JSONSerialization.jsonObject(with: Data(ran.output.utf8)) as? [String: Any]
    return try #require(report?["findings"] as? [[String: Any]])
  }

  /// Every finding for which `check` proposes something is gone when all repairs have been sent, what it
  /// proposed is there, nothing is left to repair, and the undo brings every value back.
  func repairWhatIsFixable() throws {
    let first = try dump()
    let fixable = try findings().filter { ($0["fix"] as? [String: Any])?["safety"] != nil }
    try #require(fixable.count > 20)
    let made = try fix("--unsafe-fixes", "-o", "patch.ldif")
    #expect(made.status <= 1, "\(made.errors)")
    let sent = try send("apply", "patch.ldif", "--yes")
    #expect(sent.status == 0, "\(sent.output)\(sent.errors)")
    let left = Set(try findings().compactMap { $0["fingerprint"] as? String })
    let still = fixable.filter { left.contains($0["fingerprint"] as? String ?? "") }
    #expect(still.isEmpty, "\(still.map { "\($0["rule"] ?? "") \($0["dn"] ?? "")" })")
    let objects = try dump()
    for finding in fixable {
      guard let repair = finding["fix"] as? [String: Any], let value = repair["value"] as? String,
        let attribute = finding["attribute"] as? String, let dn = finding["dn"] as? String
      else { continue }
      let lines = [
        "\(attribute): \(value)", "\(attribute):: \(Data(value.utf8).base64EncodedString())",
      ]
      let isThere = objects.contains { object in
        let all = object.split(separator: "\n").map(String.init)
        return all.contains("dn: \(dn)") && lines.contains(where: all.contains)
      }
      #expect(isThere, "\(dn): \(lines[0])")
    }
    let again = try fix("--unsafe-fixes", "-o", "again.ldif")
    #expect(try records("again.ldif") == 0, "\(again.errors)")
    let undone = try send("undo", "patch.ldif.journal", "--yes")
    #expect(undone.status == 0, "\(undone.output)\(undone.errors)")
    #expect(try dump() == first)
  }

  /// `apply` or `undo`.
  func send(_ arguments: String...) throws -> Outcome {
    try place.run(arguments + ["--to", url] + logins)
  }

  /// A line of shell in which `LOGIN` stands for the options of ldapmodify and ldapsearch.
  func client(_ line: String) throws -> Outcome {
    let options = "-x -H '\(url)' -D '\(login)' -w '\(password)'"
    return try place.shell(
      line.replacing("LOGIN", with: options),
      environment: authority.map { ["LDAPTLS_CACERT": $0] } ?? [:])
  }

  /// Every value of every object, sorted, without what the server counts.
  func dump() throws -> [String] {
    let found = try client("ldapsearch LOGIN -LLL -o ldif_wrap=no -E pr=500/noprompt -b '\(base)'")
    #expect(found.status == 0, "\(found.errors)")
    return found.output.components(separatedBy: "\n\n").map { object in
      object.split(separator: "\n").filter { line in
        !line.hasPrefix("#") && !Self.counters.contains { line.hasPrefix($0 + ":") }
      }.sorted().joined(separator: "\n")
    }.filter { !$0.isEmpty }.sorted()
  }

  /// How many records the patch called `name` has.
  func records(_ name: String = "patch.ldif") throws -> Int {
    try place.read(name).components(separatedBy: "changetype: modify").count - 1
  }

  /// A patch made live is sent with ldapmodify and with apply; each is taken back and leaves every
  /// value as it was, and what is repaired leaves nothing to repair.
  func sendBothWays() throws {
    let first = try dump()
    let made = try fix("--unsafe-fixes", "-o", "patch.ldif")
    #expect(made.status <= 1, "\(made.errors)")
    #expect(made.errors.contains("new 0"), "\(made.errors)")
    let count = try records()
    try #require(count > 10)
    try expectThePatchOfASnapshot(like: made)

    let sent = try client("ldapmodify LOGIN -f patch.ldif")
    #expect(sent.status == 0, "\(sent.errors)")
    let wanted = try dump()
    #expect(wanted != first)
    let again = try fix("--unsafe-fixes", "-o", "again.ldif")
    #expect(again.status <= 1, "\(again.errors)")
    let rest = try place.read("again.ldif").prefix(2_000)
    #expect(try records("again.ldif") == 0, "\(rest)")
    let back = try client("ldapmodify LOGIN -f patch.undo.ldif")
    #expect(back.status == 0, "\(back.errors)")
    #expect(try dump() == first)

    let applied = try send("apply", "patch.ldif", "--yes")
    #expect(applied.status == 0, "\(applied.output)\(applied.errors)")
    #expect(applied.errors.contains("\(count) done"), "\(applied.errors)")
    #expect(try dump() == wanted)
    let undone = try send("undo", "patch.ldif.journal", "--yes")
    #expect(undone.status == 0, "\(undone.output)\(undone.errors)")
    #expect(try dump() == first)

    // What was taken back is not done: the same run can be continued, and taken back again.
    let resumed = try send("apply", "patch.ldif", "--yes", "--resume")
    #expect(resumed.status == 0, "\(resumed.output)\(resumed.errors)")
    #expect(resumed.errors.contains("\(count) done"), "\(resumed.errors)")
    #expect(try dump() == wanted)
    let last = try send("undo", "patch.ldif.journal", "--yes", "--resume")
    #expect(last.status == 0, "\(last.output)\(last.errors)")
    #expect(try dump() == first)
  }

  /// What was read comes to the same when it is read again from a file.
  private func expectThePatchOfASnapshot(like live: Outcome) throws {
    let saved = try place.run(
      ["check", url, "--base", base, "--save", "snapshot.ldif", "-q"] + logins)
    #expect(saved.status == 1, "\(saved.errors)")
    let made = try place.run(["fix", "snapshot.ldif", "--unsafe-fixes", "-o", "saved.ldif"])
    #expect(made.errors == live.errors)
    #expect(try place.read("saved.ldif") == place.read("patch.ldif"))
  }

  /// One object changes behind the patch's back: its record is refused, the others are done.
  func changeBehindItsBack(_ dn: String, _ change: String) throws {
    let count = try records()
    try place.write("dn: \(dn)\nchangetype: modify\n\(change)\n", to: "other.ldif")
    let other = try client("ldapmodify LOGIN -f other.ldif")
    #expect(other.status == 0, "\(other.errors)")
    let ran = try send("apply", "patch.ldif", "--yes", "--journal", "second.journal")
    #expect(ran.status == 1)
    let refused = ran.lines.filter { $0.hasPrefix("refused") }
    #expect(refused.count == 1 && refused[0].contains(dn), "\(ran.output)")
    #expect(ran.errors.contains("\(count - 1) done, 1 refused"), "\(ran.errors)")
    let undone = try send("undo", "second.journal", "--yes")
    #expect(undone.status == 0, "\(undone.output)\(undone.errors)")
  }
}
