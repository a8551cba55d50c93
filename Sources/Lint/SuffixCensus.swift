import Bytes
import Checks
import Directory
import Findings
import Sync

/// How many sign-in names of each forest are in which domain.
struct SuffixCensus: Sendable {
  private struct Met {
    var forest: Int
    var domain: [UInt8]
    var count: Int
  }

  /// A forest and a domain in small letters.
  struct Key: Hashable {
    var forest: Int
    var domain: String
  }

  /// Directories have few domains; these are compared, as they are written, before one is made a key.
  private static let maximumMet = 32
  /// A hostile source could have any number; more are not told apart.
  private static let maximumKnown = 1 << 16

  private var met: [Met] = []
  private var known: [Key: Int] = [:]
  /// The numbers of the orders for a subtree that mean some name.
  var matched: Set<Int> = []

  /// Counts a name in `domain`.
  mutating func add(_ domain: ByteView, forest: Int) {
    for index in met.indices where met[index].forest == forest {
      guard met[index].domain.count == domain.count,
        met[index].domain.withByteView({ $0 == domain })
      else { continue }
      met[index].count += 1
      return
    }
    if met.count == Self.maximumMet { settle() }
    met.append(Met(forest: forest, domain: domain.array, count: 1))
  }

  /// Adds what `other` has counted.
  mutating func add(_ other: SuffixCensus) {
    settle()
    matched.formUnion(other.matched)
    for (key, count) in other.counts { add(key, count) }
  }

  /// The numbers by forest and domain.
  var counts: [Key: Int] {
    var whole = self
    whole.settle()
    return whole.known
  }

  private mutating func settle() {
    for one in met {
      add(
        Key(forest: one.forest, domain: String(decoding: one.domain, as: UTF8.self).lowercased()),
        one.count)
    }
    met = []
  }

  private mutating func add(_ key: Key, _ count: Int) {
    guard known.count < Self.maximumKnown || known[key] != nil else { return }
    known[key, default: 0] += count
  }
}

/// What the sign-in names say of the domains that the user named.
struct DomainQuestions {
  private let context: RunContext
  private let counts: [SuffixCensus.Key: Int]
  private let matched: Set<Int>
  private var orders: SuffixOrders { context.ruleSet.settings.suffixOrders }

  init(_ context: RunContext, _ census: SuffixCensus) {
    self.context = context
    counts = census.counts
    matched = census.matched
  }

  /// Whether a run of `context` asks any.
  static func areAsked(_ context: RunContext) -> Bool {
    let settings = context.ruleSet.settings
    // What is masked in reports is not told here.
    let login = context.ruleSet.table.name(context.ruleSet.sync.attributes.login)
    let isConcealed = context.options.concealed.contains {
      Schema.name($0).lowercased() == login.lowercased()
    }
    return !isConcealed
      && !(settings.tenant.verifiedDomains.isEmpty && settings.suffixOrders.orders.isEmpty
        && settings.suffixOrders.mailSubtrees.isEmpty)
  }

  /// The questions, as notes.
  var notes: [Problem] {
    (missing + unmatched).map { Problem(request: HostileText.oneLine($0)) }
  }

  /// Whether a domain is missing among the verified ones: where most names that could be in one are in
  /// none.
  private var missing: [String] {
    guard !context.ruleSet.settings.tenant.verifiedDomains.isEmpty else { return [] }
    let domains = ObjectView(context.ruleSet.sync).domains
    let login = context.ruleSet.table.name(context.ruleSet.sync.attributes.login)
    var questions: [String] = []
    for (forest, name) in forests {
      var all = 0
      var unverified: [(domain: String, count: Int)] = []
      for (key, count) in counts where key.forest == forest {
        let facts = key.domain.withByteView { domains.facts($0) }
        guard facts.contains([.isRoutable, .isWellFormed]), !facts.contains(.isReserved) else {
          continue
        }
        all += count
        if !facts.contains(.isVerified) { unverified.append((key.domain, count)) }
      }
      let total = unverified.reduce(0) { $0 + $1.count }
      guard total * 2 > all, let most = Self.most(unverified) else { continue }
      questions.append(
        "\(total) of \(all) values of \(login) in forest \(name) are in no verified domain, "
          + "\(most.count) of them in \(most.domain); is --verified-domain \(most.domain) missing?")
    }
    return questions
  }

  /// What `--upn-suffix` names and no sign-in name has.
  private var unmatched: [String] {
    let present = Set(counts.keys.map(\.domain))
    let login = context.ruleSet.table.name(context.ruleSet.sync.attributes.login)
    var notes: [String] = []
    for (number, order) in orders.orders.enumerated() {
      let isSomewhere = present.contains(where: order.means)
      guard order.subtree == nil ? !isSomewhere : !matched.contains(number) else { continue }
      let place = order.subtree.map { " at or below \($0)" } ?? ""
      let ending = order.isForSubdomains ? "a domain below \(order.suffix)" : "@\(order.suffix)"
      let hint =
        isSomewhere
        ? "; elsewhere some do" : nearest(order.suffix).map { "; did you mean \($0)?" } ?? ""
      notes.append(
        "--upn-suffix \(order.text): no value of \(login)\(place) ends in \(ending)\(hint)")
    }
    for (number, subtree) in orders.mailSubtrees.enumerated()
    where !matched.contains(orders.orders.count + number) {
      notes.append("--upn-from-mail-in \(subtree): there is no \(login) at or below it")
    }
    return notes
  }

  /// The domain of the data that is most like `suffix`: one below it, else one that is spelled much like
  /// it, else that of most names.
  private func nearest(_ suffix: String) -> String? {
    var totals: [String: Int] = [:]
    for (key, count) in counts { totals[key.domain, default: 0] += count }
    let all = totals.map { (domain: $0.key, count: $0.value) }
    return Self.most(all.filter { $0.domain.hasSuffix(".\(suffix)") })?.domain
      ?? NearestName.of(suffix, in: all.map(\.domain)) ?? Self.most(all)?.domain
  }

  private static func most(_ domains: [(domain: String, count: Int)]) -> (
    domain: String, count: Int
  )? {
    domains.max { ($0.count, $1.domain) < ($1.count, $0.domain) }
  }

  /// The forests with their names, in order.
  private var forests: [(Int, String)] {
    var seen: Set<Int> = []
    return zip(context.forests, context.sources).compactMap { forest, source in
      seen.insert(forest).inserted ? (forest, source.forest) : nil
    }
  }
}

extension Problem {
  /// A note of what the user asked for.
  init(request message: String) {
    self.init(kind: .note, message: message)
    concernsRequest = true
  }
}
