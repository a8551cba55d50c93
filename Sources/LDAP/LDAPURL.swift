internal import Bytes
import LibC

/// Where a directory is and what of it is asked for: an LDAP URL (RFC 4516).
///
/// `ldaps://dc1.example.com/DC=example,DC=com??sub?(objectClass=user)`: scheme, host and port, base
/// DN, attributes, scope, filter, extensions. Everything after the host may be absent. `ldapi://`
/// has the percent-encoded path of a local socket in place of the host.
public struct LDAPURL: Sendable, Hashable {
  /// How the server is reached.
  public enum Scheme: String, Sendable {
    /// TCP, without TLS unless StartTLS adds it.
    case ldap
    /// TCP with TLS from the first byte.
    case ldaps
    /// A local socket.
    case ldapi
  }

  /// How deep a search goes below its base (RFC 4511 §4.5.1.2).
  public enum Scope: String, Sendable {
    /// The base object alone.
    case base
    /// What is directly below the base.
    case one
    /// The base and everything below it.
    case subtree = "sub"
  }

  /// How the server is reached.
  public var scheme: Scheme
  /// The host's name or address without brackets; for `ldapi` the socket's path, "" for the default.
  public var host: String
  /// The port that the URL names, or nil.
  public var port: Int?
  /// The base DN; nil when the URL has none (or an empty one).
  public var base: String?
  /// The attributes that the URL names; empty when it names none.
  public var attributes: [String]
  /// The scope that the URL names, or nil. (RFC 4516 would then read the base object alone; a scan
  /// reads the subtree.)
  public var scope: Scope?
  /// The filter that the URL names, or nil.
  public var filter: String?

  /// The port in use: the URL's, else 389 or 636; nil for a local socket.
  public var effectivePort: Int? {
    switch scheme {
    case .ldap: port ?? 389
    case .ldaps: port ?? 636
    case .ldapi: nil
    }
  }

  /// Whether the port is one of Active Directory's Global Catalog.
  public var isGlobalCatalogPort: Bool { effectivePort == 3268 || effectivePort == 3269 }

  /// Whether the server is on this machine, so that no other machine can listen in.
  public var isLocal: Bool {
    if scheme == .ldapi || host == "::1" || host.lowercased() == "localhost" { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
  }

  /// Scheme, host and port alone, as the library and messages want them.
  public var server: String {
    switch scheme {
    case .ldapi:
      return "ldapi://" + PercentEncoding.encode(host)
    case .ldap, .ldaps:
      // A zone's "%" is encoded (RFC 6874 §2).
      let name =
        host.contains(":") ? "[\(host.split(separator: "%").joined(separator: "%25"))]" : host
      return "\(scheme.rawValue)://\(name)" + (port.map { ":\($0)" } ?? "")
    }
  }

  /// Whether `text` looks like an LDAP URL rather than a file's name.
  public static func isURL(_ text: String) -> Bool {
    let lowered = text.prefix(8).lowercased()
    return ["ldap://", "ldaps://", "ldapi://"].contains { lowered.hasPrefix($0) }
  }
}

/// What is wrong with an LDAP URL, in one line.
public struct LDAPURLError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The URL as it was given.
  public var url: String
  /// What is wrong and what to write instead.
  public var reason: String

  /// The URL and the reason in one line.
  public var description: String { "\(url): \(reason)" }
}

extension LDAPURL {
  /// Reads `text`; throws with a sentence for people when it is not an LDAP URL.
  public init(_ text: String) throws(LDAPURLError) {
    func refuse(_ reason: String) -> LDAPURLError {
      LDAPURLError(url: Self.withoutLogin(text), reason: reason)
    }
    guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://"),
      let scheme = Scheme(rawValue: text[..<colon].lowercased())
    else { throw refuse("not an LDAP URL; write ldap://, ldaps:// or ldapi:// and a host") }
    self.scheme = scheme
    let rest = text[colon...].dropFirst(3)
    let slash = rest.firstIndex(where: { $0 == "/" || $0 == "?" }) ?? rest.endIndex
    (host, port) = (try Self.authority(rest[..<slash], scheme, refuse))
    guard slash == rest.endIndex || rest[slash] == "/" else {
      throw refuse("a \"?\" follows the host; a \"/\" must stand between host and base DN")
    }
    let parts = rest[slash...].dropFirst().split(
      separator: "?", maxSplits: 4, omittingEmptySubsequences: false)
    let decoded = try Self.decoded(parts, refuse)
    func part(_ index: Int) -> String? {
      index < decoded.count && !decoded[index].isEmpty ? decoded[index] : nil
    }
    base = part(0)
    if scheme == .ldapi, host.isEmpty, let base, !base.contains("=") {
      let path = PercentEncoding.encode("/" + base)
      throw refuse("the socket's path is percent-encoded; write ldapi://\(path)")
    }
    attributes = part(1).map { $0.split(separator: ",").map(String.init) } ?? []
    scope = try Self.scope(part(2), refuse)
    filter = part(3)
    // The parts between commas are told apart before they are decoded (RFC 4516 §2.1).
    let extensions = parts.count > 4 ? parts[4].split(separator: ",") : []
    if let critical = extensions.first(where: { $0.hasPrefix("!") }) {
      throw refuse("the extension \"\(critical)\" is marked as required and is not known")
    }
  }

  /// `text` without what stands before the host: a password must not come out with an error.
  private static func withoutLogin(_ text: String) -> String {
    guard let start = text.firstRange(of: "://")?.upperBound else { return text }
    let authority = text[start...].prefix { $0 != "/" && $0 != "?" }
    guard let at = authority.lastIndex(of: "@") else { return text }
    return text[..<start] + "…" + text[at...]
  }

  private static func decoded(
    _ parts: [Substring], _ refuse: (String) -> LDAPURLError
  ) throws(LDAPURLError) -> [String] {
    var decoded: [String] = []
    for part in parts {
      guard let plain = PercentEncoding.decode(part) else {
        throw refuse("\"\(part)\" is not percent-encoded UTF-8; write % as %25 and ? as %3F")
      }
      // libldap would take what stands before it for the whole.
      guard !plain.utf8.contains(0) else {
        throw refuse("\"\(part)\" holds %00; a NUL is written as \\00 in DNs and filters")
      }
      decoded.append(plain)
    }
    return decoded
  }

  private static func scope(
    _ word: String?, _ refuse: (String) -> LDAPURLError
  ) throws(LDAPURLError) -> Scope? {
    guard let word else { return nil }
    switch word.lowercased() {
    case "base": return .base
    case "one", "onelevel": return .one
    case "sub", "subtree": return .subtree
    default: throw refuse("the scope \"\(word)\" is none of base, one, sub")
    }
  }

  private static func authority(
    _ text: Substring, _ scheme: Scheme, _ refuse: (String) -> LDAPURLError
  ) throws(LDAPURLError) -> (String, Int?) {
    if text.contains("@") {
      throw refuse("a user or password has no place in an LDAP URL; give them by options")
    }
    guard scheme != .ldapi else {
      guard let path = PercentEncoding.decode(text), !path.utf8.contains(0) else {
        throw refuse("the socket's path is not percent-encoded; write / as %2F")
      }
      return (path, nil)
    }
    var name = text
    var portText: Substring?
    if text.hasPrefix("[") {
      guard let close = text.firstIndex(of: "]") else {
        throw refuse("the address has no closing \"]\"")
      }
      name = text[text.index(after: text.startIndex)..<close]
      let after = text[text.index(after: close)...]
      guard after.isEmpty || after.hasPrefix(":") else {
        throw refuse("\"\(after)\" follows the address; only a \":\" and a port may")
      }
      portText = after.isEmpty ? nil : after.dropFirst()
    } else if let colon = text.firstIndex(of: ":") {
      name = text[..<colon]
      portText = text[text.index(after: colon)...]
      if portText?.contains(":") == true {
        throw refuse("an IPv6 address is written in brackets, as in ldap://[::1]:389")
      }
    }
    guard !name.isEmpty else {
      throw refuse(
        "no host name; write \(scheme.rawValue)://HOST, for instance a domain controller")
    }
    let host = PercentEncoding.decode(name) ?? ""
    guard text.hasPrefix("[") ? isIPv6(host) : isHostName(host) else {
      throw refuse(
        "\"\(name)\" is neither a host name (letters, digits, - and .; xn-- for others) "
          + "nor an IP address")
    }
    return (host, try port(portText, refuse))
  }

  /// Whether `host` is a name as resolvers take it (RFC 1123 §2.1, and the "_" of Windows), or an IPv4
  /// address. In anything else, what is decoded of it could be read as another part of the URL.
  private static func isHostName(_ host: String) -> Bool {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    // A dot at the end says that the name is whole.
    let named = labels.count > 1 && labels.last == "" ? labels.dropLast() : labels[...]
    return host.utf8.count <= 254
      && named.allSatisfy { label in
        (1...63).contains(label.utf8.count) && label.utf8.first != UInt8(ascii: "-")
          && label.utf8.allSatisfy(isHostNameByte)
      }
  }

  private static func isHostNameByte(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_")
  }

  /// Whether `host` is an IPv6 address, with a zone or without (RFC 4007 §11).
  private static func isIPv6(_ host: String) -> Bool {
    let parts = host.split(separator: "%", omittingEmptySubsequences: false)
    guard let address = parts.first, parts.count <= 2, !address.utf8.contains(0) else {
      return false
    }
    var binary = in6_addr()
    guard unsafe inet_pton(AF_INET6, String(address), &binary) == 1 else { return false }
    return parts.count == 1 || isHostName(String(parts[1]))
  }

  private static func port(
    _ text: Substring?, _ refuse: (String) -> LDAPURLError
  ) throws(LDAPURLError) -> Int? {
    guard let text, !text.isEmpty else { return nil }
    guard text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let port = UInt16(text), port > 0
    else { throw refuse("\"\(text)\" is not a port number (1 to 65535)") }
    return Int(port)
  }
}
