import LDIF

/// A small made-up forest with any mixture of what rules find fault with.
///
/// Values are put together from few parts, so that objects meet each other's values all the time,
/// before a repair and through one.
struct Forest {
  /// The objects of each source.
  var sources: [[ContentRecord]]

  static let locals = [
    "ann", "Ann", "ANN", "ann.berg", "Ann.Berg", ".ann", "ann.", "ann..berg", "änn", "jörg", "jorg",
    "joerg", "j org", " ann", "ann ", "ann\u{200B}", "o'neil", "oneil", "a&b", "ab", "ann!", "bob",
    "Bob", "bob\t", "bob%", "ann\u{301}", "", "søren", "soren", "ann@x", "ann,berg", "\u{441}arl",
    String(repeating: "l", count: 70), String(repeating: "ö", count: 66), "ann\u{A0}",
  ]
  static let domains = [
    "contoso.com", "contoso.com", "contoso.com", "Contoso.com", "corp.local", "corp.local",
    "fabrikam.com", "contoso", "contoso.com ", "büro.de", "contoso.onmicrosoft.com",
    "con toso.com", "contoso..com", "lab.example", ".contoso.com", "-a.com", "",
  ]
  static let types = [
    "SMTP:", "SMTP:", "smtp:", "smtp:", "smtp:", "Smtp:", "", "SIP:", "sip:", "X500:", "x400:",
    "smtp: ", " smtp:", "smtp:smtp:", "eum:", "SMTP::", "notes:", "invalid",
  ]
  static let names = [
    "Ann Berg", "Jörg", " Ann", "Ann ", " ", "  ", "Ann\u{7}", "a/b", "Ann  Berg", "x", "ö",
    String(repeating: "n", count: 300), "Ann\nBerg", "\u{202E}nnA",
  ]
  static let logons = [
    "ann", "Ann", "bob", "jörg", "a b", "ann.", "a,b", "o'neil", "ann$", "abcdefghijklmnopqrstuvw",
  ]
  static let nicknames = [
    "ann", "Ann", "ann.", ".ann", "a..b", "ann berg", "jörg", "jorg", "a@b", "bob ", "", "bob",
  ]
  static let classes = [
    ["top", "person", "organizationalPerson", "user"],
    ["top", "person", "organizationalPerson", "user"],
    ["top", "person", "organizationalPerson", "user"],
    ["top", "person", "organizationalPerson", "user", "inetOrgPerson"],
    ["top", "group"], ["top", "person", "organizationalPerson", "contact"],
  ]

  /// The forest number `seed`.
  init(seed: Int) {
    var random = Randomness(seed: seed)
    var number = 0
    let count = random.number(5..<41)
    let sourceCount = random.number(1..<4)
    sources = (0..<sourceCount).map { source in
      (0..<max(2, count / sourceCount)).map { _ in
        number += 1
        return Self.object(number, source: source, &random)
      }
    }
  }

  /// The same objects in another order, in the same sources.
  func shuffled(seed: Int) -> Forest {
    var random = Randomness(seed: seed)
    var result = self
    for index in result.sources.indices {
      result.sources[index] = random.shuffled(result.sources[index])
    }
    return result
  }

  static func address(_ random: inout Randomness) -> String {
    if random.happens(4) { return random.one(locals) }
    return "\(random.one(locals))@\(random.one(domains))"
  }

  private static func object(
    _ number: Int, source: Int, _ random: inout Randomness
  ) -> ContentRecord {
    let name =
      random.happens(3) ? "Ann\\0ACNF:\(number)" : "\(random.one(["ann", "bob"])) \(number)"
    let dn = "CN=\(name),OU=Staff,DC=forest\(source),DC=contoso,DC=com"
    var record = ContentRecord(dn: Array(dn.utf8))
    func add(_ attribute: String, _ values: [String]) {
      guard !values.isEmpty else { return }
      record.attributes.append(Attribute(attribute, values.map { Array($0.utf8) }))
    }
    add("objectClass", classes[random.number(0..<classes.count)])
    add("cn", [random.happens(90) ? name : random.one(names)])
    if random.happens(90) { add("sAMAccountName", [random.one(logons)]) }
    if random.happens(85) { add("userPrincipalName", [address(&random)]) }
    if random.happens(60) { add("mail", [address(&random)]) }
    if random.happens(40) { add("mailNickname", [random.one(nicknames)]) }
    if random.happens(70) { add("displayName", [random.one(names)]) }
    if random.happens(40) { add("givenName", [random.one(names)]) }
    add("proxyAddresses", proxies(&random))
    if random.happens(15) { add("targetAddress", [random.one(types) + address(&random)]) }
    if random.happens(10) { add("msRTCSIP-PrimaryUserAddress", ["sip:" + address(&random)]) }
    flags(number, &random, add)
    return record
  }

  private static func proxies(_ random: inout Randomness) -> [String] {
    guard random.happens(75) else { return [] }
    var list: [String] = []
    for _ in 0..<random.number(1..<6) {
      list.append(random.one(types) + address(&random))
      if random.happens(8), let last = list.last { list.append(last) }
      if random.happens(8), let last = list.last { list.append(last.uppercased()) }
    }
    return list
  }

  private static func flags(
    _ number: Int, _ random: inout Randomness, _ add: (String, [String]) -> Void
  ) {
    if random.happens(70) {
      add("userAccountControl", [random.one(["512", "512", "514", "262656", "x"])])
    }
    if random.happens(15) { add("homeMDB", ["CN=db,DC=contoso,DC=com"]) }
    if random.happens(15) {
      add("msExchRecipientTypeDetails", [random.one(["1", "2", "4", "2147483648", "128"])])
    }
    if random.happens(8) { add("servicePrincipalName", ["HTTP/a\(number)"]) }
    if random.happens(10) { add("msExchPoliciesIncluded", ["{1}"]) }
    if random.happens(5) { add("msExchPoliciesExcluded", ["{2}"]) }
    if random.happens(20) { add("employeeID", [random.one(["1", "1 ", "", "12345678901234567"])]) }
    if random.happens(20) { add("c", [random.one(["DE", "de", "Germany", "D"])]) }
    if random.happens(15) { add("telephoneNumber", [random.one(["+1", "+1 ", "\u{7}1"])]) }
    if random.happens(10) { add("postalCode", [String(repeating: "1", count: 50)]) }
  }
}
