import Foundation
import Testing

/// A source that another program writes to while it is read: it is said, and the status is 2.
@Suite struct ChangedSourceTests {
  private static func users(_ count: Int, _ suffix: String = "corp.local") -> String {
    (0..<count).map { number in
      """
      dn: CN=u\(number),OU=Staff,DC=contoso,DC=com
      objectClass: user
      sAMAccountName: u\(number)
      displayName: User
      userPrincipalName: u\(number)@\(suffix)
      mail: u\(number) @contoso.com
      description: \(String(repeating: "x", count: 40 + number * 31 % 90))


      """
    }.joined()
  }

  /// The program waits for the reader of its report while the source is emptied: nothing is rendered
  /// beyond some blocks.
  @Test(arguments: ["json", "ndjson", "csv", "text", "idfix-csv"])
  func emptiedSourceIsSaidInEveryFormat(_ format: String) throws {
    let place = try Workplace(Self.users(9000))
    let outcome = try place.shell(
      "ldaplint check export.ldif --threads 1 --format \(format)\(format == "text" ? " --style full" : "") > >(head -c 1 > begun; "
        + "cat >/dev/null; sleep 0) & "
        + "while [ ! -s begun ]; do sleep 0.01; done; : > export.ldif; wait $!")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("export.ldif: the file changed while it was read"))
  }

  @Test func listAndSummaryAgree() throws {
    let place = try Workplace(Self.users(9000))
    // Nobody reads the pipe until the source is empty.
    let outcome = try place.shell(
      "mkfifo pipe; ldaplint check export.ldif --threads 1 --format json -o pipe -q & "
        + "exec 5<pipe; head -c 1 <&5 > report; : > export.ldif; cat <&5 >> report; wait $!")
    #expect(outcome.status == 2, "\(outcome.errors)")
    let report = try JSONSerialization.jsonObject(with: Data(place.read("report").utf8))
    let members = try #require(report as? [String: Any])
    let findings = try #require(members["findings"] as? [Any])
    let summary = try #require(members["summary"] as? [String: Any])
    let problems = try #require(members["problems"] as? [[String: Any]])
    #expect(summary["complete"] as? Bool == false)
    #expect(findings.count < 18_000)
    #expect(summary["findings"] as? Int == findings.count)
    #expect(problems.contains { $0["kind"] as? String == "unreadable" })
  }

  /// The record that is another then has no finding, so that nothing reads it again.
  @Test func timeThatIsSetBackHidesNothing() throws {
    let clean = Export.user("zz", upn: "zz@contoso.com")
    let place = try Workplace(Self.users(9000) + clean)
    let outcome = try place.shell(
      "mkfifo pipe; touch -d '2020-01-01' export.ldif; size=$(stat -c %s export.ldif); "
        + "ldaplint check export.ldif --threads 1 --format json -o pipe -q & "
        + "exec 5<pipe; head -c 1 <&5 >/dev/null; "
        + "printf zy | dd of=export.ldif bs=1 seek=$((size - 8)) conv=notrunc status=none; "
        + "touch -d '2020-01-01' export.ldif; cat <&5 >/dev/null; "
        + "test $size = $(stat -c %s export.ldif) || exit 9; wait $!")
    #expect(outcome.status == 2, "\(outcome.errors)")
  }

  /// At whatever moment it happens: the run ends by itself, and either all of it was before the change
  /// or the change is said.
  @Test(
    arguments: ["check", "fix"],
    [": > export.ldif", "cat other > export.ldif", "mv other export.ldif"])
  func changeAtAnyMomentEndsWithAStatus(_ command: String, _ change: String) throws {
    let users = Self.users(1500).components(separatedBy: "\n\n").dropLast()
    let export = users.joined(separator: "\n\n")
    let other = users.reversed().joined(separator: "\n\n")
    let arguments = command == "fix" ? "-o patch.ldif --upn-suffix corp.local=contoso.com" : ""
    for moment in 1...6 {
      let place = try Workplace(export)
      try place.write(other, to: "other")
      let outcome = try place.shell(
        "ldaplint \(command) export.ldif \(arguments) >/dev/null & sleep \(Double(moment) * 0.06); "
          + "\(change); wait $!")
      #expect(!outcome.isSignal)
      #expect([0, 1, 2].contains(outcome.status), "\(outcome.status)")
      if outcome.status == 2 {
        #expect(["changed while", "no entries"].contains { outcome.errors.contains($0) })
        #expect(!FileManager.default.fileExists(atPath: place.path("patch.ldif")))
      }
    }
  }
}
