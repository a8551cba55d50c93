import TestServers
import Testing

extension LiveCommands.Check {
  /// The text that `doctor` prints beside `title`.
  private func value(_ title: String, in page: String) -> String? {
    page.split(separator: "\n").first { $0.hasPrefix(title + ":") }
      .map { $0.dropFirst(title.count + 1).drop { $0 == " " } }.map(String.init)
  }

  @Test func theDoctorSaysWhatIsThere() throws {
    let outcome = try place.run(["doctor", url] + login)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    let page = outcome.output
    #expect(value("Server", in: page) == url)
    #expect(value("Is", in: page) == "OpenLDAP")
    #expect(value("Encryption", in: page) == "none")
    #expect(value("Logged in as", in: page) == "dn:cn=reader,dc=contoso,dc=com")
    #expect(value("Paging", in: page) == "works")
    #expect(value("Base", in: page) == "dc=contoso,dc=com")
    #expect(value("Result", in: page) == "can be checked")
    #expect(value("Schema", in: page)?.hasPrefix("has ") == true)
    #expect(page.contains("more than 200 objects"))
    #expect(page.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(!page.contains(LiveForest.password))
  }

  @Test func theDoctorSaysWhyNot() throws {
    let anonymous = try place.run("doctor", url)
    #expect(anonymous.status == 2)
    #expect(value("Logged in as", in: anonymous.output) == "nobody (anonymous)")
    #expect(value("Result", in: anonymous.output)?.hasPrefix("cannot be checked") == true)
    let base = try place.run(["doctor", url, "--base", "OU=Nowhere,DC=contoso,DC=com"] + login)
    #expect(base.status == 2)
    #expect(base.output.contains("no such object (32)"))
    let file = try place.run("doctor", "export.ldif")
    #expect(file.status == 2)
    #expect(file.errors.contains("not an LDAP URL"))
    let closed = try place.run("doctor", "ldap://127.0.0.1:1")
    #expect(closed.status == 2)
    #expect(closed.errorLines.count == 1)
  }

  @Test func theDoctorSaysHowItIsEncrypted() throws {
    let ca = ["--ca-file", try server("TLS") + "/ca.pem"]
    let trusted = try place.run(["doctor", url, "--starttls"] + ca + login)
    #expect(value("Encryption", in: trusted.output)?.contains("certificate is trusted") == true)
    let blind = try place.run(["doctor", url, "--starttls", "--insecure-tls"] + login)
    #expect(value("Encryption", in: blind.output)?.contains("NOT verified") == true)
  }
}
