import Bytes
import Checks
import Directory
import Findings
import Sync

/// How many names and addresses are in which domain, and which UPN suffixes the forests have.
struct DomainCensus: Sendable {
  /// What `uPNSuffixes` and `dnsRoot` of CN=Partitions and its entries are called.
  static let attributes = ["uPNSuffixes", "dnsRoot"]

  /// How the name of the entry begins that lists the suffixes of a forest (MS-ADTS §6.1.1.2.1.1).
  private static let partitions: StaticString = "cn=partitions,cn=configuration,"

  private var names = SuffixCensus()
  private var primaries = SuffixCensus()
  private var aliases = SuffixCensus()
  /// The suffixes and domains of the forests that entries name, in small letters.
  private var registered: Set<String> = []
  /// Whether the suffixes are known: their entry was there, or domains at least.
  private var knowsSuffixes = false

  /// Counts the name and the addresses of the object in `view`.
  mutating func add(_ view: ObjectView, forest: Int) {
    if let domain = view.entry.first(view.attributes.login).flatMap({ Self.domain(of: $0) }) {
      names.add(domain, forest: forest)
    }
    for value in view.entry.values(view.attributes.proxyAddresses) {
      let value = value.trimmed
      guard value.count > 5, value[0..<4].equalsIgnoringASCIICase("smtp"),
        value[4] == UInt8(ascii: ":"), let domain = Self.domain(of: value)
      else { continue }
      if value[0] == UInt8(ascii: "S") {
        primaries.add(domain, forest: forest)
      } else {
        aliases.add(domain, forest: forest)
      }
    }
  }

  private static func domain(of value: ByteView) -> ByteView? {
    guard let at = value.lastIndex(of: UInt8(ascii: "@")) else { return nil }
    let domain = value.from(at + 1).trimmed
    return domain.isEmpty ? nil : domain
  }

  /// Takes the suffixes that an entry of the configuration names.
  mutating func takeSuffixes(of view: ObjectView, _ table: AttributeTable) {
    let length = Self.partitions.utf8CodeUnitCount
    if view.entry.dn.count > length,
      view.entry.dn[0..<length].equalsIgnoringASCIICase(Self.partitions)
    {
      knowsSuffixes = true
    }
    for attribute in Self.attributes.compactMap({ table.find($0) }) {
      for value in view.entry.values(attribute) {
        registered.insert(value.trimmed.string.lowercased())
      }
    }
  }

  /// Adds what `other` has counted.
  mutating func add(_ other: DomainCensus) {
    names.add(other.names)
    primaries.add(other.primaries)
    aliases.add(other.aliases)
    registered.formUnion(other.registered)
    knowsSuffixes = knowsSuffixes || other.knowsSuffixes
  }

  /// The domains, most used first.
  func counts(_ context: RunContext) -> [DomainCount] {
    var counted: [String: DomainCount] = [:]
    func take(_ census: SuffixCensus, _ path: WritableKeyPath<DomainCount, Int>) {
      for (key, count) in census.counts {
        counted[key.domain, default: DomainCount(domain: key.domain)][keyPath: path] += count
      }
    }
    take(names, \.signInNames)
    take(primaries, \.primaries)
    take(aliases, \.aliases)
    let domains = ObjectView(context.ruleSet.sync).domains
    let knowsVerified = !context.ruleSet.settings.tenant.verifiedDomains.isEmpty
    return counted.values.map { count in
      var count = count
      let facts = count.domain.withByteView { domains.facts($0) }
      count.isRoutable = facts.contains([.isRoutable, .isWellFormed])
      if knowsVerified { count.isVerified = facts.contains(.isVerified) }
      if knowsSuffixes { count.isRegistered = registered.contains(count.domain) }
      return count
    }
    .sorted { ($1.uses, $0.domain) < ($0.uses, $1.domain) }
  }
}
