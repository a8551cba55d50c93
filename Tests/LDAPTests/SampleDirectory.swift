import Foundation

/// Makes up directories to load into a server.
enum SampleDirectory {
  static let base = "dc=contoso,dc=local"

  /// Writes `users` persons below OU=Staff and what servers need around them; returns the file.
  static func write(users: Int, extra: String = "") throws -> String {
    var text = """
      dn: \(base)
      objectClass: top
      objectClass: domain
      objectClass: domainDNS
      dc: contoso

      dn: cn=reader,\(base)
      objectClass: top
      objectClass: person
      cn: reader
      userPassword: readme

      dn: cn=limited,\(base)
      objectClass: top
      objectClass: person
      cn: limited
      userPassword: readme

      dn: OU=Staff,\(base)
      objectClass: top
      objectClass: organizationalUnit
      ou: Staff

      dn: OU=Gone,\(base)
      objectClass: top
      objectClass: organizationalUnit
      ou: Gone


      """
    for number in 0..<users { text += user(number, unit: number % 50 == 49 ? "Gone" : "Staff") }
    text += extra
    let path = FileManager.default.temporaryDirectory
      .appending(path: "ll-\(UUID().uuidString).ldif").path
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    return path
  }

  private static func user(_ number: Int, unit: String) -> String {
    let name = "User \(number)"
    let display = number % 10 == 0 ? "displayName:: w5xuw68gQ29kZQ==" : "displayName: \(name)"
    return """
      dn: CN=\(name),OU=\(unit),\(base)
      objectClass: top
      objectClass: person
      objectClass: organizationalPerson
      objectClass: user
      cn: \(name)
      \(display)
      sAMAccountName: user\(number)
      userPrincipalName: user\(number)@contoso.com
      mail: user\(number)@contoso.com
      proxyAddresses: SMTP:user\(number)@contoso.com
      proxyAddresses: smtp:user\(number)@contoso.onmicrosoft.com
      userAccountControl: 512


      """
  }
}
