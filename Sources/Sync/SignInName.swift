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

  /// That of the object in `view`.
  public init(_ view: ObjectView) { self.view = view }

  /// The predicted name; the initial domain is `TENANT.onmicrosoft.com` when it is not known.
  public var predicted: String {
    if let taken = takenOver { return taken }
    let initial = view.sync.tenant.initialDomain ?? "TENANT.onmicrosoft.com"
    return "\(nickname)@\(initial)"
  }

  /// The name that Connect sends: the login attribute, else sAMAccountName@domain.
  private var sent: ByteView? {
    let entry = view.entry
    if let login = entry.first(view.attributes.login), !login.isEmpty { return login }
    guard let account = entry.first(view.attributes.sAMAccountName),
      let domain = DistinguishedName.domainName(of: entry.dn, into: entry.arena)
    else { return nil }
    return entry.arena.copy(account.array + [0x40] + domain.array)
  }

  /// The name that Connect sends, when the cloud takes it as it is.
  private var takenOver: String? {
    guard let sent, let at = sent.lastIndex(of: 0x40), at > 0, at < sent.count - 1 else {
      return nil
    }
    let facts = view.domains.facts(sent.from(at + 1))
    let settings = view.sync.tenant
    let isVerified = settings.verifiedDomains.isEmpty || facts.contains(.isVerified)
    guard facts.contains([.isRoutable, .isWellFormed]), isVerified else { return nil }
    return sent.upTo(at).allSatisfy(Self.isAllowed) ? sent.string : nil
  }

  private var nickname: String {
    let entry = view.entry
    let attributes = view.attributes
    var secondary: ByteView?
    entry.forEach(attributes.proxyAddresses) { _, value in
      guard secondary == nil, value.count > 5, value.upTo(5) == ByteView("smtp:") else { return }
      secondary = value.from(5)
    }
    let sources: [ByteView?] = [
      entry.first(attributes.mailNickname)?.trimmed, Self.prefix(view.primarySMTP),
      Self.prefix(entry.first(attributes.mail)), Self.prefix(sent), Self.prefix(secondary),
    ]
    let found = sources.lazy.compactMap { $0 }.first { !$0.isEmpty }
    return (found ?? .empty).string.unicodeScalars.reduce(into: "") { text, scalar in
      let isAllowed = scalar.isASCII && Self.isAllowed(UInt8(scalar.value))
      text.unicodeScalars.append(isAllowed ? scalar : "_")
    }
  }

  private static func prefix(_ address: ByteView?) -> ByteView? {
    guard let address = address?.trimmed else { return nil }
    guard let at = address.lastIndex(of: 0x40) else { return address }
    return address.upTo(at)
  }

  /// Whether a user name may have this character before its `@`.
  private static func isAllowed(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit
      || [0x27, 0x2E, 0x2D, 0x5F, 0x21, 0x23, 0x5E, 0x7E].contains(byte)
  }
}
