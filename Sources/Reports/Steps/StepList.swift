import Findings

/// What to do first, from what a run found: in the order in which it is to be done.
public struct StepList: Sendable {
  /// The steps.
  public private(set) var steps: [Step] = []

  private let summary: RunSummary
  private let request: RunRequest

  /// The steps that follow from `summary`.
  public init(_ summary: RunSummary, _ header: RunHeader) {
    self.summary = summary
    request = header.request
    complete()
    nameDomains()
    replaceSuffixes()
    verifyDomains()
    repair()
    decide()
    apply()
  }

  /// How many causes are tried together.
  private static let triedCauses = 5

  /// The causes of most findings.
  public static func largest(_ causes: [CauseCount]) -> [CauseCount] {
    Array(
      causes.sorted {
        ($1.findings, $0.rule, $0.cause.value) < ($0.findings, $1.rule, $1.cause.value)
      }
      .prefix(triedCauses))
  }

  /// The suffix that is to be replaced because of `cause`: one that no tenant can verify.
  public static func suffix(_ cause: CauseCount) -> String? {
    cause.isDomainRoutable ? nil : Advice(cause).suffix
  }

  private var options: String { request.options.isEmpty ? "" : " \(request.options)" }
  private var check: String { "ldaplint check \(request.sources)\(options)" }
  private var fix: String { "ldaplint fix \(request.sources)\(options)\(orders)" }

  private mutating func add(
    _ week: Step.Week, _ task: String, _ why: String, _ commands: [String] = []
  ) {
    steps.append(Step(week: week, task: task, why: why, commands: commands))
  }

  // MARK: What the run lacks

  private mutating func complete() {
    let problems = summary.problems.count(where: \.makesIncomplete)
    guard problems > 0 else { return }
    add(
      .now, "Have everything read: \(counted(problems, "problem")) kept this run from it.",
      "What was not read was not checked.", [check])
  }

  private mutating func nameDomains() {
    guard !request.namesVerifiedDomains else { return }
    let own = summary.domains.filter { $0.isRoutable }.prefix(3).map(\.domain)
    let list =
      own.isEmpty
      ? "domains.txt" : own.map(ShellWord.quoted).joined(separator: " --verified-domain ")
    let idle = summary.problems.filter { $0.message.contains("--verified-domain") }.count
    add(
      .now, "Say which domains the tenant has verified (a file of Get-MgDomain will do).",
      idle > 0
        ? "Without them \(counted(idle, "rule")) cannot run, and no suffix can be called right."
        : "Without them no suffix can be called right.",
      ["ldaplint check \(request.sources)\(options) --verified-domain \(list)"])
  }

  // MARK: Domains

  /// How many domains have a step of their own.
  private static let listed = 3

  private mutating func verifyDomains() {
    var domains: [(name: String, count: Int)] = []
    for cause in summary.causes {
      // Addresses of contacts and of private persons are in mail, and their domains are others'.
      guard let domain = Advice(cause).domainToVerify, cause.attribute != "mail" else { continue }
      if let known = domains.firstIndex(where: { $0.name == domain }) {
        domains[known].count += cause.findings
      } else {
        domains.append((domain, cause.findings))
      }
    }
    for domain in domains.sorted(by: { ($1.count, $0.name) < ($0.count, $1.name) })
      .prefix(Self.listed)
    {
      add(
        .twoWeeksBefore,
        "Verify \(domain.name) in the tenant if it is yours, and name it in every run.",
        "\(counted(domain.count, "value")) are in it, and the tenant has not verified it.",
        ["\(check) --verified-domain \(ShellWord.quoted(domain.name))"])
    }
  }

  /// The suffixes that no tenant can verify, most used first.
  private var suffixes: [CauseCount] {
    summary.causes.filter { cause in
      guard let suffix = Self.suffix(cause) else { return false }
      return !request.options.contains(Advice.order(suffix))
    }
    .sorted { ($1.findings, $0.cause.value) < ($0.findings, $1.cause.value) }
  }

  /// The orders that replace them, with a space before.
  private var orders: String {
    suffixes.prefix(Self.listed).map { " " + Advice.order($0.cause.value) }.joined()
  }

  private mutating func replaceSuffixes() {
    let suffixes = suffixes.prefix(Self.listed)
    guard !suffixes.isEmpty else { return }
    let unregistered = summary.domains.filter { $0.isRegistered == false && $0.isRoutable }
      .filter { $0.isVerified != false && $0.primaries > 0 && $0.isPlain }.prefix(Self.listed)
    for domain in unregistered {
      add(
        .twoWeeksBefore, "Register \(domain.domain) as a UPN suffix of the forest.",
        "CN=Partitions lists the suffixes that administrators are offered, and lacks it.",
        ["Set-ADForest -Identity FOREST -UPNSuffixes @{Add='\(domain.domain)'}"])
    }
    for cause in suffixes {
      let repaired = cause.safelyFixable + cause.unsafelyFixable
      add(
        .twoWeeksBefore,
        "Replace the suffix \(cause.cause.value) of \(counted(cause.findings, "sign-in name"))"
          + (repaired > 0 ? ": the plan can do \(grouped(repaired))." : "."),
        "\(cause.sentence.trimmingPeriod).",
        ["ldaplint fix \(request.sources)\(options) \(Advice.order(cause.cause.value)) --diff"])
    }
  }

  // MARK: Values

  private mutating func repair() {
    if summary.safelyFixable > 0 || !orders.isEmpty {
      add(
        .weekBefore, "Write the patch of the safe repairs, and read it.",
        summary.safelyFixable > 0
          ? "\(counted(summary.safelyFixable, "finding")) can be repaired as ordered or without loss."
          : "It moves the sign-in names, and nothing else.",
        ["\(fix) -o patch.ldif"])
    }
    guard summary.unsafelyFixable > 0 else { return }
    add(
      .weekBefore, "Look at what only --unsafe-fixes repairs.",
      "\(counted(summary.unsafelyFixable, "finding")) have a repair that somebody may notice.",
      ["\(fix) --unsafe-fixes --diff", "\(fix) --unsafe-fixes -o patch.ldif"])
  }

  private mutating func decide() {
    guard summary.leftToPeople > 0, summary.proposesRepairs else { return }
    let count = counted(summary.leftToPeople, "finding")
    add(
      .weekBefore, "Have people decide: \(count) in decisions.csv.",
      "Nothing in the directory says what is right. The rows hold all proposals too: decided.ldif "
        + "takes the place of patch.ldif.",
      [
        "\(check)\(orders) --report decisions=decisions.csv",
        "\(fix) --decisions decisions.csv -o decided.ldif",
      ])
  }

  private mutating func apply() {
    guard summary.findings > 0 else { return }
    add(
      .dayBefore, "See what the patch would change on a domain controller, then write it.",
      "Without --yes nothing is written; `ldaplint undo patch.ldif.journal` takes it back.",
      [
        "ldaplint apply patch.ldif --to ldaps://DC",
        "ldaplint apply patch.ldif --to ldaps://DC --yes",
      ])
    add(
      .after, "Export again and check again.", "What was repaired stays away, what is new is seen.",
      [check])
  }
}

extension DomainCount {
  /// Whether its name is made of letters, digits, hyphens and dots only, so that it can stand anywhere.
  fileprivate var isPlain: Bool {
    domain.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."): true
      default: false
      }
    }
  }
}
