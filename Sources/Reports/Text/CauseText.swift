import Bytes
import Findings

/// "Causes": what makes most of the findings, with examples and what is to be done.
struct CauseText {
  let page: TextPage
  let summary: RunSummary

  /// How many causes are listed by what they lead to, worst first.
  private static let listed: [Consequence: Int] = [
    .refused: 5, .signIn: 4, .address: 5, .data: 2, .risk: 2, .tidy: 1,
  ]

  func write(into out: inout OutputBuffer) {
    guard !summary.causes.isEmpty else { return }
    page.title("Causes, worst first", into: &out)
    var left = Self.listed
    var rest = (causes: 0, findings: 0)
    for cause in summary.causes {
      if left[cause.consequence, default: 0] > 0 {
        left[cause.consequence, default: 0] -= 1
        write(cause, into: &out)
      } else {
        rest.causes += 1
        rest.findings += cause.findings
      }
    }
    if rest.causes > 0 {
      page.item(indent: 4, into: &out) { line, out in
        line.words("and \(counted(rest.causes, "other cause"))", to: &out)
        line.words("of \(counted(rest.findings, "finding")): --group-by cause", to: &out)
      }
    }
    out.append(UInt8(ascii: "\n"))
  }

  /// One cause: what it is, examples, what repairs it.
  func write(_ cause: CauseCount, into out: inout OutputBuffer) {
    let indent = 2 + TerminalStyle.severityWidth + 2
    out.append("  ")
    page.style.append(cause.severity, to: &out)
    out.append("  ")
    page.rest(at: indent, into: &out) { line, out in
      line.words(said(cause), to: &out)
      line.words("(\(cause.rule))", to: &out)
    }
    let examples = cause.examples
    if !examples.isEmpty {
      page.item(indent: indent + 2, column: indent, into: &out) { line, out in
        line.label("e.g.", to: &out)
        for (index, example) in examples.enumerated() {
          CauseText.example(example, isLast: index == examples.count - 1, &line, &out)
        }
      }
    }
    page.item(indent: indent + 2, column: indent, into: &out) { line, out in
      line.words(Advice(cause, proposes: summary.proposesRepairs).sentence, to: &out)
    }
  }

  /// The sentence of a cause; of one finding its object is named below.
  private func said(_ cause: CauseCount) -> String {
    guard cause.findings > 1 else { return cause.sentence }
    if cause.cause.kind == .group {
      return cause.sentence.trimmingPeriod
        + ": \(counted(cause.groups, "case")), \(counted(cause.findings, "holder"))"
    }
    return cause.sentence.contains(grouped(cause.findings))
      ? cause.sentence : "\(cause.sentence.trimmingPeriod) (\(grouped(cause.findings)))"
  }

  /// The longest value that is shown whole in an example.
  private static let longest = 60

  private static func example(
    _ example: Finding, isLast: Bool, _ line: inout LineWrapper, _ out: inout OutputBuffer
  ) {
    if let value = example.value, value.count <= longest {
      line.unit("\"", value.span, "\"", to: &out)
    }
    line.unit(
      "(", example.commonName.prefix(longest).array.span, isLast ? ")" : "),", to: &out)
  }
}

extension Sequence<UInt8> {
  fileprivate var array: [UInt8] { Array(self) }
}

extension String {
  /// The sentence as a part of one.
  var trimmingPeriod: String { hasSuffix(".") ? String(dropLast()) : self }
}
