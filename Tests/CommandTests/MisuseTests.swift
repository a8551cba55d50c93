import Foundation
import Testing

/// What the program says when it cannot do what it was asked: one line, status 2.
@Suite struct MisuseTests {
  struct Case: CustomTestStringConvertible {
    var arguments: [String]
    var says: [String]

    init(_ arguments: String..., says: [String]) {
      self.arguments = arguments
      self.says = says
    }

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let cases = [
    Case("check", "nosuch.ldif", says: ["nosuch.ldif", "No such file"]),
    Case("check", "corp=nosuch.ldif", says: ["nosuch.ldif", "No such file"]),
    Case("check", "export.ldif", "nosuch.ldif", says: ["nosuch.ldif"]),
    Case("check", "export.ldif/below", says: ["export.ldif/below", "Not a directory"]),
    Case("check", ".", says: [".", "directory"]),
    Case("check", "-", "-", says: ["standard input", "once"]),
    Case("check", says: ["source", "ldaplint check --help"]),
    Case("chekc", says: ["chekc", "did you mean the command check?"]),
    Case("check", "export.ldif", "--slect", "UPN", says: ["--slect", "--select"]),
    Case("check", "export.ldif", "--select", says: ["--select"]),
    Case("check", "export.ldif", "--select", "UPN06", says: ["\"UPN06\"", "\"UPN006\""]),
    Case(
      "check", "export.ldif", "--select", "upn-suffix-not-routeable",
      says: ["did you mean \"upn-suffix-not-routable\""]),
    Case("check", "export.ldif", "--ignore", "NOPE", says: ["--ignore", "\"NOPE\""]),
    Case("check", "export.ldif", "--set-severity", "NOPE=error", says: ["\"NOPE\""]),
    Case("check", "export.ldif", "--set-severity", "UPN006=fatal", says: ["fatal", "warning"]),
    Case("check", "export.ldif", "--set-severity", "UPN006", says: ["UPN006=warning"]),
    Case("check", "export.ldif", "--min-severity", "fatal", says: ["fatal", "warning"]),
    Case("check", "export.ldif", "--fail-on", "fatal", says: ["fatal", "never"]),
    Case("check", "export.ldif", "--param", "Nope=1", says: ["Nope", "GroupMembers"]),
    Case("check", "export.ldif", "--pack", "entra", says: ["\"entra\"", "\"entra-id\""]),
    Case("check", "export.ldif", "--pack", "./nosuch", says: ["./nosuch"]),
    Case("check", "export.ldif", "--format", "xml", says: ["xml", "ndjson"]),
    Case("check", "export.ldif", "--report", "csv", says: ["FORMAT=FILE", "idfix-csv"]),
    Case("check", "export.ldif", "--report", "xml=x", says: ["xml=x", "idfix-csv"]),
    Case("check", "export.ldif", "--report", "csv=", says: ["csv=", "missing"]),
    Case("check", "export.ldif", "--report", "csv=-", says: ["standard output"]),
    Case("check", "export.ldif", "-o", "export.ldif", says: ["export.ldif", "source"]),
    Case("check", "export.ldif", "-o", "./export.ldif", says: ["export.ldif", "source"]),
    Case(
      "check", "export.ldif", "-o", "a.csv", "--report", "csv=./a.csv",
      says: ["a.csv", "another report"]),
    Case("check", "export.ldif", "-o", "nosuch/out.csv", says: ["nosuch/out.csv", "No such"]),
    Case("check", "export.ldif", "-o", "/dev/full", says: ["/dev/full", "No space left"]),
    Case(
      "check", "export.ldif", "--report", "json=/dev/full", says: ["/dev/full", "No space left"]),
    Case("check", "export.ldif", "--color", "pink", says: ["pink", "always"]),
    Case("check", "export.ldif", "--upn-suffix", "local", says: ["local", "old=new"]),
    Case("check", "export.ldif", "--upn-suffix", "=a.com", says: ["=a.com", "old=new"]),
    Case("check", "export.ldif", "--upn-suffix", "a.local=", says: ["a.local=", "old=new"]),
    Case(
      "check", "export.ldif", "--upn-suffix", "a.local=b_c.com",
      says: ["a.local=b_c.com", "\"b_c.com\" is no domain"]),
    Case("check", "export.ldif", "--upn-suffix", "a.local=primry", says: ["primry", "primary"]),
    Case(
      "check", "export.ldif", "--upn-suffix", ":a.local=b.com", says: ["no DN before the"]),
    Case("check", "export.ldif", "--upn-suffix", "*=a.com", says: ["\"*\" is no suffix"]),
    Case(
      "check", "export.ldif", "--upn-suffix", "OU=x,DC=y=a.com", says: ["is no suffix", "\":\""]),
    Case(
      "fix", "export.ldif", "--diff", "--upn-suffix", "Staff:a.local=b.com",
      says: ["\"Staff\"", "is no DN"]),
    Case(
      "fix", "export.ldif", "--diff", "--upn-suffix", "DC=x:a.local=b.com", "--upn-suffix",
      "dc=X : a.local=primary", says: ["is no suffix"]),
    Case(
      "fix", "export.ldif", "--diff", "--upn-suffix", "DC=x:a.local=b.com", "--upn-suffix",
      "dc=X:A.local=primary", says: ["dc=X:A.local=primary", "contradicts DC=x:a.local=b.com"]),
    Case(
      "fix", "export.ldif", "--diff", "--upn-from-mail-in", "Staff",
      says: ["--upn-from-mail-in Staff"]),
    Case("check", "export.ldif", "--now", "yesterday", says: ["yesterday", "2026-11-21"]),
    Case("check", "export.ldif", "--base", "foo", says: ["--base foo", "distinguished name"]),
    Case("check", "export.ldif", "--exclude-base", "a,b", says: ["--exclude-base a,b"]),
    Case("check", "export.ldif", "--directory", "nt4", says: ["nt4", "ldap"]),
    Case("check", "export.ldif", "--verified-domain", "com", says: ["com", "neither"]),
    Case("check", "export.ldif", "--verified-domain", "nosuch.txt", says: ["nosuch.txt"]),
    Case(
      "check", "export.ldif", "--verified-domain", "@aad.contoso.net",
      says: ["@aad.contoso.net", "perhaps aad.contoso.net is meant"]),
    Case(
      "check", "export.ldif", "--verified-domain", "https://contoso.com/",
      says: ["perhaps contoso.com is meant"]),
    Case("check", "export.ldif", "export.ldif", says: ["export.ldif", "twice"]),
    Case("check", "export.ldif", "B=./export.ldif", says: ["./export.ldif", "twice"]),
    Case("check", "export.ldif", "--initial-domain", "contoso", says: ["contoso.onmicrosoft.com"]),
    Case("check", "export.ldif", "--tld-file", "nosuch", says: ["nosuch", "No such file"]),
    Case("check", "export.ldif", "--tld-file", "export.ldif", says: ["export.ldif", "line 1"]),
    Case("explain", says: ["rule", "ldaplint explain --help"]),
    Case("explain", "UPN06", says: ["UPN06", "UPN006"]),
    Case("explain", "UPN006", "--pack", "nosuch", says: ["nosuch"]),
    Case("rules", "--select", "NOPE", says: ["NOPE"]),
  ]

  @Test(arguments: cases) func isOneLineAndStatus2(_ sample: Case) throws {
    let outcome = try Workplace(Export.clean).run(sample.arguments)
    #expect(outcome.status == 2)
    #expect(!outcome.isSignal)
    #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("ldaplint: "))
    for part in sample.says { #expect(outcome.errors.contains(part), "\(outcome.errors)") }
    // A full disk is noticed when the report is written, everything else before.
    #expect(outcome.output.isEmpty || sample.testDescription.contains("/dev/full"))
  }

  @Test func theNameAloneShowsTheHelp() throws {
    let outcome = try Workplace().run()
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("SUBCOMMANDS:"))
  }

  @Test func aFullDiskBehindStandardOutputIsStatus2() throws {
    let outcome = try Workplace(Export.local).shell("ldaplint check export.ldif >/dev/full")
    #expect(outcome.status == 2)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.contains("No space left"))
  }

  @Test func aFileThatMayNotBeReadIsStatus2() throws {
    // The superuser may read everything.
    guard getuid() != 0 else { return }
    let outcome = try Workplace(Export.clean).shell(
      "chmod 000 export.ldif; ldaplint check export.ldif")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("export.ldif: Permission denied"))
  }

  @Test func aRunThatFailsLeavesAnOlderReportAlone() throws {
    let place = try Workplace(Export.clean)
    try place.write("yesterday's", to: "out.csv")
    #expect(try place.run("check", "nosuch.ldif", "-o", "out.csv").status == 2)
    #expect(try place.check("-o", "out.csv", "--report", "csv=nosuch/x").status == 2)
    #expect(try place.read("out.csv") == "yesterday's")
  }
}
