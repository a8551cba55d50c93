import Bytes
import Findings

/// The report for people: objects with what is wrong with them, then what the run saw.
struct TextReport: Report {
  let style: TerminalStyle
  let width: Int
  let form: TextStyle
  let grouping: Grouping

  /// Where a finding's own text begins: two spaces, the severity, two spaces.
  private static let indent = 2 + TerminalStyle.severityWidth + 2

  init(isColored: Bool, width: Int, form: TextStyle = .full, grouping: Grouping = .rule) {
    style = TerminalStyle(isColored: isColored)
    self.width = width
    self.form = form
    self.grouping = grouping
  }

  func begin(_ header: RunHeader, isComplete: Bool, into out: inout OutputBuffer) {
    guard !isComplete else { return }
    alarm("INCOMPLETE: not everything asked for was seen; see Problems below.", &out)
    out.append(UInt8(ascii: "\n"))
  }

  func object(_ findings: [Finding], isFirst: Bool, into out: inout OutputBuffer) {
    guard form == .full, let first = findings.first else { return }
    if !isFirst { out.append(UInt8(ascii: "\n")) }
    heading(first, into: &out)
    for index in findings.indices { finding(findings[index], into: &out) }
  }

  func end(_ summary: RunSummary, _ header: RunHeader, into out: inout OutputBuffer) {
    let text = TextSummary(style: style, width: width, summary: summary, header: header)
    switch form {
    case .summary: text.writeAlone(into: &out)
    case .grouped: text.writeGroups(grouping, into: &out)
    case .full, .concise:
      if summary.findings > 0 { out.append(UInt8(ascii: "\n")) }
      text.write(into: &out)
    }
    guard !summary.isComplete else { return }
    let reasons = summary.problems.count { $0.makesIncomplete }
    alarm(
      "INCOMPLETE: not everything asked for was seen; see the \(counted(reasons, "problem")) above.",
      &out)
  }

  private func alarm(_ text: String, _ out: inout OutputBuffer) {
    style.begin(.alarm, to: &out)
    var line = LineWrapper(width: width, indent: 0, column: 0)
    line.words(text, to: &out)
    style.end(to: &out)
    out.append(UInt8(ascii: "\n"))
  }

  /// The DN, and where the object is: on the same line when there is room.
  private func heading(_ finding: Finding, into out: inout OutputBuffer) {
    style.begin(.strong, to: &out)
    out.append(visible: finding.dn.span)
    style.end(to: &out)
    var place = OutputBuffer()
    place.append(visible: finding.source)
    if let line = finding.line {
      place.append(UInt8(ascii: ":"))
      place.append(decimal: line)
    }
    place.append(", ")
    place.append(visible: finding.objectClass)
    let columns = visibleWidth(finding.dn.span) + 2 + visibleWidth(place.bytes.span)
    out.append(columns <= width ? "  " : "\n  ")
    style.begin(.faint, to: &out)
    out.append(place)
    style.end(to: &out)
    out.append(UInt8(ascii: "\n"))
  }

  private func finding(_ finding: Finding, into out: inout OutputBuffer) {
    out.append("  ")
    style.append(finding.severity, to: &out)
    out.append("  ")
    var line = LineWrapper(width: width, indent: Self.indent, column: Self.indent)
    line.unit("", finding.rule.utf8Span.span, " ", to: &out)
    if let attribute = finding.attribute {
      line.unit("", attribute.utf8Span.span, ":", to: &out)
    }
    line.words(finding.message, to: &out)
    out.append(UInt8(ascii: "\n"))
    details(finding, into: &out)
  }

  private func details(_ finding: Finding, into out: inout OutputBuffer) {
    if !finding.evidence.isEmpty {
      detail("evidence:", &out) { line, out in
        for (index, phrase) in finding.evidence.enumerated() {
          line.words(phrase, index + 1 < finding.evidence.count ? ";" : "", to: &out)
        }
      }
    }
    if finding.cloud != nil || finding.syncError != nil {
      detail("cloud:", &out) { line, out in
        if let cloud = finding.cloud { line.words(cloud, to: &out) }
        guard let error = finding.syncError else { return }
        let isAlone = finding.cloud == nil
        line.unit(isAlone ? "" : "(", error.utf8Span.span, isAlone ? "" : ")", to: &out)
      }
    }
    if let place = finding.annotations.toldAt {
      detail("also:", &out) { line, out in
        line.words("the holders are listed at", to: &out)
        line.unit("", place.span, "", to: &out)
      }
    } else {
      for holder in finding.related { self.holder(holder, of: finding, into: &out) }
    }
    if finding.relatedOmitted > 0, finding.annotations.toldAt == nil {
      detail("also:", &out) { line, out in
        line.words("\(grouped(finding.relatedOmitted)) more holders, not listed", to: &out)
      }
    }
    if let repair = finding.proposal {
      self.repair(repair, of: repair.target ?? finding.value, into: &out)
    }
  }

  private func holder(
    _ holder: Finding.Related, of finding: Finding, into out: inout OutputBuffer
  ) {
    detail("also:", &out) { line, out in
      line.unit("", holder.dn.span, "", to: &out)
      line.words("has it as", to: &out)
      line.unit("", holder.attribute.utf8Span.span, "", to: &out)
      line.unit("\"", holder.value.span, "\"", to: &out)
      if holder.source != finding.source {
        line.words("in", to: &out)
        line.unit("", holder.source.utf8Span.span, "", to: &out)
      }
      switch holder.role {
      case .keeper: line.words("and keeps it", to: &out)
      case .loser: line.words("and loses it", to: &out)
      case .undecided, nil: break
      }
      if !holder.isInScope { line.words("(not in scope)", to: &out) }
    }
  }

  private func repair(
    _ repair: Proposal, of value: [UInt8]?, into out: inout OutputBuffer
  ) {
    detail("fix:", &out) { line, out in
      switch repair.action {
      case .none: line.words("left to a person:", to: &out)
      case .edit:
        if let value { line.unit("\"", value.span, "\"", to: &out) }
        line.words("→", to: &out)
      case .remove:
        line.words("remove", to: &out)
        if let value { line.unit("\"", value.span, "\"", to: &out) }
      case .add: line.words("add", to: &out)
      }
      if let new = repair.value, repair.action != .none {
        line.unit("\"", new.span, "\"", to: &out)
      }
      if let safety = repair.safety { line.unit("(", safety.utf8Span.span, "):", to: &out) }
      line.words(repair.reason, to: &out)
    }
  }

  /// A line below a finding, with its label.
  private func detail(
    _ label: StaticString, _ out: inout OutputBuffer,
    _ body: (inout LineWrapper, inout OutputBuffer) -> Void
  ) {
    out.append(UInt8(ascii: " "), count: Self.indent)
    var line = LineWrapper(width: width, indent: Self.indent + 2, column: Self.indent)
    style.begin(.faint, to: &out)
    line.label(label, to: &out)
    style.end(to: &out)
    body(&line, &out)
    out.append(UInt8(ascii: "\n"))
  }
}
