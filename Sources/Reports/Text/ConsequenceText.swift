import Bytes
import Findings

/// "What would happen": to how many objects, to whom, and which rules say so.
struct ConsequenceText {
  let page: TextPage
  let summary: RunSummary

  func write(into out: inout OutputBuffer) {
    guard !summary.byConsequence.isEmpty else { return }
    page.title("What would happen", into: &out)
    let column =
      2 + (summary.byConsequence.map { grouped($0.whom.objects).utf8.count }.max() ?? 0)
    for count in summary.byConsequence {
      page.number(count.whom.objects, upTo: column, into: &out)
      out.append("  ")
      page.rest(at: column + 2, into: &out) { line, out in
        page.style.begin(.severity(count.consequence.severities[0]), to: &out)
        line.words(count.consequence.outcome(of: count.whom.objects), to: &out)
        page.style.end(to: &out)
        line.words("(\(count.whom.phrase))", to: &out)
      }
      page.item(indent: column + 2, column: column + 2, into: &out) { line, out in
        for (index, rule) in count.rules.enumerated() {
          let isLast = index == count.rules.count - 1
          line.unit(
            "", "\(rule.rule) \(grouped(rule.count))".utf8Span.span, isLast ? "" : ",", to: &out)
        }
      }
    }
    out.append(UInt8(ascii: "\n"))
  }
}

extension Consequence {
  /// What would happen to so many objects.
  func outcome(of objects: Int) -> String {
    let isOne = objects == 1
    return switch self {
    case .refused:
      isOne
        ? "object refused: it, or a change of it, does not arrive"
        : "objects refused: they, or changes of them, do not arrive"
    case .signIn: isOne ? "signs in under another name" : "sign in under another name"
    case .address:
      isOne
        ? "loses an address or mail, or keeps one that nobody can use"
        : "lose an address or mail, or keep one that nobody can use"
    case .data: isOne ? "loses or changes other data" : "lose or change other data"
    case .risk: isOne ? "is at risk: nothing yet" : "are at risk: nothing yet"
    case .tidy: isOne ? "is untidy; nobody would notice" : "are untidy; nobody would notice"
    }
  }
}

extension Whom {
  /// "2,380 users, of whom 12 disabled, 14 groups; 1,900 with a mailbox".
  var phrase: String {
    let kinds = classes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { name, count in
      let disabled = name == "user" && disabled > 0 ? ", \(grouped(disabled)) disabled" : ""
      return counted(count, name) + disabled
    }
    let mailbox = mailboxes > 0 ? "; \(grouped(mailboxes)) with a mailbox" : ""
    return kinds.joined(separator: ", ") + mailbox
  }
}
