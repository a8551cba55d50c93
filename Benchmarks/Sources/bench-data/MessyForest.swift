/// The Active Directory of a company of some age as one finds it: five countries, names that are not
/// ASCII, a domain that is not routable, mailboxes in both places, service accounts, groups, contacts of
/// partners, and what people have typed over the years.
///
/// Every third person's sign-in name ends in a suffix that no tenant can verify, and most have an address
/// there: more than half of the objects have findings.
struct MessyForest {
  static let internalDomain = "corp.nordwind.local"
  static let cloudDomain = "nordwind.mail.onmicrosoft.com"
  private static let base = "DC=corp,DC=nordwind,DC=local"
  private static let root = "OU=Nordwind,\(base)"
  private static let stores = ["MDB-HH-01", "MDB-WRO-01", "MDB-IZM-01"]

  private let persons: Int
  private let seed: UInt64
  private var naming = MessyNaming()
  private var logins = MessyNaming()
  private var accounts = MessyNaming()
  private var names = MessyNaming()
  /// The primary addresses of persons.
  private var addresses: [String] = []
  private var people: [String] = []

  init(persons: Int, seed: UInt64) {
    self.persons = persons
    self.seed = seed
  }

  /// The DN of a mailbox store.
  static func store(_ number: Int) -> String { "CN=\(stores[number]),CN=Configuration,\(base)" }

  /// Writes everything; false when that is not possible.
  mutating func write(to output: inout LDIFOutput) -> Bool {
    writeContainers(to: &output)
    for number in 0..<persons {
      writePerson(number, to: &output)
      guard output.flushIfLarge() else { return false }
    }
    for number in 0..<persons / 25 { writeSharedMailbox(number, to: &output) }
    for number in 0..<persons / 80 { writeRoom(number, to: &output) }
    for number in 0..<persons / 40 { writeServiceAccount(number, to: &output) }
    for number in 0..<persons / 20 {
      writeGroup(number, to: &output)
      guard output.flushIfLarge() else { return false }
    }
    for number in 0..<persons / 16 { writeContact(number, to: &output) }
    return output.flush()
  }

  private mutating func writeContainers(to output: inout LDIFOutput) {
    for number in Self.stores.indices {
      output.begin(Self.store(number), ["top", "container"])
      output.line("cn", Self.stores[number])
      output.endRecord()
    }
    for place in [nil] + Self.places.map(Optional.some) {
      output.begin(
        place.map { "OU=\($0),\(Self.root)" } ?? Self.root, ["top", "organizationalUnit"])
      output.line("ou", place ?? "Nordwind")
      output.endRecord()
    }
  }

  private static let places = [
    "Hamburg", "Wrocław", "İzmir", "Brno", "上海", "Shared Mailboxes", "Rooms", "Service Accounts",
    "Groups", "Contacts", "Leavers",
  ]

  private func random(_ kind: UInt64, _ number: Int) -> SplitMix {
    SplitMix(seed: seed ^ kind &* 0x9E37_79B9, stream: number)
  }

  // MARK: Users

  private mutating func writePerson(_ number: Int, to output: inout LDIFOutput) {
    var random = random(1, number)
    var person = MessyPerson(number, &naming, &random)
    person.soil(addresses, &random)
    var place = person.city
    if random.hits(6) {
      place = "Leavers"
      person.control = 514
      person.change("displayName") { "zz_" + $0 }
    }
    people.append(
      write(
        person.display, place, account: person.account, login: person.login, mail: person.mail,
        person.proxies, person.others, control: person.control, to: &output))
    if let first = person.proxies.first, first.hasPrefix("SMTP:") {
      addresses.append(String(first.dropFirst(5)))
    }
  }

  /// Writes a user and returns its DN.
  private mutating func write(
    _ name: String, _ place: String, account: String, login: String?, mail: String?,
    _ proxies: [String], _ others: [(name: String, value: String)], control: Int,
    to output: inout LDIFOutput
  ) -> String {
    let dn = self.dn(name, place)
    output.begin(dn, ["top", "person", "organizationalPerson", "user"])
    output.line("sAMAccountName", accounts.distinct(String(account.prefix(16)), from: 1))
    if let login { output.line("userPrincipalName", distinct(login)) }
    if let mail { output.line("mail", mail) }
    var written: Set<String> = []
    for address in proxies where written.insert(address).inserted {
      output.line("proxyAddresses", address)
    }
    output.line("userAccountControl", String(control))
    for other in others { output.line(other.name, other.value) }
    output.endRecord()
    return dn
  }

  /// No two users have one sign-in name: the directory does not let them.
  private mutating func distinct(_ login: String) -> String {
    guard let at = login.firstIndex(of: "@") else { return logins.distinct(login, from: 1) }
    let distinct = logins.distinct(login, from: 1, separator: "@")
    guard distinct != login, let number = distinct.split(separator: "@").last else { return login }
    return "\(login[..<at])-\(number)\(login[at...])"
  }

  private mutating func dn(_ name: String, _ place: String) -> String {
    let distinct = names.distinct(name, separator: " ")
    var escaped = ""
    for character in distinct {
      if ",+\"\\<>;=#".contains(character) { escaped += "\\" }
      escaped.append(character)
    }
    return "CN=\(escaped),OU=\(place),\(Self.root)"
  }

  private mutating func writeSharedMailbox(_ number: Int, to output: inout LDIFOutput) {
    var random = random(2, number)
    let kinds = ["Info", "Bewerbung", "Rechnungseingang", "Zoll", "Empfang", "Störung"]
    let places = ["", " HH", " Wrocław", " Süd", " (alt)", " & Co"]
    let name =
      "\(kinds[random.below(kinds.count)])\(places[random.below(places.count)]) \(number)"
    let alias = Latin.spelled(name).filter { $0.isLetter || $0.isNumber }.lowercased()
    let others = [
      ("displayName", name), ("mailNickname", number % 20 == 0 ? name : alias),
      ("homeMDB", Self.store(0)), ("msExchRecipientTypeDetails", "4"),
    ]
    _ = write(
      name, "Shared Mailboxes", account: "sm_\(alias)", login: "\(alias)@\(Self.internalDomain)",
      mail: "\(alias)@nordwind.de", ["SMTP:\(alias)@nordwind.de"], others, control: 514,
      to: &output)
  }

  private mutating func writeRoom(_ number: Int, to output: inout LDIFOutput) {
    let (name, alias) = ("Raum \(number) – Große Elbstraße", "raum\(number)")
    let others = [
      ("displayName", name), ("mailNickname", alias), ("homeMDB", Self.store(0)),
      ("msExchRecipientTypeDetails", "16"),
    ]
    _ = write(
      name, "Rooms", account: alias, login: "\(alias)@\(Self.internalDomain)",
      mail: "\(alias)@nordwind.de", ["SMTP:\(alias)@nordwind.de"], others, control: 514,
      to: &output)
  }

  private mutating func writeServiceAccount(_ number: Int, to output: inout LDIFOutput) {
    var random = random(3, number)
    let owners = ["svc", "sa", "SQL", "backup", "scan", "task", "sap"]
    let tasks = ["web", "db", "print", "veeam", "mfp", "batch"]
    let name =
      owners[random.below(owners.count)] + ["_", "-", "."][random.below(3)]
      + tasks[random.below(tasks.count)] + String(number)
    _ = write(
      name, "Service Accounts", account: name,
      login: number % 3 == 0 ? nil : "\(name)@\(Self.internalDomain)",
      mail: number % 4 == 0 ? "it-admin@nordwind.de" : nil, [],
      [("displayName", name), ("description", "Dienstkonto – nicht löschen!")], control: 66048,
      to: &output)
  }

  // MARK: Groups and contacts

  private mutating func writeGroup(_ number: Int, to output: inout LDIFOutput) {
    var random = random(4, number)
    let kinds = ["GRP", "DL", "SG", "Verteiler", "Team"]
    let tasks = [
      "Vertrieb", "Lager", "IT", "Alle Mitarbeiter", "Projekt Żubr", "Betriebsrat",
      "Führungskräfte",
    ]
    let name =
      kinds[random.below(kinds.count)] + [" ", "_", "-"][random.below(3)]
      + "\(tasks[random.below(tasks.count)]) \(number)"
    let alias = Latin.spelled(name).lowercased()
    output.begin(dn(name, "Groups"), ["top", "group"])
    output.line("cn", name)
    output.line("sAMAccountName", name)
    output.line("displayName", name)
    output.line("groupType", ["-2147483646", "2", "-2147483640"][number % 3])
    if number % 3 > 0, number % 11 > 0 {
      let mail =
        number % 17 > 0 || addresses.isEmpty
        ? "\(alias)@nordwind.de" : addresses[random.below(addresses.count)]
      output.line("mail", mail)
      output.line("proxyAddresses", "SMTP:\(mail)")
      output.line("mailNickname", number % 13 > 0 ? alias : name)
    }
    for _ in 0..<[3, 8, 20, 60][random.below(4)] where !people.isEmpty {
      output.line("member", people[random.below(people.count)])
    }
    output.endRecord()
  }

  private mutating func writeContact(_ number: Int, to output: inout LDIFOutput) {
    var random = random(5, number)
    let partners = [
      ("Spedition Hübner", "huebner-spedition.de"), ("Żegluga", "zegluga.pl"),
      ("Lojistik Ltd. Şti.", "lojistik.com.tr"), ("Zoll Bremen", "zoll.bund.de"),
      ("DHL", "dhl.com"),
    ]
    let (partner, domain) = partners[random.below(partners.count)]
    let name = "Partner \(number) \(partner)"
    let mail =
      number % 12 > 0 || addresses.isEmpty
      ? "kontakt\(number)@\(domain)" : addresses[random.below(addresses.count)]
    output.begin(dn(name, "Contacts"), ["top", "person", "organizationalPerson", "contact"])
    output.line("cn", name)
    output.line("displayName", name)
    if number % 9 > 0 {
      output.line("mail", mail)
      output.line("proxyAddresses", "SMTP:\(mail)")
    }
    if number % 10 > 0 {
      output.line("targetAddress", (number % 14 > 0 ? "SMTP:" : "") + mail)
    }
    if number % 3 > 0 { output.line("mailNickname", "partner\(number)") }
    output.endRecord()
  }
}

extension LDIFOutput {
  /// Writes the DN and the classes of an object.
  fileprivate mutating func begin(_ dn: String, _ classes: [String]) {
    line("dn", dn)
    for objectClass in classes { line("objectClass", objectClass) }
  }

  fileprivate mutating func line(_ name: String, _ value: String) {
    line(Array(name.utf8), Array(value.utf8), keepsName: true)
  }
}
