import Bytes
import Reports
import Rules

/// What `explain` shows of a rule in a terminal.
struct RulePage {
  let rule: Rule
  let document: RuleDocument
  /// The columns; prose is broken between words.
  let width: Int

  /// Where the texts beside labels begin.
  private static let indent = 14
  /// An example that needs more, such as a hundred values, is clear from its beginning.
  private static let exampleLines = 24

  var text: String {
    var out = OutputBuffer()
    let title = "\(rule.id) \(rule.name) (\(rule.severity.name), pack \(rule.pack))"
    // Not broken: programs read it too.
    out.append(visible: title)
    out.append("\n")
    add([rule.summary], to: &out)
    out.append("\n")
    for paragraph in document.why.paragraphs {
      add(paragraph, to: &out)
      out.append("\n")
    }
    let facts = RuleFacts(rule: rule)
    for line in facts.lines {
      let label = line.label.isEmpty ? "" : line.label + ":"
      out.append(utf8: label.padded(to: Self.indent))
      wrap(line.text, indent: Self.indent, column: Self.indent, to: &out)
    }
    if !rule.repairs.isEmpty { out.append("Repairs:\n") }
    for repair in facts.repairs {
      out.append("  ")
      wrap(repair, indent: 4, column: 2, to: &out)
    }
    addExample("Fires on:\n", document.bad.first, to: &out)
    addExample("Accepts:\n", document.good.first, to: &out)
    if !document.references.isEmpty { out.append("References:\n") }
    for reference in document.references {
      out.append("  ")
      wrap(reference, indent: 4, column: 2, to: &out)
    }
    return out.withByteView(\.string)
  }

  private func wrap(_ text: String, indent: Int, column: Int, to out: inout OutputBuffer) {
    var wrapper = LineWrapper(width: width, indent: indent, column: column)
    wrapper.words(text, to: &out)
    out.append("\n")
  }

  private func add(_ lines: [String], to out: inout OutputBuffer) {
    for line in lines { wrap(line, indent: 0, column: 0, to: &out) }
  }

  private func addExample(
    _ title: StaticString, _ example: RuleExample?, to out: inout OutputBuffer
  ) {
    guard let example else { return }
    out.append(title)
    let options = example.options.commandLine
    if !options.isEmpty {
      out.append("  # with ")
      wrap(options, indent: 4, column: 9, to: &out)
    }
    for source in example.sources {
      if let name = source.name {
        out.append("  # forest ")
        out.append(visible: name)
        out.append("\n")
      }
      for line in source.ldif.lines(atMost: Self.exampleLines) {
        if !line.isEmpty { out.append("  ") }
        out.append(visible: line)
        out.append("\n")
      }
      out.append("\n")
    }
  }
}

/// What `explain` shows of several rules: a line or two of each.
struct RuleTable {
  let rules: [Rule]
  let width: Int

  /// Below it the summary stands on a line of its own.
  private static let wide = 120

  func text(_ title: String) -> String {
    var out = OutputBuffer()
    out.append(visible: title)
    out.append("\n\n")
    let names = rules.map(\.name.count).max() ?? 0
    let id = rules.map(\.id.count).max() ?? 0
    for rule in rules {
      let head = "\(rule.id.padded(to: id))  \(rule.severity.name.padded(to: 7))  "
      out.append(visible: head)
      let isWide = width >= Self.wide
      out.append(visible: isWide ? rule.name.padded(to: names) + "  " : rule.name)
      let indent = isWide ? head.count + names + 2 : head.count
      if !isWide {
        out.append("\n")
        out.append(UInt8(ascii: " "), count: indent)
      }
      var wrapper = LineWrapper(width: width, indent: indent, column: indent)
      wrapper.words(rule.summary, to: &out)
      out.append("\n")
    }
    out.append("\nldaplint explain ID tells all of one.\n")
    return out.withByteView(\.string)
  }
}

extension String {
  /// Paragraphs, each one line of words; lines that begin with blanks or a list's sign stay lines.
  var paragraphs: [[String]] {
    var paragraphs: [[String]] = [[]]
    for line in lines(atMost: .max) {
      let last = paragraphs.count - 1
      if line.isEmpty {
        if !paragraphs[last].isEmpty { paragraphs.append([]) }
      } else if line.hasPrefix(" ") || line.hasPrefix("- ") || paragraphs[last].isEmpty {
        paragraphs[last].append(line)
      } else {
        paragraphs[last][paragraphs[last].count - 1] += " " + line
      }
    }
    return paragraphs.filter { !$0.isEmpty }
  }

  /// The first `limit` lines, without empty ones at the end, and an ellipsis where there are more.
  func lines(atMost limit: Int) -> [String] {
    var all = split(separator: "\n", omittingEmptySubsequences: false)
    while all.last?.isEmpty ?? false { all.removeLast() }
    return all.prefix(limit).map(String.init) + (all.count > limit ? ["…"] : [])
  }
}
