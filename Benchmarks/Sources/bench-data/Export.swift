/// Writes objects as Active Directory exports them, 31 lines a user.
struct Export {
  private let options: Options

  init(_ options: Options) { self.options = options }

  /// Writes user number `number`.
  mutating func write(_ number: Int, to output: inout LDIFOutput) {
    var random = SplitMix(seed: options.seed, stream: number)
    // Drawn apart from the person's own numbers: dirt must not change the rest of the data.
    var fate = SplitMix(seed: options.seed ^ 0xD1E7, stream: number)
    var person = person(number, &random)
    if fate.below(10_000) < options.dirty {
      Dirt.allCases[fate.below(Dirt.allCases.count)].apply(to: &person)
    }
    if number > 0, fate.below(10_000) < options.duplicates {
      let kind = Duplicate.allCases[fate.below(Duplicate.allCases.count)]
      let otherNumber = fate.below(number)
      var otherRandom = SplitMix(seed: options.seed, stream: otherNumber)
      kind.apply(to: &person, from: self.person(otherNumber, &otherRandom))
    }
    write(person, number, &random, to: &output)
  }

  private func person(_ number: Int, _ random: inout SplitMix) -> Person {
    let isNonASCII = random.below(10_000) < options.nonASCII
    return Person(number: number, random: &random, isNonASCII: isNonASCII)
  }

  private func write(
    _ person: Person, _ number: Int, _ random: inout SplitMix, to output: inout LDIFOutput
  ) {
    let dn = Self.dn(person.commonName, &random)
    output.line(Line.dn, dn, keepsName: true)
    for objectClass in Line.userClasses {
      output.line(Line.objectClass, objectClass, keepsName: true)
    }
    output.line(Line.cn, person.commonName)
    output.line(Line.sn, person.surname)
    output.line(Line.givenName, person.givenName)
    output.line(Line.displayName, person.displayName)
    output.line(Line.distinguishedName, dn)
    output.line(Line.instanceType, Line.four)
    let created = Moment(&random)
    output.line(Line.whenCreated, created.generalizedTime)
    output.line(Line.whenChanged, Moment(&random).generalizedTime)
    output.line(Line.uSNCreated, Self.digits(12_000 + number * 3))
    output.line(Line.name, person.commonName)
    output.binary(Line.objectGUID, Self.random(16, &random))
    writeAccount(person, number, &random, to: &output)
    output.endRecord()
  }

  private func writeAccount(
    _ person: Person, _ number: Int, _ random: inout SplitMix, to output: inout LDIFOutput
  ) {
    output.line(Line.userAccountControl, random.below(20) == 0 ? Line.disabled : Line.enabled)
    output.line(Line.codePage, Line.zero)
    output.line(Line.pwdLastSet, Moment(&random).fileTime)
    output.line(Line.primaryGroupID, Line.domainUsers)
    output.binary(Line.objectSid, Self.securityIdentifier(1_100 + number))
    output.line(Line.accountExpires, Line.never)
    output.line(Line.sAMAccountName, person.accountName)
    output.line(Line.sAMAccountType, Line.normalAccount)
    if let name = person.userPrincipalName { output.line(Line.userPrincipalName, name) }
    output.line(Line.objectCategory, Line.personCategory)
    output.line(Line.mail, person.mail)
    output.line(Line.mailNickname, person.nickname)
    for address in person.proxyAddresses { output.line(Line.proxyAddresses, address) }
  }

  // MARK: Groups

  /// Writes member number `number` of the one group, and before the first the group itself.
  func writeMember(_ number: Int, to output: inout LDIFOutput) {
    if number == 0 { writeGroup(to: &output) }
    var random = SplitMix(seed: options.seed, stream: number)
    let person = person(number, &random)
    output.line(Line.member, Self.dn(person.commonName, &random))
  }

  private func writeGroup(to output: inout LDIFOutput) {
    var random = SplitMix(seed: options.seed, stream: -1)
    output.line(Line.dn, Line.groupDN, keepsName: true)
    for objectClass in Line.groupClasses {
      output.line(Line.objectClass, objectClass, keepsName: true)
    }
    output.line(Line.cn, Line.groupName)
    output.line(Line.sAMAccountName, Line.groupName)
    output.line(Line.groupType, Line.globalSecurity)
    output.binary(Line.objectGUID, Self.random(16, &random))
    output.binary(Line.objectSid, Self.securityIdentifier(1_000))
  }

  // MARK: Values

  private static func dn(_ commonName: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    let place = Names.places[random.below(Names.places.count)]
    return Line.cnPrefix + commonName + Line.ouPrefix + place + Line.dnTail
  }

  private static func digits(_ number: Int) -> [UInt8] { Array(String(number).utf8) }

  private static func random(_ count: Int, _ random: inout SplitMix) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
      let word = random.next()
      for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word &>> (UInt64(shift) * 8))) }
    }
    return bytes
  }

  /// S-1-5-21-…-RID of one domain (MS-DTYP §2.4.2.2).
  private static func securityIdentifier(_ relative: Int) -> [UInt8] {
    Line.domainSID + (0..<4).map { UInt8(truncatingIfNeeded: relative &>> ($0 * 8)) }
  }
}
