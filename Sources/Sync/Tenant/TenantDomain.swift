import Bytes
import Directory

/// A domain that a tenant can have, as people write it.
public struct TenantDomain: Sendable, Hashable {
  /// The name in small letters, labels in Unicode as A-labels.
  public let name: String

  /// Why a text is none.
  public struct Fault: Error, Sendable {
    /// What is said behind the text: "is no domain name; perhaps contoso.com is meant".
    public var reason: String
    /// What may be meant.
    var suggestion: String?

    /// A reason.
    public init(_ reason: String) { self.reason = reason }
  }

  /// Takes `text`, which must be a name that the public DNS can have: what is none would match no
  /// address, and every domain of the directory would be reported as not verified.
  public init(_ text: String, _ topLevelDomains: TopLevelDomains) throws(Fault) {
    guard Self.isVerifiable(text, topLevelDomains) else {
      guard let meant = Self.suggestion(for: text, topLevelDomains) else {
        throw Fault("is no domain that can be verified, such as contoso.com")
      }
      var fault = Fault("is no domain name; perhaps \(meant) is meant")
      fault.suggestion = meant
      throw fault
    }
    name = Self.key(text)
  }

  /// Takes `text`, which a tenant names as its own: what it has verified exists, whatever the list of
  /// top-level domains says.
  init(verified text: String) throws(Fault) {
    guard text.contains("."), text.withByteView({ Domain.malformation(of: $0) }) == nil else {
      throw Fault("is no domain name")
    }
    name = Self.key(text)
  }

  /// `text` as domains are compared.
  static func key(_ text: String) -> String {
    let small = text.lowercased()
    guard !small.utf8.allSatisfy({ $0 < 0x80 }) else { return small }
    let arena = ByteArena(blockSize: 1024)
    return "@\(small)".withByteView {
      String(Domain.withALabels($0, into: arena).string.dropFirst())
    }
  }

  private static func isVerifiable(_ text: String, _ topLevelDomains: TopLevelDomains) -> Bool {
    guard text.contains(".") else { return false }
    return text.withByteView { domain in
      Domain.malformation(of: domain) == nil
        && topLevelDomains.contains(domain[Domain.lastLabel(of: domain)])
    }
  }

  /// A domain that stands in `text`: behind an `@` or `//`, or among other words.
  static func suggestion(for text: String, _ topLevelDomains: TopLevelDomains) -> String? {
    let words = words(of: text.lowercased())
    func isEdge(_ character: Character) -> Bool { character == "." || character == "-" }
    return words.map { word in
      String(word.drop(while: isEdge).reversed().drop(while: isEdge).reversed())
    }
    .first { isVerifiable($0, topLevelDomains) }
  }

  /// The pieces of `text` that have only what domains have.
  fileprivate static func words(of text: String) -> [Substring] {
    text.split { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
  }
}

/// A tenant's initial domain, the one that it has had from the beginning.
///
/// Microsoft, "domain resource type": `isInitial`; its form is that of the cloud where the tenant is.
public struct InitialDomain: Sendable, Hashable {
  /// The name in small letters, `contoso.onmicrosoft.com`.
  public let name: String

  /// What initial domains end in: the public cloud, the one of the US government, 21Vianet in China,
  /// the former one in Germany.
  public static let endings = [
    ".onmicrosoft.com", ".onmicrosoft.us", ".partner.onmschina.cn", ".onmicrosoft.de",
  ]

  /// Takes `text`, in any case. Throws for what is no initial domain.
  public init(_ text: String) throws(TenantDomain.Fault) {
    let small = text.lowercased()
    guard let tenant = Self.tenant(of: small), Self.isLabel(tenant) else {
      throw TenantDomain.Fault("is no initial domain\(Self.hint(small))")
    }
    name = small
  }

  /// What stands before the ending of `name`.
  private static func tenant(of name: String) -> Substring? {
    endings.first { name.hasSuffix($0) }.map { name.dropLast($0.utf8.count) }
  }

  private static func isLabel(_ text: Substring) -> Bool {
    String(text).withByteView(Domain.isHostNameLabelValid)
  }

  /// What may be meant: the domain within an address or a URL or below a tenant's own, the tenant's name
  /// alone.
  private static func hint(_ text: String) -> String {
    for word in TenantDomain.words(of: text) {
      let word = word.hasSuffix(".") ? word.dropLast() : word
      guard let tenant = tenant(of: String(word)),
        let ending = endings.first(where: word.hasSuffix),
        let last = tenant.split(separator: ".").first, isLabel(last)
      else { continue }
      return "; perhaps \(last)\(ending) is meant"
    }
    if isLabel(text[...]), !text.isEmpty { return "; perhaps \(text).onmicrosoft.com is meant" }
    return ", such as contoso.onmicrosoft.com; Get-MgDomain names it where IsInitial is True"
  }
}
