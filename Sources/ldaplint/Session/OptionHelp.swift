import ArgumentParser
import Bytes

/// What the help of a command says of its options, those that few need among them: for messages about
/// one that is misspelled or has a value that it does not take.
struct OptionHelp {
  /// By option, the text behind it.
  private var texts: [String: String] = [:]

  /// The options of the command that `see`, such as "ldaplint check --help", shows the help of.
  init(command see: Substring) {
    let name = see.split(separator: " ").dropFirst().first
    guard
      let command = LDAPLint.configuration.subcommands.first(where: {
        $0._commandName == name ?? ""
      })
    else { return }
    var option: String?
    for line in LDAPLint.helpMessage(for: command, includeHidden: true, columns: 200).split(
      separator: "\n")
    {
      let words = line.split(separator: " ")
      if let found = words.first(where: { $0.hasPrefix("--") }), line.hasPrefix("  -") {
        option = String(found)
      }
      if let option { texts[option, default: ""] += " " + line.drop { $0 == " " } }
    }
  }

  /// What may have been meant where `message` is about an unknown option or an invalid value, with what
  /// separates it; empty where nothing is known or the message says it.
  func hint(_ message: String) -> String {
    guard !message.contains("Did you mean"), !message.contains("following:") else { return "" }
    let quoted = message.split(separator: "'", omittingEmptySubsequences: false)
    if message.hasPrefix("Unknown option"), quoted.count > 1 {
      let near = NearestName.of(String(quoted[1]), in: Array(texts.keys))
      return near.map { "; did you mean \($0)?" } ?? ""
    }
    guard message.hasPrefix("The value"), quoted.count > 3, let text = texts[String(quoted[3])],
      let start = text.firstRange(of: "(values: ")?.upperBound
    else { return "" }
    return ": expected one of \(text[start...].prefix { $0 != ")" && $0 != ";" })"
  }
}
