import Findings
import Reports

/// Options as they can be typed again.
struct CommandWords {
  private(set) var words: [String] = []

  /// An option with its value, unless that is nil.
  mutating func add(_ option: String, _ value: String?) {
    if let value { words += [option, ShellWord.quoted(value)] }
  }

  /// An option with each of its values.
  mutating func add(_ option: String, _ values: [String]) {
    for value in values { add(option, value) }
  }

  /// An option without a value, where it is given.
  mutating func add(_ option: String, isGiven: Bool) {
    if isGiven { words.append(option) }
  }
}

extension RunRequest {
  /// What `command` was asked for: its sources, and what else decides what is found.
  init(_ command: some LintingCommand) {
    self.init()
    sources = command.source.sources.map(ShellWord.quoted).joined(separator: " ")
    namesVerifiedDomains = !command.tenant.verifiedDomain.isEmpty
    var words = CommandWords()
    words.add("--base", command.source.base)
    words.add("--exclude-base", command.source.excludeBase)
    words.add("--sync-group", command.source.syncGroup)
    words.add("--all-objects", isGiven: command.source.allObjects)
    words.add("--filter", command.scan.filter)
    words.add("--bind-dn", command.ldap.bindDn)
    words.add("--pack", command.rules.pack)
    words.add("--select", command.rules.select)
    words.add("--ignore", command.rules.ignore)
    words.add("--param", command.rules.param)
    words.add("--verified-domain", command.tenant.verifiedDomain)
    words.add("--initial-domain", command.tenant.initialDomain)
    words.add("--upn-suffix", command.tenant.upnSuffix)
    words.add("--login-attribute", command.tenant.loginAttribute)
    words.add("--join", command.tenant.join == "sid" ? nil : command.tenant.join)
    words.add("--keep-policy", command.repairs.keepPolicy)
    words.add("--upn-from-mail", isGiven: command.repairs.upnFromMail)
    options = words.words.joined(separator: " ")
  }
}

extension RunSummary {
  /// What was found, in a line.
  var line: String {
    guard findings > 0 else {
      return "no findings: \(counted(examined.reduce(0) { $0 + $1.count }, "object"))"
    }
    return "\(counted(findings, "finding")): \(counted(bySeverity[2], "error")), "
      + "\(counted(bySeverity[1], "warning")), \(grouped(bySeverity[0])) info, "
      + "on \(counted(whom.objects, "object"))"
  }
}
