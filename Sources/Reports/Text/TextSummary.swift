import Bytes
import Findings

/// The end of the text report: what kept the run from seeing more, what it left out, what would happen,
/// what to do first, and in the last lines how much was found.
struct TextSummary {
  private let page: TextPage
  private let style: TerminalStyle
  private let width: Int
  let summary: RunSummary
  let header: RunHeader

  /// How many steps are listed.
  private static let listedSteps = 3

  init(style: TerminalStyle, width: Int, summary: RunSummary, header: RunHeader) {
    page = TextPage(style: style, width: width)
    self.style = style
    self.width = width
    self.summary = summary
    self.header = header
  }

  /// What follows the findings of a full report.
  func write(into out: inout OutputBuffer) {
    problems(into: &out)
    skippedObjects(into: &out)
    ConsequenceText(page: page, summary: summary).write(into: &out)
    steps(into: &out)
    counts(into: &out)
  }

  /// What takes the place of findings.
  func writeAlone(into out: inout OutputBuffer) {
    ConsequenceText(page: page, summary: summary).write(into: &out)
    CauseText(page: page, summary: summary).write(into: &out)
    problems(into: &out)
    skippedObjects(into: &out)
    steps(into: &out)
    counts(into: &out)
    guard summary.findings > 0 else { return }
    page.item(indent: 2, column: 0, into: &out) { line, out in
      line.words(
        "All of them: --style full, --style concise, or --report csv=findings.csv", to: &out)
    }
  }

  /// What follows steps.
  func writeEnd(into out: inout OutputBuffer) {
    problems(into: &out)
    counts(into: &out)
  }

  /// Findings in groups, and how much was found.
  func writeGroups(_ grouping: Grouping, into out: inout OutputBuffer) {
    GroupText(page: page, summary: summary, grouping: grouping).write(into: &out)
    problems(into: &out)
    skippedObjects(into: &out)
    counts(into: &out)
  }

  /// The last lines.
  func counts(into out: inout OutputBuffer) {
    counts("Skipped", "object", summary.skipped, into: &out)
    counts("Examined", "object", summary.examined, into: &out)
    sources(into: &out)
    findings(into: &out)
    fixable(into: &out)
    filtered(into: &out)
  }

  private func steps(into out: inout OutputBuffer) {
    let steps = StepList(summary, header).steps
    guard summary.findings > 0, !steps.isEmpty else { return }
    page.title("Do first (ldaplint steps has them all)", into: &out)
    for (number, step) in steps.prefix(Self.listedSteps).enumerated() {
      page.item(indent: 5, into: &out) { line, out in
        line.words("\(number + 1). \(step.task)", to: &out)
      }
      if let command = step.commands.first { page.command(command, indent: 5, into: &out) }
    }
    out.append(UInt8(ascii: "\n"))
  }

  // MARK: Problems and skipped objects

  private func problems(into out: inout OutputBuffer) {
    guard !summary.problems.isEmpty else { return }
    page.title("Problems", into: &out)
    for problem in summary.problems {
      page.item(indent: 4, into: &out) { line, out in
        line.unit("", problem.kind.rawValue.utf8Span.span, ":", to: &out)
        if let place = place(problem) { line.unit("", place.bytes.span, ":", to: &out) }
        if let dn = problem.dn { line.unit("", dn.utf8Span.span, ":", to: &out) }
        line.words(problem.message, to: &out)
      }
      guard let raw = problem.raw else { continue }
      out.append("    ")
      out.append(visible: raw.span)
      out.append(UInt8(ascii: "\n"))
    }
    out.append(UInt8(ascii: "\n"))
  }

  /// `file:line`, `file at byte 12`, or nothing.
  private func place(_ problem: Problem) -> OutputBuffer? {
    guard problem.source != nil || problem.line != nil || problem.byteOffset != nil else {
      return nil
    }
    var place = OutputBuffer()
    place.append(utf8: problem.source ?? "input")
    if let line = problem.line {
      place.append(UInt8(ascii: ":"))
      place.append(decimal: line)
    } else if let offset = problem.byteOffset {
      place.append(" at byte ")
      place.append(decimal: offset)
    }
    return place
  }

  private func skippedObjects(into out: inout OutputBuffer) {
    guard !summary.skippedObjects.isEmpty else { return }
    page.title("Skipped objects", into: &out)
    for object in summary.skippedObjects {
      page.item(indent: 4, into: &out) { line, out in
        line.unit("", object.dn.span, "", to: &out)
        let number = object.line.map { ":\($0)" } ?? ""
        line.unit("(", (object.source + number).utf8Span.span, "):", to: &out)
        line.words(object.reason, to: &out)
      }
      guard let clause = object.clause else { continue }
      out.append("    clause: ")
      out.append(visible: clause)
      out.append(UInt8(ascii: "\n"))
    }
    out.append(UInt8(ascii: "\n"))
  }

  // MARK: Counts

  private func counts(
    _ label: String, _ noun: String, _ counts: [RunSummary.SkipCount],
    into out: inout OutputBuffer
  ) {
    guard !counts.isEmpty else { return }
    let total = counts.reduce(0) { $0 + $1.count }
    var line = LineWrapper(width: width, indent: 2, column: 0)
    line.words("\(label): \(counted(total, noun))", to: &out)
    for (index, count) in counts.enumerated() {
      line.words("\(index == 0 ? "(" : "")\(grouped(count.count))", to: &out)
      line.words(count.reason, index + 1 < counts.count ? "," : ")", to: &out)
    }
    out.append(UInt8(ascii: "\n"))
  }

  private func sources(into out: inout OutputBuffer) {
    for source in header.sources {
      page.item(indent: 2, column: 0, into: &out) { line, out in
        line.words("Read:", to: &out)
        line.unit("", source.name.utf8Span.span, "", to: &out)
        line.words("(\(counted(source.entries, "entry", "entries")),", to: &out)
        line.words("forest \(source.forest), \(source.directory))", to: &out)
      }
    }
  }

  private func findings(into out: inout OutputBuffer) {
    let objects = summary.examined.reduce(0) { $0 + $1.count }
    var line = LineWrapper(width: width, indent: 2, column: 0)
    let seen = "\(counted(objects, "object")), \(counted(summary.rules, "rule"))"
    guard summary.findings > 0 else {
      line.words("No findings: \(seen)", to: &out)
      out.append(UInt8(ascii: "\n"))
      return
    }
    style.begin(.strong, to: &out)
    line.words("\(counted(summary.findings, "finding")):", to: &out)
    line.words("\(counted(summary.count(of: .error), "error")),", to: &out)
    line.words("\(counted(summary.count(of: .warning), "warning")),", to: &out)
    line.words("\(grouped(summary.count(of: .info))) info", to: &out)
    style.end(to: &out)
    line.words("(\(seen))", to: &out)
    out.append(UInt8(ascii: "\n"))
  }

  private func fixable(into out: inout OutputBuffer) {
    guard summary.safelyFixable + summary.unsafelyFixable > 0 else { return }
    page.item(indent: 2, column: 0, into: &out) { line, out in
      line.words("Fixable: \(grouped(summary.safelyFixable)) with `ldaplint fix`,", to: &out)
      line.words("\(grouped(summary.unsafelyFixable)) more with `--unsafe-fixes`", to: &out)
    }
  }

  private func filtered(into out: inout OutputBuffer) {
    guard summary.filtered > 0 else { return }
    page.item(indent: 2, column: 0, into: &out) { line, out in
      line.words(
        "Not shown: \(counted(summary.filtered, "finding")) below --min-severity", to: &out)
    }
  }
}
