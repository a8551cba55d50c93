import Bytes
import Findings

/// The forms that the steps come in.
public enum StepsFormat: String, CaseIterable, Sendable {
  case text, json, markdown
}

/// What to do first, as a page.
public struct StepsReport {
  private let summary: RunSummary
  private let header: RunHeader
  private let steps: [Step]
  /// The causes that the plan was tried with.
  private let tried: [CauseCount]
  private let page: TextPage

  /// The page of a run; `width` columns are used, and colours where `isColored`.
  public init(_ summary: RunSummary, _ header: RunHeader, width: Int, isColored: Bool) {
    self.summary = summary
    self.header = header
    steps = StepList(summary, header).steps
    tried = StepList.largest(summary.causes)
    page = TextPage(style: TerminalStyle(isColored: isColored), width: width)
  }

  /// Writes it in `format`.
  public func write(_ format: StepsFormat, into out: inout OutputBuffer) {
    switch format {
    case .text: text(into: &out)
    case .json: json(into: &out)
    case .markdown: markdown(into: &out)
    }
  }

  // MARK: Text

  private func text(into out: inout OutputBuffer) {
    var week: Step.Week?
    for (number, step) in steps.enumerated() {
      if step.week != week {
        if week != nil { out.append(UInt8(ascii: "\n")) }
        page.title(step.week.title, into: &out)
        week = step.week
      }
      page.number(number + 1, upTo: 4, into: &out)
      out.append(". ")
      page.rest(at: 6, into: &out) { line, out in line.words(step.task, to: &out) }
      page.item(indent: 6, column: 6, into: &out) { line, out in
        page.style.begin(.faint, to: &out)
        line.words(step.why, to: &out)
        page.style.end(to: &out)
      }
      for command in step.commands { page.command("$ \(command)", indent: 6, into: &out) }
    }
    if !steps.isEmpty { out.append(UInt8(ascii: "\n")) }
    largest(into: &out)
    TextSummary(style: page.style, width: page.width, summary: summary, header: header)
      .writeEnd(into: &out)
  }

  private func largest(into out: inout OutputBuffer) {
    guard !tried.isEmpty else { return }
    page.title("The largest causes, tried together in one plan", into: &out)
    out.append("     found     safe   unsafe     left\n")
    for cause in tried {
      page.number(cause.findings, upTo: 10, into: &out)
      page.number(cause.safelyFixable, upTo: 9, into: &out)
      page.number(cause.unsafelyFixable, upTo: 9, into: &out)
      page.number(cause.left, upTo: 9, into: &out)
      out.append("  ")
      page.rest(at: 39, into: &out) { line, out in
        line.words("\(cause.sentence.trimmingPeriod) (\(cause.rule))", to: &out)
      }
    }
    out.append(UInt8(ascii: "\n"))
  }

  // MARK: JSON

  private func json(into out: inout OutputBuffer) {
    out.append("{\"version\":")
    out.append(decimal: jsonShapeVersion)
    out.append(runMembers: header)
    out.append(key: "steps", steps) { step, out in
      out.append("{\"week\":")
      out.append(json: step.week.rawValue)
      out.append(key: "task", step.task)
      out.append(key: "why", step.why)
      out.append(key: "commands", step.commands) { $1.append(json: $0) }
      out.append(UInt8(ascii: "}"))
    }
    out.append(key: "largestCauses", tried) { $1.append(cause: $0) }
    out.append(key: "problems")
    out.append(problems: summary.problems)
    out.append(",\"summary\":{\"complete\":")
    out.append(summary.isComplete ? "true" : "false")
    out.append(summaryMembers: summary)
    out.append("}}\n")
  }

  // MARK: Markdown

  private func markdown(into out: inout OutputBuffer) {
    out.append("# What to do first\n")
    var week: Step.Week?
    for (number, step) in steps.enumerated() {
      if step.week != week {
        out.append("\n## ")
        out.append(markdown: step.week.title)
        out.append("\n\n")
        week = step.week
      }
      out.append(decimal: number + 1)
      out.append(". **")
      out.append(markdown: step.task)
      out.append("** ")
      out.append(markdown: step.why)
      out.append(UInt8(ascii: "\n"))
      guard !step.commands.isEmpty else { continue }
      out.append("\n   ~~~sh\n")
      for command in step.commands {
        out.append("   ")
        out.append(visible: command)
        out.append(UInt8(ascii: "\n"))
      }
      out.append("   ~~~\n")
    }
    problems(into: &out)
    guard !tried.isEmpty else { return }
    out.append("\n## The largest causes, tried together in one plan\n\n")
    out.append("| found | safe | unsafe | left | cause |\n| ---: | ---: | ---: | ---: | --- |\n")
    for cause in tried {
      for number in [cause.findings, cause.safelyFixable, cause.unsafelyFixable, cause.left] {
        out.append("| ")
        out.append(utf8: grouped(number))
        out.append(UInt8(ascii: " "))
      }
      out.append("| ")
      out.append(markdown: "\(cause.sentence.trimmingPeriod) (\(cause.rule))")
      out.append(" |\n")
    }
  }
}

extension StepsReport {
  /// What kept the run from seeing more: rules that did not run and what they need among it.
  private func problems(into out: inout OutputBuffer) {
    guard !summary.problems.isEmpty else { return }
    out.append("\n## What was not seen, and what is needed for it\n\n")
    for problem in summary.problems {
      out.append("- ")
      if let source = problem.source {
        out.append(markdown: source)
        if let line = problem.line {
          out.append(UInt8(ascii: ":"))
          out.append(decimal: line)
        }
        out.append(": ")
      }
      out.append(markdown: problem.message)
      out.append(UInt8(ascii: "\n"))
    }
  }
}

extension Step.Week {
  /// What stands above its steps.
  var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() + when }

  private var when: String {
    switch self {
    case .now, .after: ""
    case .twoWeeksBefore, .weekBefore, .dayBefore: " the first synchronization"
    }
  }
}

extension CauseCount {
  /// How many findings are left to people.
  var left: Int { findings - safelyFixable - unsafelyFixable }
}
