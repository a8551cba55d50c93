import LDIF

/// Objects that are in each other's way: what is bound to happen somewhere in a large forest, and
/// never does among a dozen objects.
enum Knots {
  /// Adds some of them to `sources`.
  static func tie(into sources: inout [[ContentRecord]], _ random: inout Randomness) {
    let all = [freed, chain, shared, twins, cases, swapped, promotion, long, lookalike]
    for (number, knot) in all.enumerated() where random.happens(14) {
      for (place, object) in knot(&random).enumerated() {
        let source = random.number(0..<sources.count)
        sources[source].append(record(object, "knot \(number) \(place)", source))
      }
    }
  }

  /// An object's attributes.
  private typealias Object = [(String, [String])]

  private static func record(_ object: Object, _ name: String, _ source: Int) -> ContentRecord {
    let dn = "CN=\(name),OU=Knots,DC=forest\(source),DC=contoso,DC=com"
    var record = ContentRecord(dn: Array(dn.utf8))
    if !object.contains(where: { $0.0 == "objectClass" }) {
      record.add("objectClass", ["top", "person", "organizationalPerson", "user"])
    }
    record.add("cn", [name])
    for (attribute, values) in object { record.add(attribute, values) }
    return record
  }

  /// One repair frees a value that the other object's repair asks for.
  private static func freed(_ random: inout Randomness) -> [Object] {
    let domain = random.one(["corp.local", "lab.example"])
    return [
      [
        ("userPrincipalName", ["free@\(domain)"]), ("mail", ["free@contoso.com"]),
        ("proxyAddresses", ["SMTP:free@contoso.com"]),
      ],
      [("userPrincipalName", ["fr ee@\(domain)"]), ("displayName", ["f"])],
    ]
  }

  /// Each repair asks for what the next one's frees.
  private static func chain(_ random: inout Randomness) -> [Object] {
    let names = ["li.nk", "li..nk", ".li..nk", ".li...nk."]
    let count = random.number(2..<names.count + 1)
    return names.prefix(count).map { name in
      [("userPrincipalName", ["\(name)@contoso.com"]), ("sAMAccountName", ["link"])]
    }
  }

  /// An address of several objects, in several attributes and classes.
  private static func shared(_ random: inout Randomness) -> [Object] {
    let ways: [Object] = [
      [("userPrincipalName", ["shared@contoso.com"]), ("sAMAccountName", ["one"])],
      [
        ("proxyAddresses", ["SMTP:own@contoso.com", "smtp:Shared@contoso.com"]),
        ("mail", ["own@contoso.com"]), ("mailNickname", ["own"]),
      ],
      [
        ("objectClass", ["top", "group"]), ("mail", ["shared@contoso.com"]),
        ("proxyAddresses", ["SMTP:shared@contoso.com"]),
      ],
      [
        ("proxyAddresses", ["smtp:shared@contoso.com", "SMTP:x@contoso.com"]),
        ("userAccountControl", ["514"]),
      ],
      [
        ("objectClass", ["top", "person", "organizationalPerson", "contact"]),
        ("mail", ["sh ared@contoso.com"]), ("targetAddress", ["SMTP:shared@contoso.com"]),
      ],
      [
        ("proxyAddresses", ["SMTP:shared@contoso.com"]), ("homeMDB", ["CN=db,DC=contoso,DC=com"]),
      ],
    ]
    let count = random.number(2..<5)
    return Array(random.shuffled(ways).prefix(count))
  }

  /// An address of two objects that a third value of one of them only looks like.
  private static func lookalike(_ random: inout Randomness) -> [Object] {
    [
      [
        ("userPrincipalName", ["l\(random.one(["ö", "o"]))ok@contoso.com"]),
        ("mail", ["lo ok@contoso.com"]), ("proxyAddresses", ["SMTP:look@contoso.com"]),
      ],
      [
        ("userPrincipalName", ["lk@contoso.com"]), ("mail", ["lk@contoso.com"]),
        (
          "proxyAddresses",
          ["SMTP:lk@contoso.com", "smtp:l\(random.one(["ö", "o"]))ok@contoso.com"]
        ),
      ],
    ]
  }

  /// Two values of one attribute that differ in case alone; one or both are at fault.
  private static func twins(_ random: inout Randomness) -> [Object] {
    let text = random.one(["tw in@contoso.com", "twin@contoso.com", "twin@corp.local"])
    let types = random.one(["SMTP:|smtp:", "smtp:|SMTP:", "SMTP:|SMTP:", "smtp:|smtp:"])
      .split(separator: "|").map(String.init)
    return [
      [
        ("userPrincipalName", ["twin@contoso.com"]),
        ("proxyAddresses", [types[0] + text, types[1] + text.uppercased(), "smtp:z@contoso.com"]),
      ]
    ]
  }

  /// A repair that changes nothing but case: a second primary becomes a secondary address.
  private static func cases(_ random: inout Randomness) -> [Object] {
    [
      [
        ("mail", ["main@contoso.com"]),
        (
          "proxyAddresses",
          random.shuffled(["SMTP:main@contoso.com", "SMTP:side@contoso.com", "smtp:x@contoso.com"])
        ),
      ]
    ]
  }

  /// Each would take the name that the other has.
  private static func swapped(_ random: inout Randomness) -> [Object] {
    [
      [
        ("userPrincipalName", ["swap.b@\(random.one(["contoso.com", "corp.local"]))"]),
        ("mail", ["swap.a@contoso.com"]), ("proxyAddresses", ["SMTP:swap.a@contoso.com"]),
      ],
      [
        ("userPrincipalName", ["swap.a@corp.local"]), ("mail", ["swap.b@corp.local"]),
        ("proxyAddresses", ["SMTP:swap.b@contoso.com"]),
      ],
    ]
  }

  /// Somebody who has left, with a domain that is too long, beside an address that is not.
  private static func long(_ random: inout Randomness) -> [Object] {
    let domain = String(repeating: "d", count: 55) + ".com"
    return [
      [
        ("userPrincipalName", ["long@\(domain)"]), ("userAccountControl", ["514"]),
        ("sAMAccountName", ["long"]), ("mail", ["long.one@contoso.com"]),
        ("proxyAddresses", ["SMTP:long.one@contoso.com"]),
      ]
    ]
  }

  /// Once an address is a primary one, its holder may keep what it shares.
  private static func promotion(_ random: inout Randomness) -> [Object] {
    [
      [
        ("mail", ["rise@contoso.com"]), ("userPrincipalName", ["rise.one@contoso.com"]),
        ("proxyAddresses", ["smtp:rise@contoso.com"]),
      ],
      [
        ("userPrincipalName", ["rise.two@contoso.com"]), ("mailNickname", ["two"]),
        ("proxyAddresses", ["SMTP:rise.two@contoso.com", "smtp:rise@contoso.com"]),
      ],
    ]
  }
}
