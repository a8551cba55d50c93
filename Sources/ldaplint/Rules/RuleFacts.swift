import Bytes
import Findings
import Rules

/// What is said of a rule in every form: what stands beside a label, in one order.
struct RuleFacts {
  let rule: Rule

  /// Labels and what stands beside them; code is what the rule has to the letter.
  var lines: [(label: String, text: String, isCode: Bool)] {
    var lines: [(label: String, text: String, isCode: Bool)] = []
    func add(_ label: String, _ text: String?, isCode: Bool = false) {
      if let text, !text.isEmpty { lines.append((label, HostileText.oneLine(text), isCode)) }
    }
    add("Looks at", rule.attributes.joined(separator: ", ") + types)
    add("Of", classes(rule.objects))
    if let scope { add("In scope", scope) }
    add("When", rule.when?.text, isCode: true)
    add("Needs", rule.needs.joined(separator: ", "))
    add("Consequence", rule.consequence.map { "\($0.rawValue): \($0.meaning)" })
    add("Severity", severity)
    for place in rule.lowered {
      add("", "\(place.severity.name) where \(place.when.text)", isCode: true)
    }
    for (number, sentence) in rule.cloud.enumerated() {
      add(number == 0 ? "Cloud" : "", cloud(sentence))
    }
    add("Message", rule.message.source, isCode: true)
    add("Cause", rule.cause.map { "\($0.kind.rawValue): \($0.text.source)" })
    add("Silent after", rule.after.map(\.id).joined(separator: ", "))
    add("IdFix name", rule.category)
    add("Sync error", rule.syncError)
    return lines
  }

  /// What could be done and who decides.
  var repairs: [String] {
    rule.repairs.map { repair in
      let safety = repair.kind == .leave ? "for a person" : repair.isSafe ? "safe" : "unsafe"
      return "(\(safety)) \(HostileText.oneLine(repair.reason.source))"
    }
  }

  private var severity: String {
    rule.severity.name + (rule.because.map { "; \($0)" } ?? "")
  }

  private var scope: String? {
    switch rule.scope {
    case .included: nil
    case .excluded: "only what is not synchronized"
    case .any: "whether synchronized or not"
    }
  }

  private var types: String {
    if !rule.types.isEmpty { return " (\(rule.types.joined(separator: ", ")))" }
    return rule.exceptTypes.isEmpty ? "" : " (not \(rule.exceptTypes.joined(separator: ", ")))"
  }

  private func classes(_ set: ObjectClassSet) -> String {
    set == .any ? "any object" : set.names.joined(separator: ", ")
  }

  private func cloud(_ sentence: CloudSentence) -> String {
    var text = sentence.objects == .any ? "" : "\(classes(sentence.objects)): "
    if let when = sentence.when { text += "where \(when.text): " }
    return text + sentence.text.source
  }
}

extension ObjectClassSet {
  /// The names of the classes.
  var names: [String] { ObjectClass.allCases.filter { contains($0) }.map(\.name) }
}

extension Consequence {
  /// What it means, for people.
  var meaning: String {
    switch self {
    case .refused: "the object does not arrive, or an update of it does not"
    case .signIn: "the person signs in under another name than intended"
    case .address: "an address or mail is lost, changed, or another's"
    case .data: "another attribute is lost, cut or changed"
    case .risk: "nothing yet; it is ambiguous, or it comes later"
    case .tidy: "nobody would notice"
    }
  }
}

extension RuleExample.Options {
  /// As they stand on the command line.
  var commandLine: String {
    var words = verifiedDomains.map { "--verified-domain \($0)" }
    func add(_ option: String, _ value: String?) {
      if let value { words.append("\(option) \(value)") }
    }
    add("--initial-domain", initialDomain)
    words += upnSuffixes.map { "--upn-suffix \($0)" }
    add("--login-attribute", loginAttribute)
    add("--directory", directory?.rawValue)
    words += parameters.sorted { $0.key < $1.key }.map { "--param \($0.key)=\($0.value)" }
    add("--now", now)
    return (words + (allowsUnsafe ? ["--unsafe-fixes"] : [])).joined(separator: " ")
  }
}
