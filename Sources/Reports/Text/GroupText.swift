import Bytes
import Findings

/// The findings in the groups that were asked for, worst first, with examples of each.
struct GroupText {
  let page: TextPage
  let summary: RunSummary
  let grouping: Grouping

  func write(into out: inout OutputBuffer) {
    switch grouping {
    case .cause: causes(into: &out)
    case .domain: domains(into: &out)
    case .rule, .object, .ou, .class: groups(into: &out)
    }
  }

  private var title: String {
    switch grouping {
    case .rule: "Findings by rule"
    case .object: "Objects with most findings"
    case .ou: "Findings by OU"
    case .cause: "Findings by cause"
    case .domain: "Domains of sign-in names and addresses"
    case .class: "Findings by class"
    }
  }

  // MARK: Groups

  private func groups(into out: inout OutputBuffer) {
    guard !summary.groups.isEmpty else { return }
    page.title(title, into: &out)
    out.append("  errors  warnings     info  objects\n")
    let domain = commonDomain
    for group in summary.groups {
      page.number(group.bySeverity[2], upTo: 8, into: &out)
      page.number(group.bySeverity[1], upTo: 10, into: &out)
      page.number(group.bySeverity[0], upTo: 9, into: &out)
      page.number(group.whom.objects, upTo: 9, into: &out)
      out.append("  ")
      page.style.begin(.strong, to: &out)
      out.append(visible: name(group, without: domain).span)
      page.style.end(to: &out)
      if grouping == .rule { out.append(utf8: rule(group)) }
      out.append(UInt8(ascii: "\n"))
      for example in group.examples { self.example(example, into: &out) }
    }
    if summary.groupsOmitted > 0 {
      page.item(indent: 4, into: &out) { line, out in
        line.words("and \(grouped(summary.groupsOmitted)) more: --max-groups", to: &out)
      }
    }
    out.append(UInt8(ascii: "\n"))
  }

  /// The name of a rule, and what it would lead to.
  private func rule(_ group: GroupCount) -> String {
    let name = group.examples.first.map { " \($0.name)" } ?? ""
    return "\(name), \(group.consequence.rawValue)"
  }

  private func name(_ group: GroupCount, without domain: Int) -> [UInt8] {
    guard grouping == .ou else { return group.key }
    let name = Array(group.key.dropLast(domain))
    return name.isEmpty ? Array("(directly in the domain)".utf8) : name
  }

  /// How many bytes at their ends the OUs have in common, from a `,DC=` on: one domain need not be said.
  private var commonDomain: Int {
    guard grouping == .ou, let first = summary.groups.first?.key,
      let start = Self.domainStart(first)
    else { return 0 }
    let domain = first[start...]
    return summary.groups.allSatisfy { $0.key.isEmpty || $0.key.suffix(domain.count) == domain }
      ? domain.count : 0
  }

  private static func domainStart(_ name: [UInt8]) -> Int? {
    name.indices.first { index in
      name[index...].prefix(4).elementsEqual(",DC=".utf8) { byte, other in
        byte == other || byte ^ 0x20 == other && other != UInt8(ascii: ",")
      } && (index == 0 || name[index - 1] != UInt8(ascii: "\\"))
    }
  }

  private func example(_ finding: Finding, into out: inout OutputBuffer) {
    page.item(indent: 12, column: 10, into: &out) { line, out in
      page.style.begin(.severity(finding.severity), to: &out)
      line.words(finding.severity.name, to: &out)
      page.style.end(to: &out)
      line.unit("", finding.rule.utf8Span.span, "", to: &out)
      if grouping != .object { line.unit("", finding.commonName.span, "", to: &out) }
      if let attribute = finding.attribute {
        line.unit("", attribute.utf8Span.span, ":", to: &out)
      }
      line.words(finding.message, to: &out)
    }
  }

  // MARK: Causes and domains

  private func causes(into out: inout OutputBuffer) {
    guard !summary.causes.isEmpty else { return }
    page.title(title, into: &out)
    let text = CauseText(page: page, summary: summary)
    for cause in summary.causes { text.write(cause, into: &out) }
    out.append(UInt8(ascii: "\n"))
  }

  private func domains(into out: inout OutputBuffer) {
    guard !summary.domains.isEmpty else { return }
    page.title(title, into: &out)
    out.append("  sign-in names  primary  aliases  domain\n")
    for domain in summary.domains {
      page.number(domain.signInNames, upTo: 15, into: &out)
      page.number(domain.primaries, upTo: 9, into: &out)
      page.number(domain.aliases, upTo: 9, into: &out)
      page.item(indent: 37, column: 2, into: &out) { line, out in
        line.unit("", domain.domain.utf8Span.span, "", to: &out)
        line.words("(\(domain.facts.joined(separator: ", ")))", to: &out)
      }
    }
    out.append(UInt8(ascii: "\n"))
  }
}

extension DomainCount {
  /// What is known of it, in words.
  var facts: [String] {
    var facts = [isRoutable ? "routable" : "not routable"]
    if let isVerified { facts.append(isVerified ? "verified" : "not verified") }
    if let isRegistered { facts.append(isRegistered ? "a UPN suffix" : "no UPN suffix") }
    return facts
  }
}
