/// A user as the export shows it; what the dirt may change.
struct Person {
  var givenName: [UInt8]
  var surname: [UInt8]
  var displayName: [UInt8]
  /// The first component of the DN, without `CN=`.
  var commonName: [UInt8]
  var accountName: [UInt8]
  var nickname: [UInt8]
  /// Nil for an account without.
  var userPrincipalName: [UInt8]?
  var mail: [UInt8]
  /// `f.last.number`, what addresses are made of.
  var localPart: [UInt8]
  var domain: [UInt8]
  var proxyAddresses: [[UInt8]]

  /// Person number `number`, before anything is made wrong.
  init(number: Int, random: inout SplitMix, isNonASCII: Bool) {
    let given = Names.given[random.below(Names.given.count)]
    let family = Names.family[random.below(Names.family.count)]
    let digits = Array(String(number).utf8)
    domain = Names.domains[random.below(Names.domains.count)]
    givenName = given
    surname = family
    if isNonASCII {
      givenName = Names.givenNonASCII[random.below(Names.givenNonASCII.count)]
      surname = Names.familyNonASCII[random.below(Names.familyNonASCII.count)]
    }
    displayName = surname + Array(", ".utf8) + givenName
    commonName = givenName + [0x20] + surname + [0x20] + digits
    // Two letters and the number: short enough for sAMAccountName, and nobody else's.
    accountName = [given[0] | 0x20, family[0] | 0x20] + digits
    var local = [given[0] | 0x20, 0x2E]
    for byte in family where byte != 0x20 { local.append(byte | 0x20) }
    localPart = local + [0x2E] + digits
    nickname = localPart
    let address = localPart + [0x40] + domain
    userPrincipalName = address
    mail = address
    let secondary = accountName + Array("@contoso.com".utf8)
    proxyAddresses = [
      Array("SMTP:".utf8) + address,
      Array("smtp:".utf8) + secondary,
      Self.legacyName + accountName,
    ]
  }

  private static let legacyName = Array("X500:/o=Contoso/cn=Recipients/cn=".utf8)

  /// Gives the person the address `mail` everywhere, as a clean object has it.
  mutating func setAddress(_ address: [UInt8]) {
    userPrincipalName = address
    mail = address
    proxyAddresses[0] = Array("SMTP:".utf8) + address
  }
}
