import Bytes
import Rules

/// Rules as Markdown (CommonMark with GitHub's tables): a page each, and an index.
struct RuleMarkdown {
  /// An example that needs more, such as a hundred values, is clear from its beginning.
  private static let exampleLines = 40

  /// The page of `rule`, with links to the pages beside it.
  static func page(_ rule: Rule, _ document: RuleDocument) -> String {
    let facts = RuleFacts(rule: rule)
    var text = "# \(rule.id) \(escaped(rule.name))\n\n\(escaped(rule.summary))\n"
    text += "\nPack \(code(rule.pack)), \(rule.severity.name).\n"
    for paragraph in document.why.paragraphs {
      text += "\n" + paragraph.map(escaped).joined(separator: "\n") + "\n"
    }
    text += "\n## Facts\n\n"
    for line in facts.lines {
      let isList = line.label == "Silent after"
      let value =
        isList ? links(rule.after.map(\.id)) : line.isCode ? code(line.text) : escaped(line.text)
      text += line.label.isEmpty ? "  - \(value)\n" : "- **\(line.label):** \(value)\n"
    }
    if !facts.repairs.isEmpty {
      text += "\n## Repairs\n\n" + facts.repairs.map { "- \(escaped($0))\n" }.joined()
    }
    text += "\n## Examples\n"
    for example in document.bad { text += block("Fires on", example) }
    for example in document.good { text += block("Accepts", example) }
    if !document.references.isEmpty {
      text += "\n## References\n\n" + document.references.map { "- \(reference($0))\n" }.joined()
    }
    return text
  }

  /// All rules by pack, and where errors, IdFix's words and attributes lead.
  static func index(_ packs: PackSet) -> String {
    var text = "# Rules\n\nWhat `ldaplint explain` says of each, a page a rule.\n"
    for pack in packs.packs {
      let own = packs.rules.filter { $0.pack == pack.name }
      guard !own.isEmpty else { continue }
      text += "\n## \(escaped(pack.name))\n\n\(escaped(pack.title)): \(own.count) rules.\n\n"
      text +=
        "| rule | name | severity | consequence | what is wrong |\n| --- | --- | --- | --- | --- |\n"
      for rule in own {
        let cells = [
          link(rule.id), escaped(rule.name), rule.severity.name, rule.consequence?.rawValue ?? "",
          escaped(rule.summary),
        ]
        text += "| \(cells.joined(separator: " | ")) |\n"
      }
    }
    text += list("By the portal's error", packs.rules) { [$0.syncError].compactMap(\.self) }
    text += list("By IdFix's word", packs.rules) { [$0.category].compactMap(\.self) }
    return text + list("By attribute", packs.rules, of: \.attributes)
  }

  private static func list(
    _ title: String, _ rules: [Rule], of keys: (Rule) -> [String]
  ) -> String {
    var ids: [String: [String]] = [:]
    for rule in rules { for key in keys(rule) { ids[key, default: []].append(rule.id) } }
    let lines = ids.sorted { $0.key.lowercased() < $1.key.lowercased() }.map { key, ids in
      "- \(code(key)): \(links(ids))\n"
    }
    return lines.isEmpty ? "" : "\n## \(title)\n\n" + lines.joined()
  }

  private static func block(_ title: String, _ example: RuleExample) -> String {
    var text = "\n\(title)"
    let finds = example.finds.map { ($0.attribute.map { "\($0) of " } ?? "") + $0.dn }
    if !finds.isEmpty { text += " " + finds.map(code).joined(separator: ", ") }
    let options = example.options.commandLine
    text += (options.isEmpty ? "" : ", with \(code(options))") + ":\n"
    for source in example.sources {
      if let name = source.name { text += "\nForest \(escaped(name)):\n" }
      text += fenced(source.ldif)
    }
    return example.fixed.map { text + "\nRepaired:\n" + fenced($0) } ?? text
  }

  // MARK: Text

  private static func link(_ id: String) -> String { "[\(id)](\(id).md)" }

  private static func links(_ ids: [String]) -> String { ids.map(link).joined(separator: ", ") }

  private static func reference(_ text: String) -> String {
    let isAddress =
      text.hasPrefix("https://") && !text.contains { $0.isWhitespace || "<>".contains($0) }
    return isAddress ? "<\(HostileText.shown(text))>" : escaped(text)
  }

  /// `text` in one line, with nothing in it that Markdown or HTML would obey.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in HostileText.shown(HostileText.oneLine(text)).unicodeScalars {
      if "\\`*_[]<>|~&#$".unicodeScalars.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    // At the beginning of a line these make lists and lines of other kinds.
    if let first = result.first, "-+=".contains(first) { return "\\" + result }
    let digits = result.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, let next = result.dropFirst(digits.count).first, ".)".contains(next)
    else {
      return result
    }
    return digits + "\\" + result.dropFirst(digits.count)
  }

  /// `text` to the letter, within a line.
  static func code(_ text: String) -> String {
    let shown = HostileText.shown(HostileText.oneLine(text))
    let quote = String(repeating: "`", count: longestRun(shown) + 1)
    let gap = shown.hasPrefix("`") || shown.hasSuffix("`") || shown.hasPrefix(" ") ? " " : ""
    return quote + gap + shown + gap + quote
  }

  private static func fenced(_ ldif: String) -> String {
    let lines = ldif.lines(atMost: exampleLines).map { HostileText.shown($0) }
    let fence = String(repeating: "`", count: max(3, longestRun(ldif) + 1))
    return "\n\(fence)ldif\n" + lines.map { $0 + "\n" }.joined() + fence + "\n"
  }

  /// The most backticks in a row.
  private static func longestRun(_ text: String) -> Int {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
