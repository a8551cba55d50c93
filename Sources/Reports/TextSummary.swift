import Bytes
import Findings

/// The end of the text report: what kept the run from seeing more, what it left out, which rules
/// fired, and in the last line how much was found.
struct TextSummary {
  /// How many rules are listed; the rest is summed up.
  static let listedRules = 10

  let style: TerminalStyle
  let width: Int
  let summary: RunSummary
  let header: RunHeader

  func write(into out: inout OutputBuffer) {
    problems(into: &out)
    skippedObjects(into: &out)
    rules(into: &out)
    counts("Skipped", "object", summary.skipped, into: &out)
    counts("Examined", "object", summary.examined, into: &out)
    sources(into: &out)
    findings(into: &out)
    fixable(into: &out)
    filtered(into: &out)
  }

  // MARK: Problems and skipped objects

  private func problems(into out: inout OutputBuffer) {
    guard !summary.problems.isEmpty else { return }
    title("Problems", into: &out)
    for problem in summary.problems {
      item(indent: 4, into: &out) { line, out in
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
    title("Skipped objects", into: &out)
    for object in summary.skippedObjects {
      item(indent: 4, into: &out) { line, out in
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

  // MARK: Rules

  private func rules(into out: inout OutputBuffer) {
    guard !summary.byRule.isEmpty else { return }
    title("Findings by rule", into: &out)
    let listed = summary.byRule.prefix(Self.listedRules)
    let countWidth = listed.map { grouped($0.count).utf8.count }.max() ?? 0
    let ruleWidth = listed.map { $0.rule.utf8.count }.max() ?? 0
    for count in listed {
      let number = grouped(count.count)
      out.append(UInt8(ascii: " "), count: 2 + countWidth - number.utf8.count)
      out.append(utf8: number)
      out.append("  ")
      style.append(count.severity, to: &out)
      out.append("  ")
      out.append(visible: count.rule)
      out.append(UInt8(ascii: " "), count: ruleWidth - count.rule.utf8.count + 2)
      let column = 2 + countWidth + 2 + TerminalStyle.severityWidth + 2 + ruleWidth + 2
      var line = LineWrapper(width: width, indent: column, column: column)
      line.words(count.name, count.mostly == nil ? "" : ", mostly", to: &out)
      if let mostly = count.mostly { line.words(mostly, to: &out) }
      out.append(UInt8(ascii: "\n"))
    }
    let rest = summary.byRule.dropFirst(Self.listedRules)
    if !rest.isEmpty {
      let found = rest.reduce(0) { $0 + $1.count }
      item(indent: 2, into: &out) { line, out in
        line.words("and \(counted(found, "finding"))", to: &out)
        line.words("of \(counted(rest.count, "other rule"))", to: &out)
      }
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
      item(indent: 2, column: 0, into: &out) { line, out in
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
    item(indent: 2, column: 0, into: &out) { line, out in
      line.words("Fixable: \(grouped(summary.safelyFixable)) with `ldaplint fix`,", to: &out)
      line.words("\(grouped(summary.unsafelyFixable)) more with `--unsafe-fixes`", to: &out)
    }
  }

  private func filtered(into out: inout OutputBuffer) {
    guard summary.filtered > 0 else { return }
    item(indent: 2, column: 0, into: &out) { line, out in
      line.words(
        "Not shown: \(counted(summary.filtered, "finding")) below --min-severity", to: &out)
    }
  }

  // MARK: Lines

  private func title(_ text: StaticString, into out: inout OutputBuffer) {
    style.begin(.strong, to: &out)
    out.append(text)
    style.end(to: &out)
    out.append(UInt8(ascii: "\n"))
  }

  private func item(
    indent: Int, column: Int = 2, into out: inout OutputBuffer,
    _ body: (inout LineWrapper, inout OutputBuffer) -> Void
  ) {
    out.append(UInt8(ascii: " "), count: column)
    var line = LineWrapper(width: width, indent: indent, column: column)
    body(&line, &out)
    out.append(UInt8(ascii: "\n"))
  }
}

/// A number with commas between its thousands.
func grouped(_ number: Int) -> String {
  var text = ""
  let digits = String(number)
  for (index, digit) in digits.enumerated() {
    if index > 0 && (digits.count - index).isMultiple(of: 3) { text.append(",") }
    text.append(digit)
  }
  return text
}

/// A number with its noun.
func counted(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
  "\(grouped(number)) \(number == 1 ? singular : plural ?? singular + "s")"
}
