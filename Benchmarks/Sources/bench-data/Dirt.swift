/// The problems that an object may have, one each, in even shares.
enum Dirt: CaseIterable {
  case suffixNotRoutable, upnDiacritic, upnSpace, upnDoubleDot, upnTrailingDot, upnMissing
  case upnInvalidCharacter, upnDiffersFromPrimary, upnLocalPartTooLong
  case mailSpaceInside, mailSpaceAtEnd, mailDiacritic, mailNotRoutable, mailReserved
  case mailDiffersFromPrimary, mailWithoutAt
  case proxyWithoutType, proxySpaceInside, proxyTwoAts, proxySecondColon, twoPrimaries
  case noPrimary, proxyTwice, proxyInvalidCharacter, proxyEmptyLabel, legacyNameDiacritic
  case accountNameInvalidCharacter, accountNameTooLong, accountNameApostrophe
  case nicknameInvalidCharacter, nicknameLeadingDot, nicknameNonASCII
  case givenNameTooLong, displayNameBlank, displayNameTooLong, nameWithControlCharacter

  func apply(to person: inout Person) {
    switch self {
    case .suffixNotRoutable, .upnDiacritic, .upnSpace, .upnDoubleDot, .upnTrailingDot, .upnMissing,
      .upnInvalidCharacter, .upnDiffersFromPrimary, .upnLocalPartTooLong:
      applyToUPN(&person)
    case .mailSpaceInside, .mailSpaceAtEnd, .mailDiacritic, .mailNotRoutable, .mailReserved,
      .mailDiffersFromPrimary, .mailWithoutAt:
      applyToMail(&person)
    case .proxyWithoutType, .proxySpaceInside, .proxyTwoAts, .proxySecondColon, .twoPrimaries,
      .noPrimary, .proxyTwice, .proxyInvalidCharacter, .proxyEmptyLabel, .legacyNameDiacritic:
      applyToProxies(&person)
    default: applyToNames(&person)
    }
  }

  private func applyToUPN(_ person: inout Person) {
    let at = person.localPart + [0x40]
    switch self {
    case .suffixNotRoutable: person.userPrincipalName = at + bytes("corp.local")
    case .upnDiacritic: person.userPrincipalName = bytes("jürgen.") + at + person.domain
    case .upnSpace: person.userPrincipalName = bytes("a b.") + at + person.domain
    case .upnDoubleDot: person.userPrincipalName = bytes("a..") + at + person.domain
    case .upnTrailingDot: person.userPrincipalName = person.localPart + bytes(".@") + person.domain
    case .upnInvalidCharacter: person.userPrincipalName = bytes("r&d,") + at + person.domain
    case .upnDiffersFromPrimary: person.userPrincipalName = bytes("x.") + at + person.domain
    case .upnLocalPartTooLong:
      person.userPrincipalName = [UInt8](repeating: 0x78, count: 60) + at + person.domain
    default: person.userPrincipalName = nil
    }
  }

  private func applyToMail(_ person: inout Person) {
    let at = person.localPart + [0x40]
    switch self {
    case .mailSpaceInside: person.mail = bytes("my mail.") + at + person.domain
    case .mailSpaceAtEnd: person.mail.append(0x20)
    case .mailDiacritic: person.mail = bytes("é.") + at + person.domain
    case .mailNotRoutable: person.mail = at + bytes("intranet.lan")
    case .mailReserved: person.mail = at + bytes("contoso.onmicrosoft.com")
    case .mailDiffersFromPrimary: person.mail = bytes("other.") + at + person.domain
    default: person.mail = person.localPart
    }
  }

  private func applyToProxies(_ person: inout Person) {
    let at = person.localPart + [0x40]
    switch self {
    case .proxyWithoutType: person.proxyAddresses[1] = bytes("plain.") + at + person.domain
    case .proxySpaceInside:
      person.proxyAddresses[1] = bytes("smtp:sales team.") + at + person.domain
    case .proxyTwoAts: person.proxyAddresses[1] = bytes("smtp:a@") + at + person.domain
    case .proxySecondColon: person.proxyAddresses[1] = bytes("smtp:SMTP:s.") + at + person.domain
    case .twoPrimaries: person.proxyAddresses[1] = bytes("SMTP:second.") + at + person.domain
    case .noPrimary: person.proxyAddresses[0] = bytes("smtp:") + at + person.domain
    case .proxyTwice: person.proxyAddresses.append(person.proxyAddresses[1])
    case .proxyInvalidCharacter: person.proxyAddresses[1] = bytes("smtp:<b>.") + at + person.domain
    case .proxyEmptyLabel: person.proxyAddresses[1] = bytes("smtp:") + at + bytes("contoso..com")
    default: person.proxyAddresses[2] += bytes("ü")
    }
  }

  private func applyToNames(_ person: inout Person) {
    switch self {
    case .accountNameInvalidCharacter: person.accountName = bytes("a+b") + person.accountName
    case .accountNameTooLong: person.accountName = bytes("averylongname") + person.accountName
    case .accountNameApostrophe: person.accountName = bytes("o'") + person.accountName
    case .nicknameInvalidCharacter: person.nickname = bytes("r(d)") + person.nickname
    case .nicknameLeadingDot: person.nickname = bytes(".") + person.nickname
    case .nicknameNonASCII: person.nickname = bytes("ö") + person.nickname
    case .givenNameTooLong: person.givenName = [UInt8](repeating: 0x61, count: 70)
    case .displayNameBlank: person.displayName = bytes(" ")
    case .displayNameTooLong: person.displayName = [UInt8](repeating: 0x61, count: 300)
    default: person.displayName.append(0x09)
    }
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}

/// The ways in which an object may hold what belongs to another, in even shares.
enum Duplicate: CaseIterable {
  case primary, secondary, principalName, mail, accountName, nickname, otherCase, confusable

  /// Gives `person` something of `other`.
  func apply(to person: inout Person, from other: Person) {
    switch self {
    case .primary: person.setAddress(other.mail)
    case .secondary: person.proxyAddresses[1] = other.proxyAddresses[1]
    case .principalName: person.userPrincipalName = other.userPrincipalName
    case .mail: person.mail = other.mail
    case .accountName: person.accountName = other.accountName
    case .nickname: person.nickname = other.nickname
    case .otherCase:
      person.proxyAddresses[1] = Array("smtp:".utf8) + other.mail.map(Self.uppercased)
    case .confusable:
      var text = other.mail
      text.replaceSubrange(0..<1, with: Array("à".utf8))
      person.proxyAddresses[1] = Array("smtp:".utf8) + text
    }
  }

  private static func uppercased(_ byte: UInt8) -> UInt8 {
    byte &- 0x61 < 26 ? byte & 0xDF : byte
  }
}
