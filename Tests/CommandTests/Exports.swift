/// Exports for tests, and reports read back.
enum Export {
  /// One user with nothing wrong.
  static let clean = """
    dn: CN=Bob,OU=Staff,DC=contoso,DC=com
    objectClass: user
    sAMAccountName: bob
    displayName: Bob
    userPrincipalName: bob@contoso.com
    mail: bob@contoso.com
    proxyAddresses: SMTP:bob@contoso.com

    """

  /// One user whose UPN has a suffix that nobody can verify: UPN006, an error.
  static let local = user("ann", upn: "ann@contoso.local")

  /// One user whose UPN has a single character before the "@": UPN011, a warning.
  static let warning = user("carl", upn: "c@contoso.com")

  /// One user without a UPN: UPN001, an info.
  static let info = """
    dn: CN=dora,OU=Staff,DC=contoso,DC=com
    objectClass: user
    sAMAccountName: dora
    displayName: Dora

    dn: CN=emil,OU=Staff,DC=contoso,DC=com
    objectClass: user
    sAMAccountName: emil
    userPrincipalName: emil@contoso.com

    """

  /// A record that is none, between two users that are.
  static let broken = """
    \(clean)
    dn: CN=Broken,OU=Staff,DC=contoso,DC=com
    this is no attribute
    objectClass: user

    \(local)
    """

  /// Values that are meant to do harm to a terminal or a spreadsheet.
  static let hostile = """
    dn:: Q049RXZpbBtbMm1cLCBPVT1TdGFmZixEQz1jb250b3NvLERDPWNvbQ==
    objectClass: user
    sAMAccountName: evil
    userPrincipalName: =cmd@contoso.local
    displayName:: G1szMW1yZWQbXVsw4oCuYWJjCg==
    mail:: YQdiQGNvbnRvc28uY29t
    proxyAddresses: +1,2;"x
    proxyAddresses:: /////g==
    description: -2+3

    """

  /// A user called `name`, whose UPN is `upn` and whose address is `name@contoso.com`.
  static func user(_ name: String, upn: String, more: String = "") -> String {
    """
    dn: CN=\(name),OU=Staff,DC=contoso,DC=com
    objectClass: user
    sAMAccountName: \(name)
    userPrincipalName: \(upn)
    mail: \(name)@contoso.com
    proxyAddresses: SMTP:\(name)@contoso.com
    \(more)\(more.isEmpty ? "" : "\n")
    """
  }

  /// Many users, so that the file is read in several chunks; every 50th has a finding.
  static func many(_ count: Int) -> String {
    var text = "version: 1\n\n"
    for number in 0..<count {
      let suffix = number % 50 == 0 ? "contoso.local" : "contoso.com"
      let mail = number % 700 == 0 ? "shared@contoso.com" : "u\(number)@contoso.com"
      text += """
        dn: CN=u\(number),OU=Staff,DC=contoso,DC=com
        objectClass: user
        sAMAccountName: u\(number)
        userPrincipalName: u\(number)@\(suffix)
        proxyAddresses: SMTP:\(mail)
        description: \(String(repeating: "Nothing to see. ", count: 12))


        """
    }
    return text
  }
}

/// Reads RFC 4180 to the letter; nil for anything that it does not allow.
func strictCSV(_ text: String) -> [[String]]? {
  var rows: [[String]] = []
  var row: [String] = []
  var scalars = Substring(text).unicodeScalars
  while !scalars.isEmpty {
    var cell = String.UnicodeScalarView()
    if scalars.first == "\"" {
      scalars.removeFirst()
      while true {
        guard let scalar = scalars.popFirst() else { return nil }
        if scalar != "\"" {
          cell.append(scalar)
        } else if scalars.first == "\"" {
          cell.append(scalars.removeFirst())
        } else {
          break
        }
      }
    } else {
      while let scalar = scalars.first, !",\r\n\"".unicodeScalars.contains(scalar) {
        cell.append(scalars.removeFirst())
      }
    }
    row.append(String(cell))
    switch scalars.popFirst() {
    case ",": continue
    case "\r":
      guard scalars.popFirst() == "\n" else { return nil }
      rows.append(row)
      row = []
    default: return nil
    }
  }
  guard row.isEmpty, let first = rows.first, rows.allSatisfy({ $0.count == first.count }) else {
    return nil
  }
  return rows
}
