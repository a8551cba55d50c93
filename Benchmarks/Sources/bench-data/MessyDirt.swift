extension MessyPerson {
  /// Makes wrong what people make wrong, in 69 of a thousand persons; `addresses` are those of others.
  mutating func soil(_ addresses: [String], _ random: inout SplitMix) {
    // In thousandths, as often as one meets it.
    switch random.below(1000) {
    case ..<32: soilAddresses(random.below(32), &random)
    case ..<42: takeAddress(of: addresses, isAlias: random.below(11) < 8, &random)
    case ..<53: soilNames(random.below(11), &random)
    case ..<69: soilRest(random.below(16), &random)
    default: break
    }
  }

  private mutating func takeAddress(
    of others: [String], isAlias: Bool, _ random: inout SplitMix
  ) {
    guard !others.isEmpty else { return }
    let other = others[random.below(others.count)]
    if isAlias { proxies.append("smtp:\(other)") } else { mail = other }
  }

  private mutating func soilAddresses(_ kind: Int, _ random: inout SplitMix) {
    let asNamed = "\(given).\(family)@\(domain)".filter { $0 != " " }
    switch kind {
    case ..<5: login = asNamed
    case ..<8:
      mail = asNamed
      if !proxies.isEmpty { proxies[0] = "SMTP:\(asNamed)" }
    case ..<10: mail = mail.map { $0 + " " }
    case ..<12: mail = mail.map { $0.replacing("@", with: "@ ") }
    case ..<14: proxies.append("smtp:\(local)@nordwind,de")
    case ..<16: proxies.append("smtp:\(local)@nordwind..de")
    case ..<18: proxies.append("\(local)@nordwind.de")
    case ..<19: proxies.append("smtp:\(local)@nordwind.de; \(account)@nordwind.de")
    case ..<21: mail = "n/a"
    case ..<23: mail = "-"
    case ..<25: proxies.append("SMTP:\(account)@nordwind.com")
    case ..<27: proxies = proxies.map { $0.replacing("SMTP:", with: "smtp:") }
    case ..<29: proxies.append("smtp:mailto:\(local)@nordwind.de")
    case ..<31: proxies.append("smtp:\(local)@nordwind-alt.de")
    default: addMany([120, 310, 405][random.below(3)])
    }
  }

  /// A mailbox that has collected addresses for years.
  private mutating func addMany(_ count: Int) {
    for number in 0..<count { proxies.append("smtp:\(local)\(number)@nordwind.de") }
  }

  private mutating func soilNames(_ kind: Int, _ random: inout SplitMix) {
    switch kind {
    case ..<2: change("displayName") { $0 + " " }
    case ..<3: change("displayName") { $0.replacing(" ", with: "\t", maxReplacements: 1) }
    case ..<5:
      let name = "\(given) \(family)"
      change("mailNickname") { _ in name }
    case ..<7: change("mailNickname") { "SMTP:" + $0 }
    case ..<9: login = "\(local)@nordwind"
    case ..<10: login = local
    default: login = "\(local).@\(domain)"
    }
  }

  private mutating func soilRest(_ kind: Int, _ random: inout SplitMix) {
    switch kind {
    case ..<2: login = "\(local)@nordwind-alt.de"
    case ..<4:
      if kind != 2 || self.kind == .remote { break }
      others.append(("targetAddress", "SMTP:\(local)@\(MessyForest.internalDomain)"))
    case ..<6: others.append(("c", "DEU"))
    // Copied from the web.
    case ..<7: proxies.append("smtp:\(local)@nordwind.de\u{200B}")
    case ..<8: login = login.map { $0.replacing("@", with: "\u{A0}@") }
    case ..<9: proxies.append("smtp:\"\(given) \(family)\"@nordwind.de")
    case ..<10: proxies.append("smtp:<\(local)@nordwind.de>")
    case ..<11: login = "\(given.prefix(1))@\(domain)"
    case ..<12: proxies.append("smtp:\(local)@xn--mller-kva.de")
    case ..<13: proxies.append("smtp:\(local)@müller-spedition.de")
    case ..<14: login = "\(local)'o@\(domain)"
    case ..<15: proxies += ["SIP:\(local)@nordwind.de", "sip:x\(local)@nordwind.de"]
    default: addMany(40)
    }
  }
}
