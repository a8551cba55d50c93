import Bytes
import Findings

/// What the options `--select`, `--ignore`, `--set-severity` and `--param` ask for.
///
/// A selector is `ALL`, the name of a pack, the beginning of an id (`UPN`, `UPN0`), an id or a
/// rule's name. As in ruff, the more specific selector decides, whichever option it stands in:
/// `--select UPN --ignore UPN006` and `--ignore UPN --select UPN006` both mean what they say. An
/// id or name is more specific than the beginning of an id, a longer beginning than a shorter one,
/// any beginning than a pack, a pack than `ALL`; of equals, `--ignore` wins. Without `--select`
/// all rules are selected.
public struct RuleSelection: Sendable {
  /// The selectors of `--select`; one text may hold several, separated by commas.
  public var select: [String]
  /// The selectors of `--ignore`, likewise.
  public var ignore: [String]
  /// `SELECTOR=LEVEL`, likewise; the more specific selector decides, of equals the last.
  public var severities: [String]
  /// `NAME=VALUE`; of the same name the last decides. A value may hold commas.
  public var parameters: [String]

  /// A selection; an empty list asks for nothing.
  public init(
    select: [String] = [], ignore: [String] = [], severities: [String] = [],
    parameters: [String] = []
  ) {
    self.select = select
    self.ignore = ignore
    self.severities = severities
    self.parameters = parameters
  }

  /// The packs with the rules that are selected, their severities and the parameters set.
  ///
  /// - Throws: the first selector, level or parameter that does not exist, with the nearest.
  public func applied(to packs: PackSet) throws(SelectionError) -> PackSet {
    let index = SelectorIndex(packs)
    let selected = try Self.selectors(select, "--select", index)
    let ignored = try Self.selectors(ignore, "--ignore", index)
    let levels = try levels(index)
    var result = packs
    result.rules = packs.rules.compactMap { rule in
      let wanted = selected.compactMap { $0.specificity(rule) }.max() ?? (select.isEmpty ? 0 : -1)
      let unwanted = ignored.compactMap { $0.specificity(rule) }.max() ?? -1
      guard wanted > unwanted else { return nil }
      var rule = rule
      var best = -1
      for (selector, level) in levels {
        guard let specificity = selector.specificity(rule), specificity >= best else { continue }
        best = specificity
        rule.severity = level
        rule.lowered = []
        rule.hasSetSeverity = true
      }
      return rule
    }
    try setParameters(&result)
    return result
  }

  private static func selectors(
    _ texts: [String], _ option: String, _ index: SelectorIndex
  ) throws(SelectionError) -> [RuleSelector] {
    var selectors: [RuleSelector] = []
    for text in split(texts) { selectors.append(try index.selector(text, option)) }
    return selectors
  }

  private func levels(
    _ index: SelectorIndex
  ) throws(SelectionError) -> [(RuleSelector, Severity)] {
    let option = "--set-severity"
    var levels: [(RuleSelector, Severity)] = []
    for text in Self.split(severities) {
      guard let (name, level) = Self.pair(text) else {
        throw SelectionError(option, "\"\(text)\" must be RULE=LEVEL, for example UPN006=warning")
      }
      guard let severity = Severity(name: level) else {
        let hint = NearestName.hint(level, in: ["error", "warning", "info"])
        throw SelectionError(option, "there is no severity \"\(level)\"\(hint)")
      }
      levels.append((try index.selector(name, option), severity))
    }
    return levels
  }

  private func setParameters(_ packs: inout PackSet) throws(SelectionError) {
    for text in parameters {
      guard let (name, value) = Self.pair(text) else {
        throw SelectionError("--param", "\"\(text)\" must be NAME=VALUE")
      }
      guard packs.parameters[name] != nil else {
        let hint = NearestName.hint(name, in: packs.parameters.keys.sorted())
        throw SelectionError("--param", "no pack in use has a parameter \"\(name)\"\(hint)")
      }
      packs.parameters[name] = value
    }
  }

  /// The texts between commas, without spaces around them.
  private static func split(_ texts: [String]) -> [String] {
    texts.flatMap { text in
      text.split(separator: ",", omittingEmptySubsequences: false).map { part in
        String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
    }
  }

  private static func pair(_ text: String) -> (String, String)? {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return nil }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }
}

/// A selector, level or parameter that does not exist: one line for the user.
public struct SelectionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The option it stands in, `--select`.
  public var option: String
  /// What is wrong and what was perhaps meant.
  public var message: String

  init(_ option: String, _ message: String) {
    self.option = option
    self.message = message
  }

  /// `option: message`.
  public var description: String { "\(option): \(message)" }
}

/// A selector whose meaning is known.
private enum RuleSelector {
  case all
  case pack(String)
  case prefix(String)
  case id(String)
  case name(String)

  /// How specific the selector is, from 0, or nil when it does not select `rule`.
  func specificity(_ rule: Rule) -> Int? {
    switch self {
    case .all: 0
    case .pack(let pack): rule.pack == pack ? 1 : nil
    case .prefix(let prefix): rule.id.hasPrefix(prefix) ? 1 + prefix.utf8.count : nil
    case .id(let id): rule.id == id ? 100 : nil
    case .name(let name): rule.name == name ? 100 : nil
    }
  }
}

/// What selectors can mean.
private struct SelectorIndex {
  let packs: Set<String>
  let ids: Set<String>
  let names: Set<String>

  init(_ set: PackSet) {
    packs = Set(set.rules.map(\.pack) + set.names)
    ids = Set(set.rules.map(\.id))
    names = Set(set.rules.map(\.name))
  }

  /// What `text` means. Ids may be written in small letters.
  func selector(_ text: String, _ option: String) throws(SelectionError) -> RuleSelector {
    let capitals = text.uppercased()
    if capitals == "ALL" { return .all }
    if packs.contains(text) { return .pack(text) }
    if names.contains(text) { return .name(text) }
    if ids.contains(capitals) { return .id(capitals) }
    if !text.isEmpty, ids.contains(where: { $0.hasPrefix(capitals) }) { return .prefix(capitals) }
    let prefixes = Set(ids.map { String($0.dropLast(3)) })
    let known = names.union(ids).union(prefixes).union(packs).union(["ALL"]).sorted()
    let hint = NearestName.of(text, in: known).map { "; did you mean \"\($0)\"?" } ?? ""
    throw SelectionError(option, "no rule, id or pack is called \"\(text)\"\(hint)")
  }
}
