import Bytes
import Directory

/// What the user has ordered for sign-in names: which suffix is exchanged for which (`--upn-suffix`), and
/// where a name may be taken from the primary address (`--upn-from-mail`), everywhere or in a subtree.
public struct SuffixOrders: Sendable {
  /// What a suffix is exchanged for.
  public enum Target: Hashable, Sendable {
    /// A domain in small letters.
    case domain(String)
    /// The domain of the object's primary SMTP address.
    case primary
  }

  /// One order.
  public struct Order: Sendable {
    /// As the user wrote it, `[DN:]OLD=NEW`.
    public let text: String
    /// The DN as the user wrote it; nil when the order holds everywhere.
    public let subtree: String?
    /// The suffix in small letters, without `*.` before it.
    public let suffix: String
    /// Whether it is for all domains below `suffix`, and not for that itself.
    public let isForSubdomains: Bool
    /// What the suffix is exchanged for.
    public let target: Target
    /// The subtree in normal form; empty for everything.
    let base: [UInt8]

    /// Whether a name in `domain`, in small letters, is meant, wherever its object is.
    public func means(_ domain: String) -> Bool {
      isForSubdomains ? domain.hasSuffix(".\(suffix)") : domain == suffix
    }

    /// Whether it decides before `other` where both are meant.
    func precedes(_ other: Order) -> Bool {
      // Of two subtrees that an object is in, the one with the longer name is within the other.
      if base.count != other.base.count { return base.count > other.base.count }
      if isForSubdomains != other.isForSubdomains { return !isForSubdomains }
      return suffix.utf8.count > other.suffix.utf8.count
    }
  }

  /// Why a text is no order, as a phrase.
  public struct Malformed: Error {
    /// The phrase.
    public let reason: String
  }

  /// The orders by suffix; the first that is meant decides.
  public private(set) var orders: [Order] = []
  /// The subtrees in which names may be taken from primary addresses, as the user wrote them.
  public private(set) var mailSubtrees: [String] = []
  /// Whether names may be taken from primary addresses everywhere.
  public var takesAllFromMail = false
  private var mailBases: [[UInt8]] = []

  /// No orders.
  public init() {}

  /// Whether some order holds in a subtree only.
  public var hasSubtrees: Bool { !mailBases.isEmpty || orders.contains { $0.subtree != nil } }

  // MARK: Giving orders

  /// Adds the order `text`, `[DN:]OLD=NEW`: the DN ends at the last `:` before the last `=`. OLD is a
  /// suffix, or `*.` and a suffix for all domains below it; NEW is a domain or `primary`.
  public mutating func add(_ text: String) throws(Malformed) {
    let order = try Self.order(text)
    if let same = orders.first(where: {
      $0.base == order.base && $0.suffix == order.suffix
        && $0.isForSubdomains == order.isForSubdomains
    }) {
      guard same.target == order.target else {
        throw Malformed(reason: "it contradicts \(same.text)")
      }
      return
    }
    let place = orders.firstIndex { order.precedes($0) } ?? orders.count
    orders.insert(order, at: place)
  }

  /// Lets names be taken from primary addresses at and below `subtree`.
  public mutating func takeFromMail(in subtree: String) throws(DistinguishedNameError) {
    mailBases.append(try DistinguishedName(subtree).normalised)
    mailSubtrees.append(subtree)
  }

  private static func order(_ text: String) throws(Malformed) -> Order {
    let form = "expected old=new, such as corp.local=contoso.com"
    guard let equals = text.lastIndex(of: "=") else { throw Malformed(reason: form) }
    let target = try target(text[text.index(after: equals)...].drop { $0 == "@" }, form)
    var old = text[..<equals]
    var subtree: String?
    if let colon = old.lastIndex(of: ":") {
      subtree = String(old[..<colon])
      old = old[old.index(after: colon)...]
    }
    var base: [UInt8] = []
    if let subtree {
      do throws(DistinguishedNameError) {
        base = try DistinguishedName(subtree).normalised
      } catch {
        throw Malformed(reason: "\"\(subtree)\" before the \":\" is no DN: \(error)")
      }
      guard !base.isEmpty else { throw Malformed(reason: "there is no DN before the \":\"") }
    }
    let isForSubdomains = old.hasPrefix("*.")
    let suffix = (isForSubdomains ? old.dropFirst(2) : old.drop { $0 == "@" }).lowercased()
    guard !suffix.isEmpty else { throw Malformed(reason: form) }
    guard !suffix.contains(where: { $0.isWhitespace || "@*=,:".contains($0) }) else {
      throw Malformed(
        reason: "\"\(old)\" is no suffix; expected corp.local, *.corp.local for the domains below "
          + "it, or a DN and \":\" before it")
    }
    return Order(
      text: text, subtree: subtree, suffix: suffix, isForSubdomains: isForSubdomains,
      target: target, base: base)
  }

  private static func target(_ text: Substring, _ form: String) throws(Malformed) -> Target {
    guard !text.isEmpty else { throw Malformed(reason: form) }
    let domain = text.lowercased()
    guard domain != "primary" else { return .primary }
    let fault = domain.withByteView { view in
      Domain.malformation(of: view)?.reason(for: view)
    }
    if let fault { throw Malformed(reason: "\"\(domain)\" is no domain: \(fault)") }
    guard domain.contains(".") else {
      throw Malformed(
        reason: "\"\(domain)\" is no domain that a tenant can have; expected one such as "
          + "contoso.com, or the word primary for that of the primary address")
    }
    return .domain(domain)
  }

  // MARK: Following them

  /// The order for the suffix `domain` of the object called `dn`, whose normal form is made in `arena`.
  func order(for domain: ByteView, of dn: ByteView, _ arena: ByteArena) -> Order? {
    guard !orders.isEmpty else { return nil }
    let domain = domain.string.lowercased()
    var name: ByteView?
    return orders.first { order in
      guard order.means(domain) else { return false }
      guard order.subtree != nil else { return true }
      name = name ?? Self.normalised(dn, arena)
      return Self.isWithin(name, order.base)
    }
  }

  /// Whether the name of the object called `dn` may be taken from its primary address.
  func takesFromMail(_ dn: ByteView, _ arena: ByteArena) -> Bool {
    guard !takesAllFromMail, !mailBases.isEmpty else { return takesAllFromMail }
    let name = Self.normalised(dn, arena)
    return mailBases.contains { Self.isWithin(name, $0) }
  }

  /// The numbers of the orders for a subtree that mean a name in `domain` of the object called `dn`; those
  /// of `mailSubtrees` come after those of `orders`.
  package func subtreeOrders(
    meaning domain: ByteView, of dn: ByteView, _ arena: ByteArena
  ) -> [Int] {
    let domain = domain.string.lowercased()
    let name = Self.normalised(dn, arena)
    let bySuffix = orders.indices.filter {
      orders[$0].subtree != nil && orders[$0].means(domain) && Self.isWithin(name, orders[$0].base)
    }
    let byMail = mailBases.indices.filter { Self.isWithin(name, mailBases[$0]) }
    return bySuffix + byMail.map { $0 + orders.count }
  }

  /// The normal form of `dn`; nil for what is no DN and lies in no subtree.
  private static func normalised(_ dn: ByteView, _ arena: ByteArena) -> ByteView? {
    try? DistinguishedName.normalise(dn, into: arena)
  }

  private static func isWithin(_ name: ByteView?, _ base: [UInt8]) -> Bool {
    guard let name else { return false }
    return base.withByteView { DistinguishedName.isWithin(normalised: name, base: $0) }
  }
}
