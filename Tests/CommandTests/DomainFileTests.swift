import Testing

/// Files of verified domains, as people have them.
@Suite struct DomainFileTests {
  @Test func linesThatAreNoDomainAreRefusedWithTheirPlace() throws {
    let place = try Workplace(Export.clean)
    try place.write("contoso.com\n\nName   Status\n", to: "domains.txt")
    let outcome = try place.run("check", "export.ldif", "--verified-domain", "domains.txt")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("domains.txt:3"))
    try place.write("contoso.com   Verified\n", to: "domains.txt")
    let second = try place.run("check", "export.ldif", "--verified-domain", "domains.txt")
    #expect(second.status == 2)
    #expect(second.errors.contains("domains.txt:1"))
    #expect(second.errors.contains("perhaps contoso.com is meant"))
  }

  @Test func commentsAndAByteOrderMarkAreNone() throws {
    let place = try Workplace(Export.clean)
    try place.write("\u{FEFF}contoso.com # ours\r\n# fabrikam.com\r\n", to: "domains.txt")
    let outcome = try place.run("check", "export.ldif", "--verified-domain", "domains.txt")
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func anEmptyListIsNotGiven() throws {
    let place = try Workplace(Export.clean)
    try place.write("# none\n", to: "domains.txt")
    let outcome = try place.run("check", "export.ldif", "--verified-domain", "domains.txt")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("no domain"))
  }
}
