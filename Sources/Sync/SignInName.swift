import Bytes
import Directory

/// The user name that Entra ID would give the object.
///
/// Microsoft, "Microsoft Entra UserPrincipalName population": the on-premises name where its
/// suffix is verified and it has no invalid character, else MailNickName@initial domain, where
/// MailNickName is the first of mailNickname and the prefixes of the primary SMTP address, mail,
/// the on-premises name and a secondary address.
public struct SignInName {
  private let view: ObjectView
  private var entry: Entry { view.entry }
  private var attributes: WellKnownAttributes { view.attributes }

  /// That of the object in `view`.
  public init(_ view: ObjectView) { self.view = view }

  /// A name that somebody makes because the object has none that the cloud takes over.
  package struct Computed {
    /// The name, in the entry's arena.
    package let name: ByteView
    /// Whose first value it is made of.
    package let attribute: AttributeID
  }

  /// The predicted name; the initial domain is `TENANT.onmicrosoft.com` when it is not known.
  public var predicted: String { predictedName.string }

  /// The same, in the entry's arena or a part of the entry.
  package var predictedName: ByteView {
    if let sent, isTakenOver(sent) { return sent }
    return replacement.name
  }

  /// Whether the cloud takes over the name that the object has.
  package var isTakenOver: Bool { own.map(isTakenOver) ?? false }

  /// The name that is made for the object: Connect's own where it has none, the cloud's where that
  /// is not taken over. Nil where none is needed, where nothing says what it would be made of, and
  /// for what is no name@domain, which is refused.
  package var computed: Computed? {
    if let own {
      guard let at = own.firstIndex(of: 0x40), at > 0, at < own.count - 1,
        own.lastIndex(of: 0x40) == at, !isTakenOver(own)
      else { return nil }
      return replacement
    }
    guard let sent else { return nil }
    return isTakenOver(sent)
      ? Computed(name: sent, attribute: attributes.sAMAccountName) : replacement
  }

  /// The name that Connect makes for an object without one; nil where the object or its DN does not
  /// say enough.
  package var ofAccount: ByteView? {
    guard let account = entry.first(attributes.sAMAccountName),
      let domain = DistinguishedName.domainName(of: entry.dn, into: entry.arena)
    else { return nil }
    return entry.arena.copy(account.array + [0x40] + domain.array)
  }

  /// Whether the cloud takes over `ofAccount`.
  package var isOfAccountTakenOver: Bool { ofAccount.map(isTakenOver) ?? false }

  /// Why the cloud would not take over the suffix of `ofAccount`; nil where it would.
  package var faultOfAccountSuffix: String? {
    guard let name = ofAccount, let at = name.lastIndex(of: 0x40) else {
      return "its domain cannot be told from the DN"
    }
    let domain = name.from(at + 1)
    let facts = view.domains.facts(domain)
    if view.sync.takesOver(facts) { return nil }
    if !facts.contains(.isWellFormed) { return DomainCache.malformation(domain) }
    if !facts.contains(.isRoutable) { return view.domains.unroutableReason(domain) }
    let isReserved = facts.contains(.isReserved)
    return domain.string
      + (isReserved ? " is reserved for the service" : " is not among the verified domains")
  }

  /// The name that the object has: the login attribute.
  private var own: ByteView? {
    entry.first(attributes.login).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The name that Connect sends: the login attribute, else sAMAccountName@domain.
  private var sent: ByteView? { own ?? ofAccount }

  /// Whether the cloud takes over `name` as it is.
  private func isTakenOver(_ name: ByteView) -> Bool {
    guard let at = name.lastIndex(of: 0x40), at > 0,
      view.sync.takesOver(view.domains.facts(name.from(at + 1)))
    else { return false }
    // A domain of other letters arrives as what it is: a name with invalid characters.
    return name[at - 1] != 0x2E && name.upTo(at).allSatisfy(Self.isAllowed)
      && !name.from(at + 1).hasNonASCII
  }

  // MARK: Replaced

  private var replacement: Computed {
    let (nickname, attribute) = nickname
    let domain = view.sync.tenant.initialDomain ?? "TENANT.onmicrosoft.com"
    let name = domain.withByteView { domain in
      unsafe entry.arena.make(capacity: nickname.count + 1 + domain.count) { target in
        unsafe target.update(from: nickname.unsafeBase, count: nickname.count)
        unsafe target[nickname.count] = 0x40
        unsafe (target + nickname.count + 1).update(from: domain.unsafeBase, count: domain.count)
        return nickname.count + 1 + domain.count
      }
    }
    return Computed(name: name, attribute: attribute)
  }

  /// MailNickName, and the attribute to change when it is to be another.
  private var nickname: (ByteView, AttributeID) {
    var secondary: ByteView?
    entry.forEach(attributes.proxyAddresses) { _, value in
      guard secondary == nil, value.count > 5, value.upTo(5) == ByteView("smtp:") else { return }
      secondary = value.from(5)
    }
    // It is not trimmed: a blank at its end becomes an underscore too.
    if let own = entry.first(attributes.mailNickname), !own.trimmed.isEmpty {
      return (withUnderscores(own), attributes.mailNickname)
    }
    let sources: [ByteView?] = [
      Self.prefix(view.primarySMTP), Self.prefix(entry.first(attributes.mail)),
      Self.prefix(sent), Self.prefix(secondary),
    ]
    let found = sources.lazy.compactMap { $0 }.first { !$0.isEmpty }
    return (
      withUnderscores(found ?? .empty),
      own == nil ? attributes.sAMAccountName : attributes.login
    )
  }

  private func withUnderscores(_ text: ByteView) -> ByteView {
    if text.allSatisfy(Self.isAllowed) { return text }
    var result: [UInt8] = []
    for (offset, element) in UnicodeText.elements(text) {
      result.append(element.length == 1 && Self.isAllowed(text[offset]) ? text[offset] : 0x5F)
    }
    return entry.arena.copy(result)
  }

  private static func prefix(_ address: ByteView?) -> ByteView? {
    guard let address = address?.trimmed else { return nil }
    guard let at = address.lastIndex(of: 0x40) else { return address }
    return address.upTo(at)
  }

  /// Whether a user name may have this character before its `@`.
  static func isAllowed(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit
      || [0x27, 0x2E, 0x2D, 0x5F, 0x21, 0x23, 0x5E, 0x7E].contains(byte)
  }
}

extension SyncModel {
  /// Whether the cloud takes over user names in a domain of which `facts` are known.
  package func takesOver(_ facts: DomainFacts) -> Bool {
    facts.isSuperset(of: wantedSuffix) && !facts.contains(.isReserved)
  }
}

extension ObjectView {
  /// Whether the object has a user name that the cloud surely takes over; nearly all have.
  package var hasPlainSignInName: Bool {
    var isPlain = entry.has(attributes.login)
    forEachScanned(attributes.login) { _, value in
      isPlain =
        isPlain && value.suspects & sync.signInScreen == 0 && value.atCount == 1 && value.at > 0
        && value.body[value.at &- 1] != 0x2E
        && sync.takesOver(domains.facts(value.body.from(value.at &+ 1)))
    }
    return isPlain
  }
}
