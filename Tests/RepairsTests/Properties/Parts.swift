/// What the values of a forest are put together from: a choice of few parts, drawn for each forest.
struct Parts {
  let locals: [String]
  let domains: [String]
  let types: [String]

  static let locals = [
    "ann", "Ann", "ANN", "ann.berg", "Ann.Berg", ".ann", "ann.", "ann..berg", "änn", "jörg", "jorg",
    "joerg", "j org", "an n", " ann", "ann ", "ann\u{200B}", "o'neil", "oneil", "a&b", "ab", "ann!",
    "bob", "Bob", "bob\t", "bob%", "ann\u{301}", "", "søren", "soren", "ann@x", "ann,berg",
    "\u{441}arl", String(repeating: "l", count: 70), String(repeating: "ö", count: 66), "ann\u{A0}",
    "b ob", "ann:", String(repeating: "m", count: 250), "mailto:ann", "\"ann", "CORP\\ann",
    "a@contoso.com;ann",
  ]
  static let domains = [
    "contoso.com", "contoso.com", "contoso.com", "Contoso.com", "corp.local", "corp.local",
    "fabrikam.com", "contoso", "contoso.com ", "büro.de", "contoso.onmicrosoft.com",
    "con toso.com", "contoso..com", "lab.example", ".contoso.com", "-a.com", "", "contoso.com.",
    String(repeating: "d", count: 55) + ".com", "b_d.contoso.com", "oldcorp.com",
    "contoso.com\"", "eu.corp.local",
  ]
  static let types = [
    "SMTP:", "SMTP:", "smtp:", "smtp:", "smtp:", "Smtp:", "", "SIP:", "sip:", "X500:", "x400:",
    "smtp: ", " smtp:", "smtp:smtp:", "eum:", "EUM:", "SMTP::", "notes:", "invalid",
  ]
  static let names = [
    "Ann Berg", "Jörg", " Ann", "Ann ", " ", "  ", "Ann\u{7}", "a/b", "Ann  Berg", "x", "ö",
    String(repeating: "n", count: 300), String(repeating: "n", count: 70), "Ann\nBerg",
    "\u{202E}nnA",
  ]
  static let logons = [
    "ann", "Ann", "bob", "jörg", "a b", "ann.", "a,b", "o'neil", "ann$", "abcdefghijklmnopqrstuvw",
  ]
  static let nicknames = [
    "ann", "Ann", "ann.", ".ann", "a..b", "ann berg", "jörg", "jorg", "a@b", "bob ", " ann", "",
    "bob", "a!b", "a&b", "a\"b", "ann(x", String(repeating: "k", count: 70),
  ]

  init(_ random: inout Randomness) {
    locals = random.some(Self.locals, 3..<9)
    domains = random.some(Self.domains, 2..<6)
    types = ["SMTP:", "smtp:"] + random.some(Self.types, 1..<6)
  }

  func address(_ random: inout Randomness) -> String {
    if random.happens(4) { return random.one(locals) }
    return "\(random.one(locals))@\(random.one(domains))"
  }
}
