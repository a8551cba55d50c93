import ArgumentParser
import Checks

/// How repairs are made, which `check` proposes and `fix` carries out.
struct RepairOptions: ParsableArguments {
  @Flag(help: "Repairs may take a UPN from the primary address.")
  var upnFromMail = false

  @Option(help: ArgumentHelp("How repairs spell ö: o or oe.", valueName: "way"))
  var transliteration = TransliterationChoice.plain

  /// Tells `settings`.
  func apply(to settings: inout CheckSettings) {
    settings.takesUPNFromMail = upnFromMail
    settings.transliteratesGerman = transliteration == .german
  }
}

/// How letters with diacritics are replaced.
enum TransliterationChoice: String, ExpressibleByArgument, CaseIterable {
  /// As Exchange does it.
  case plain = "o"
  case german = "oe"
}
