/// A user of the messy forest: what the export shows of it.
struct MessyPerson {
  var given: String
  var family: String
  var display: String
  /// What addresses are made of.
  var local: String
  var account: String
  var domain: String
  var city: String
  var login: String?
  var mail: String?
  var proxies: [String]
  /// Further attributes, in their order.
  var others: [(name: String, value: String)]
  var control = 512
  /// How mail gets to it.
  var kind = Kind.mailbox

  enum Kind { case mailbox, remote, without, external }

  /// Person number `number`, before people have typed anything wrong.
  init(_ number: Int, _ naming: inout MessyNaming, _ random: inout SplitMix) {
    let country = Country.draw(&random)
    let givenNumber = random.below(country.given.count)
    let familyNumber = random.below(country.family.count)
    given = country.given[givenNumber]
    family = country.family[familyNumber]
    domain = country.domain
    city = country.city
    if country.latinGiven.isEmpty {
      display = country.isFamilyFirst ? "\(family), \(given)" : "\(given) \(family)"
      local = "\(Latin.spelled(given)).\(Latin.spelled(family))"
    } else {
      display = family + given
      local =
        "\(Latin.spelled(country.latinGiven[givenNumber]))."
        + Latin.spelled(country.latinFamily[familyNumber])
    }
    local = naming.distinct(local)
    if random.below(10) > 0 { local = local.lowercased() }
    account = naming.account(local, number)
    let address = "\(local)@\(domain)"
    mail = address
    proxies = ["SMTP:\(address)"]
    others = []
    login =
      random.hits(35)
      ? "\(account.lowercased())@\(MessyForest.internalDomain)"
      : random.hits(80) ? address : "\(account.lowercased())@\(domain)"
    addAddresses(number, &random)
    addOthers(number, &random)
    addMailbox(number, &random)
  }

  private mutating func addAddresses(_ number: Int, _ random: inout SplitMix) {
    let inside = MessyForest.internalDomain
    // Exchange's first policy.
    if random.hits(70) { proxies.append("smtp:\(account)@\(inside)") }
    if random.hits(40) { proxies.append("smtp:\(local)@\(MessyForest.cloudDomain)") }
    if random.hits(50) {
      proxies.append(
        "X500:/o=Nordwind/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn="
          + account)
    }
    if random.hits(5) {
      proxies.append(
        "X400:C=DE;A= ;P=NORDWIND;O=Exchange;S=\(Latin.spelled(family));"
          + "G=\(Latin.spelled(String(display.prefix(4))));")
    }
    if random.hits(4) { proxies.append("sip:\(local)@\(domain)") }
    if random.hits(3) { proxies.append("EUM:\(1000 + number);phone-context=Default.\(inside)") }
  }

  private static let departments = [
    "Vertrieb", "Einkauf", "IT", "Lager & Versand", "Geschäftsführung", "F&E", "人事部", "Księgowość",
  ]

  private mutating func addOthers(_ number: Int, _ random: inout SplitMix) {
    let phones = ["+49 40 12345-\(number)", "040/12345-\(number)", "+48(71)\(number)"]
    others = [
      ("displayName", display), ("givenName", given), ("sn", family), ("mailNickname", local),
      ("l", city), ("company", "Nordwind Logistik AG"),
      ("department", Self.departments[random.below(Self.departments.count)]),
      ("telephoneNumber", phones[random.below(phones.count)]),
    ]
  }

  private mutating func addMailbox(_ number: Int, _ random: inout SplitMix) {
    switch random.below(100) {
    case ..<55:
      kind = .mailbox
      others += [
        ("homeMDB", MessyForest.store(random.below(3))), ("msExchRecipientTypeDetails", "1"),
      ]
    case ..<80:
      kind = .remote
      let address = "\(local)@\(MessyForest.cloudDomain)"
      others += [
        ("targetAddress", "SMTP:\(address)"), ("msExchRecipientTypeDetails", "2147483648"),
      ]
      proxies.append("smtp:\(address)")
    case ..<92:
      kind = .without
      others.removeAll { $0.name == "mailNickname" }
      proxies = []
      if random.below(3) > 0 { mail = nil }
    default:
      kind = .external
      others.removeAll { $0.name == "mailNickname" }
      proxies = []
      if domain != "nordwind.cn" {
        mail = "\(Latin.spelled(given)).\(Latin.spelled(family))\(number)@gmail.com".lowercased()
      }
      login = "ext-\(account.lowercased())@\(MessyForest.internalDomain)"
    }
  }

  /// Changes a further attribute.
  mutating func change(_ name: String, _ body: (String) -> String) {
    for index in others.indices where others[index].name == name {
      others[index].value = body(others[index].value)
    }
  }
}

/// Names that a directory has once.
struct MessyNaming {
  private var counts: [String: Int] = [:]

  /// `name`, with a number behind it when it is not the first of that name.
  mutating func distinct(_ name: String, from first: Int = 2, separator: String = "") -> String {
    let number = counts[name.lowercased(), default: first - 1]
    counts[name.lowercased()] = number + 1
    return number == first - 1 ? name : "\(name)\(separator)\(number)"
  }

  /// An account name for person number `number`.
  mutating func account(_ local: String, _ number: Int) -> String {
    let name = "\(local.prefix(1))\(local.split(separator: ".").last ?? "")"
    let isTaken = counts.updateValue(1, forKey: "account:\(name)") != nil
    return name.prefix(16) + (isTaken ? String(number) : "")
  }
}

extension SplitMix {
  /// Whether something of so many percent happens.
  mutating func hits(_ percent: Int) -> Bool { below(100) < percent }
}
