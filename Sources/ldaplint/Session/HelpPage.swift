/// The help of a command that fits a screen: options that few need are left to `--help-hidden` and the
/// manual. They stay visible for the parser, so that shells complete them and messages name them.
enum HelpPage {
  /// The commands whose help is cut.
  private static let commands: Set = ["check", "fix", "steps"]

  /// Options that few need.
  private static let rare: Set = [
    "--filter", "--save", "--sasl", "--starttls", "--ca-file", "--pack", "--select", "--ignore",
    "--set-severity", "--param", "--min-severity", "--initial-domain", "--login-attribute",
    "--join",
    "--style", "--no-proposals", "--redact", "--color", "--exclude-base", "--sync-group",
    "--directory", "--all-objects", "--list-skipped", "--memory-limit", "--allow-incomplete",
    "--keep-policy", "--upn-from-mail-in", "--transliteration", "--undo", "--skip-refused",
    "--ascii", "--split-by", "--list-left",
  ]

  /// `text` as the command line `words` wants it, where it is a help: whole with `--help-hidden`.
  static func cut(_ text: String, for words: [String]) -> String {
    guard text.hasPrefix("OVERVIEW"), words.contains(where: commands.contains),
      !words.contains("--help-hidden")
    else { return text }
    var lines: [Substring] = []
    var isRare = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("  -") {
        let option = line.split(separator: " ").first { $0.hasPrefix("--") }
        isRare = option.map { rare.contains(String($0)) } ?? false
      } else if !line.hasPrefix("    ") {
        isRare = false
      }
      if !isRare { lines.append(line) }
    }
    return withoutEmptyTitles(lines).joined(separator: "\n")
  }

  /// A title below which nothing is left goes, with the line that parts it from the next.
  private static func withoutEmptyTitles(_ lines: [Substring]) -> [Substring] {
    var kept: [Substring] = []
    var index = 0
    while index < lines.count {
      let isTitle = lines[index].hasSuffix(":") && !lines[index].hasPrefix(" ")
      if isTitle, index + 1 < lines.count, lines[index + 1].isEmpty {
        index += 2
      } else {
        kept.append(lines[index])
        index += 1
      }
    }
    return kept
  }
}
