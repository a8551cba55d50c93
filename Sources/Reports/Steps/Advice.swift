import Findings

/// What can be done about a cause.
struct Advice {
  private let cause: CauseCount
  /// Whether repairs were looked for.
  private let proposes: Bool

  init(_ cause: CauseCount, proposes: Bool = true) {
    self.cause = cause
    self.proposes = proposes
  }

  /// The suffix that an order can replace, where the cause is one.
  var suffix: String? {
    guard cause.cause.kind == .suffix, !cause.cause.value.isEmpty else { return nil }
    return cause.cause.value
  }

  /// The domain that may be the tenant's own, where that would be the end of the cause.
  var domainToVerify: String? {
    guard cause.isDomainRoutable, cause.cause.kind == .suffix || cause.cause.kind == .domain else {
      return nil
    }
    return cause.cause.value
  }

  /// The option that replaces `suffix`.
  static func order(_ suffix: String) -> String {
    "--upn-suffix \(ShellWord.quoted("\(suffix)=primary"))"
  }

  /// What can be done, as a sentence.
  var sentence: String {
    var parts: [String] = []
    if let domain = domainToVerify {
      parts.append("if it is yours, verify it and add `--verified-domain \(domain)`")
    }
    if let suffix, cause.safelyFixable < cause.findings {
      parts.append("`ldaplint fix \(Self.order(suffix))` moves them")
    }
    if cause.safelyFixable > 0 {
      parts.append("\(amount(cause.safelyFixable)) with `ldaplint fix`")
    }
    if cause.unsafelyFixable > 0 {
      parts.append("\(amount(cause.unsafelyFixable)) with `--unsafe-fixes`")
    }
    let left = cause.findings - cause.safelyFixable - cause.unsafelyFixable
    if parts.isEmpty, !proposes { return "More: `ldaplint explain \(cause.rule)`." }
    if parts.isEmpty {
      return left == 1
        ? "Left to a person: see `ldaplint explain \(cause.rule)`."
        : "Left to a person, each: see `ldaplint explain \(cause.rule)`."
    }
    if left > 0, proposes, suffix == nil, domainToVerify == nil {
      parts.append("\(grouped(left)) left to a person")
    }
    let text = parts.joined(separator: "; ")
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  private func amount(_ count: Int) -> String {
    count == cause.findings
      ? (count == 1 ? "repaired" : "all repaired") : "\(grouped(count)) repaired"
  }
}
