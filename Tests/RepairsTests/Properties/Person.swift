import LDIF

/// Makes the objects of a forest, one after the other.
struct Person {
  private let parts: Parts
  private var number = 0

  static let classes = [
    ["top", "person", "organizationalPerson", "user"],
    ["top", "person", "organizationalPerson", "user"],
    ["top", "person", "organizationalPerson", "user"],
    ["top", "person", "organizationalPerson", "user", "inetOrgPerson"],
    ["top", "group"], ["top", "person", "organizationalPerson", "contact"],
  ]

  init(_ random: inout Randomness) { parts = Parts(&random) }

  mutating func next(source: Int, _ random: inout Randomness) -> ContentRecord {
    number += 1
    let name =
      random.happens(3) ? "Ann\\0ACNF:\(number)" : "\(random.one(["ann", "bob"])) \(number)"
    let root = source == 2 ? "DC=corp,DC=local" : "DC=forest\(source),DC=contoso,DC=com"
    var record = ContentRecord(dn: Array("CN=\(name),OU=Staff,\(root)".utf8))
    record.add("objectClass", Self.classes[random.number(0..<Self.classes.count)])
    record.add("cn", [random.happens(90) ? name : random.one(Parts.names)])
    if random.happens(90) { record.add("sAMAccountName", [random.one(Parts.logons)]) }
    if random.happens(80) { record.add("userPrincipalName", [parts.address(&random)]) }
    if random.happens(60) {
      record.add("mail", [mail(&random)])
    }
    if random.happens(40) { record.add("mailNickname", [random.one(Parts.nicknames)]) }
    record.add("proxyAddresses", proxies(&random))
    if random.happens(15) {
      record.add("targetAddress", [random.one(parts.types) + parts.address(&random)])
    }
    if random.happens(10) {
      record.add("msRTCSIP-PrimaryUserAddress", ["sip:" + parts.address(&random)])
    }
    if random.happens(50) { equalise(&record, &random) }
    names(&record, &random)
    flags(&record, &random)
    return record
  }

  private func mail(_ random: inout Randomness) -> String {
    if random.happens(4) { return " " }
    let address = parts.address(&random)
    // Now and then, by nothing that other draws depend on.
    return address.utf8.count % 29 == 7 ? "\"\(address)\"" : address
  }

  private func proxies(_ random: inout Randomness) -> [String] {
    guard random.happens(75) else { return [] }
    var list: [String] = []
    for _ in 0..<random.number(1..<6) {
      list.append(random.one(parts.types) + parts.address(&random))
      if random.happens(8), let last = list.last { list.append(last) }
      if random.happens(8), let last = list.last { list.append(last.uppercased()) }
    }
    return list
  }

  /// Gives the object one address in most of the places where it has one, as people mostly have it, in
  /// any case, and now and then once more as a secondary one.
  private func equalise(_ record: inout ContentRecord, _ random: inout Randomness) {
    let address = parts.address(&random)
    func spelled(_ random: inout Randomness) -> String {
      random.happens(15) ? address.uppercased() : address
    }
    if random.happens(85) { record.set("userPrincipalName", [spelled(&random)]) }
    if random.happens(85) { record.set("mail", [spelled(&random)]) }
    if random.happens(20) { record.set("msRTCSIP-PrimaryUserAddress", ["sip:" + spelled(&random)]) }
    guard random.happens(85) else { return }
    var proxies = ["SMTP:" + spelled(&random)]
    if random.happens(35) { proxies.append("smtp:" + spelled(&random)) }
    if random.happens(15) { proxies.append("SIP:" + spelled(&random)) }
    if random.happens(60) { proxies.append("smtp:" + parts.address(&random)) }
    if random.happens(25) { proxies += self.proxies(&random) }
    record.set("proxyAddresses", random.shuffled(proxies))
  }

  private func names(_ record: inout ContentRecord, _ random: inout Randomness) {
    if random.happens(70) { record.add("displayName", [random.one(Parts.names)]) }
    for attribute in ["givenName", "sn", "title", "department", "company"]
    where random.happens(15) {
      record.add(attribute, [random.one(Parts.names)])
    }
  }

  private func flags(_ record: inout ContentRecord, _ random: inout Randomness) {
    if random.happens(70) {
      record.add("userAccountControl", [random.one(["512", "512", "514", "262656", "x"])])
    }
    if random.happens(15) { record.add("homeMDB", ["CN=db,DC=contoso,DC=com"]) }
    if random.happens(15) {
      record.add(
        "msExchRecipientTypeDetails", [random.one(["1", "2", "4", "2147483648", "128"])])
    }
    if random.happens(8) { record.add("servicePrincipalName", ["HTTP/a\(number)"]) }
    if random.happens(10) { record.add("msExchPoliciesIncluded", ["{1}"]) }
    if random.happens(5) { record.add("msExchPoliciesExcluded", ["{2}"]) }
    if random.happens(20) {
      record.add("employeeID", [random.one(["1", "1 ", "", "12345678901234567"])])
    }
    if random.happens(20) { record.add("c", [random.one(["DE", "de", "Germany", "D", "UK"])]) }
    if number % 7 == 0 { record.add("msExchUsageLocation", ["uk"]) }
    if random.happens(15) { record.add("telephoneNumber", [random.one(["+1", "+1 ", "\u{7}1"])]) }
    if random.happens(10) { record.add("postalCode", [String(repeating: "1", count: 50)]) }
  }
}

extension ContentRecord {
  /// Gives an attribute other values, or its first.
  mutating func set(_ attribute: String, _ values: [String]) {
    attributes.removeAll { $0.name == attribute }
    add(attribute, values)
  }

  /// Adds an attribute that is not there.
  mutating func add(_ attribute: String, _ values: [String]) {
    guard !values.isEmpty else { return }
    attributes.append(Attribute(attribute, values.map { Array($0.utf8) }))
  }
}
