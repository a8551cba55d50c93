import Foundation

/// A made-up forest in which many objects have a problem, of what every kind of server takes: Active
/// Directory refuses a UPN or a logon name that is there twice, and values with a wrong encoding.
struct DirtyForest {
  /// The suffix.
  let base: String
  /// How many members the group with everybody in it has.
  let members: Int
  private(set) var text = ""

  /// Where all objects are.
  var unit: String { "OU=Staff,\(base)" }

  /// `users` persons, as many contacts and some groups, of which one has everybody in it.
  /// `prefix` begins the names of addresses, which are those of another forest where it is the same.
  init(base: String, users: Int, prefix: String = "u") {
    self.base = base
    let contacts = users
    members = users + contacts
    add("OU=Staff", "organizationalUnit", ["ou: Staff"], below: base)
    for number in 0..<users {
      add("CN=User \(number)", "user", Self.user(number, prefix), below: unit)
    }
    for number in 0..<contacts {
      add("CN=Contact \(number)", "contact", Self.contact(number, prefix), below: unit)
    }
    addGroups(users: users, contacts: contacts)
  }

  private mutating func add(_ name: String, _ kind: String, _ lines: [String], below parent: String)
  {
    let all = ["dn: \(name),\(parent)", "objectClass: \(kind)"] + lines
    text += all.joined(separator: "\n") + "\n\n"
  }

  private mutating func addGroups(users: Int, contacts: Int) {
    let members =
      (0..<users).map { "member: CN=User \($0),\(unit)" }
      + (0..<contacts).map { "member: CN=Contact \($0),\(unit)" }
    // -2147483646 is a global security group, 2 a distribution group.
    let groups: [(String, [String])] = [
      ("Everybody", ["groupType: -2147483646"] + members),
      ("No address", ["groupType: 2"]),
      ("Bad address", ["groupType: 2", "mail: group@", "proxyAddresses: SMTP:group@"]),
      ("Spaces", ["groupType: 2", "mail: the group@contoso.com", "mailNickname: the group"]),
    ]
    for (name, lines) in groups {
      let logon = name.replacing(" ", with: "-").lowercased()
      add("CN=\(name)", "group", ["cn: \(name)", "sAMAccountName: \(logon)"] + lines, below: unit)
    }
  }

  /// The objects with an objectGUID each, which a domain controller makes up by itself and another
  /// server is given.
  var withAnchors: String {
    var number = 1_000_000_000_000_000
    return text.components(separatedBy: "\n\n").map { record in
      guard record.hasPrefix("dn: CN=") else { return record }
      number += 1
      return record + "\nobjectGUID:: \(Data("\(number)".utf8).base64EncodedString())"
    }.joined(separator: "\n\n")
  }

  // MARK: Objects

  private static func contact(_ number: Int, _ prefix: String) -> [String] {
    var lines = ["cn: Contact \(number)", "displayName: Contact \(number)"]
    switch number % 10 {
    case 0: break
    case 1: lines += ["mail: contact\(number)", "targetAddress: SMTP:contact\(number)"]
    case 2: lines += ["mail: \(prefix)\(number * 7)@contoso.com"]
    case 3: lines += ["mail: c\(number)@contoso.com", "targetAddress: c\(number)@fabrikam.com"]
    default:
      lines += [
        "mail: c\(number)@fabrikam.com", "targetAddress: SMTP:c\(number)@fabrikam.com",
        "proxyAddresses: SMTP:c\(number)@fabrikam.com", "mailNickname: c\(prefix)\(number)",
      ]
    }
    return lines
  }

  /// A person with one of 24 problems, or, in half of the cases, none.
  private static func user(_ number: Int, _ prefix: String) -> [String] {
    let name = "\(prefix)\(number)"
    var person = [
      "cn": "User \(number)", "displayName": "User \(number)", "sAMAccountName": name,
      "userPrincipalName": "\(name)@contoso.com", "mail": "\(name)@contoso.com",
      "mailNickname": name, "userAccountControl": "512", "givenName": "User", "sn": "\(number)",
    ]
    var addresses = ["SMTP:\(name)@contoso.com", "smtp:\(name)@contoso.onmicrosoft.com"]
    switch number % 48 {
    case 0: person["userPrincipalName"] = "\(name)@corp.local"
    case 1: person["userPrincipalName"] = "\(prefix) \(number)@contoso.com"
    case 2: person["userPrincipalName"] = nil
    case 3: person["userPrincipalName"] = "\(name).contoso.com"
    case 4: person["userPrincipalName"] = "jörg\(number)@contoso.com"
    case 5: person["userPrincipalName"] = "\(name).@contoso.com"
    case 6: addresses.append("\(name)@fabrikam.com")
    case 7: addresses.append("smtp:\(name)@@fabrikam.com")
    case 8: addresses.append("SMTP:\(name)@fabrikam.com")
    case 9: addresses.append("smtp:\(name)@nowhere.invalid")
    case 10: addresses.append("smtp:\(prefix)\(number + 1)@contoso.com")
    case 11: addresses.append("smtp: \(name)@fabrikam.com")
    case 12: person["mail"] = name
    case 13: person["mail"] = "other\(number)@contoso.com"
    case 14: person["mail"] = "\(prefix)\(number + 3)@contoso.com"
    case 15: person["mailNickname"] = "user \(number)"
    case 16: person["mailNickname"] = "\(prefix)\(number + 1)"
    case 17: person["mailNickname"] = ".\(name)"
    case 18: person["displayName"] = " "
    case 19: person["displayName"] = "User \(number) "
    case 20: person["targetAddress"] = "SMTP:\(name)"
    case 21: person["sAMAccountName"] = "a-name-of-more-than-twenty-\(number)"
    case 22: addresses = ["smtp:\(name)@contoso.com"]
    case 23: addresses.append("SMTP:\(String(repeating: "l", count: 70))\(number)@contoso.com")
    default: break
    }
    return person.sorted { $0.key < $1.key }.map { line($0.key, $0.value) }
      + addresses.map { line("proxyAddresses", $0) }
  }

  private static func line(_ name: String, _ value: String) -> String {
    let isSafe =
      value.utf8.allSatisfy { $0 < 0x80 } && !value.hasPrefix(" ")
      && !value.hasSuffix(" ")
    return isSafe ? "\(name): \(value)" : "\(name):: \(Data(value.utf8).base64EncodedString())"
  }
}
