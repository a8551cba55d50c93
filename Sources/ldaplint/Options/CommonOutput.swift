import ArgumentParser

/// What commands that lint have in common in what they show.
struct CommonOutput: ParsableArguments {
  @Option(help: ArgumentHelp("Colour.", valueName: "when"))
  var color = ColorChoice.auto

  @Flag(name: .shortAndLong, help: "No notes on standard error.")
  var quiet = false
}

/// When to colour.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never
}

/// What commands that lint have in common in how they end.
struct EndingOptions: ParsableArguments {
  @Flag(help: "Do not exit with 2 for an incomplete result.")
  var allowIncomplete = false
}
