import Foundation
import Testing

/// What the user says of the tenant's domains: files as people have them, and what is none.
@Suite struct DomainFileTests {
  private func check(_ list: Data, _ more: String...) throws -> Outcome {
    let place = try Workplace(Export.clean)
    try place.write(list, to: "domains.txt")
    return try place.run(["check", "export.ldif", "--verified-domain", "domains.txt"] + more)
  }

  private func check(_ list: String, _ more: String...) throws -> Outcome {
    let place = try Workplace(Export.clean)
    try place.write(list, to: "domains.txt")
    return try place.run(["check", "export.ldif", "--verified-domain", "domains.txt"] + more)
  }

  @Test func linesThatAreNoDomainAreRefusedWithTheirPlace() throws {
    let outcome = try check("contoso.com\n\nName   Status\n")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("domains.txt:3"))
    let second = try check("contoso.com   Verified\n")
    #expect(second.status == 2)
    #expect(second.errors.contains("domains.txt:1"))
    #expect(second.errors.contains("perhaps contoso.com is meant"))
  }

  @Test func commentsAndAByteOrderMarkAreNone() throws {
    let outcome = try check("\u{FEFF}contoso.com # ours\r\n# fabrikam.com\r\n")
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func anEmptyListIsNotGiven() throws {
    let outcome = try check("# none\n")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("no domain"))
  }

  @Test func whatIsNoTextIsOneLine() throws {
    let outcome = try check(Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 * 7) }))
    #expect(outcome.status == 2)
    #expect(outcome.errorLines.count == 1 && outcome.errors.utf8.count < 400, "\(outcome.errors)")
  }

  /// The verified ones count, and the initial domain is taken; what is left out is said.
  @Test func theTableOfAnotherProgramIsRead() throws {
    let table = """
      Id                       IsVerified IsInitial
      --                       ---------- ---------
      contoso.com              True       False
      contoso.onmicrosoft.com  True       True
      fabrikam.com             False      False

      """
    let outcome = try check(table)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("domains.txt: 1 domain left out: not verified"))
    let local = try Workplace(Export.local)
    try local.write(table, to: "domains.txt")
    let report = try local.run("check", "export.ldif", "--verified-domain", "domains.txt")
    #expect(report.status == 1)
    #expect(report.output.contains("ann@contoso.onmicrosoft.com"))
    let option = try local.run(
      "check", "export.ldif", "--verified-domain", "domains.txt", "--initial-domain",
      "other.onmicrosoft.com")
    #expect(option.output.contains("ann@other.onmicrosoft.com"))
    #expect(option.output.contains("domains.txt: the initial domain there is"))
  }

  @Test func severalDomainsInOneArgumentAreSaid() throws {
    let place = try Workplace(Export.clean)
    let outcome = try place.run(
      "check", "export.ldif", "--verified-domain", "contoso.com,fabrikam.com")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("names 2 domains: contoso.com, fabrikam.com"))
  }

  @Test(arguments: [
    ("*.contoso.com", "perhaps contoso.com"), ("@contoso.com", "perhaps contoso.com"),
    ("contoso", "neither"), ("contoso.local", "neither"), ("", "neither"),
    ("contoso.com,fabrikam", "\"fabrikam\""), ("nosuch.txt", "neither a file nor"),
  ])
  func anArgumentThatIsNoDomainIsMisuse(_ argument: String, _ says: String) throws {
    let place = try Workplace(Export.clean)
    let outcome = try place.run("check", "export.ldif", "--verified-domain", argument)
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.errorLines.count == 1 && outcome.errors.contains(says), "\(outcome.errors)")
  }

  @Test(arguments: [
    ("contoso.com", "no initial domain"), ("contoso", "perhaps contoso.onmicrosoft.com"),
    ("contoso.mail.onmicrosoft.com", "perhaps contoso.onmicrosoft.com"),
  ])
  func whatIsNoInitialDomainIsMisuse(_ argument: String, _ says: String) throws {
    let place = try Workplace(Export.clean)
    let outcome = try place.run("check", "export.ldif", "--initial-domain", argument)
    #expect(outcome.status == 2)
    #expect(outcome.errorLines.count == 1 && outcome.errors.contains(says), "\(outcome.errors)")
  }

  @Test func noReportIsWrittenOverTheList() throws {
    let outcome = try check("contoso.com\n", "-o", "domains.txt")
    #expect(outcome.status == 2 && outcome.errors.contains("domains.txt"))
  }
}
