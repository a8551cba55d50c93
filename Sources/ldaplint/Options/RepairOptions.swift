import ArgumentParser
import Checks
import Lint
import Repairs

/// How repairs are made, which `check` proposes and `fix` carries out.
struct RepairOptions: ParsableArguments {
  @Flag(help: "Make repairs too that somebody may notice.")
  var unsafeFixes = false

  @Option(
    help: ArgumentHelp(
      "Who keeps a duplicate, criteria in order: primary, mailbox, enabled, forest.",
      valueName: "criteria"))
  var keepPolicy: String?

  @Flag(help: "Repairs may take a UPN from the primary address.")
  var upnFromMail = false

  @Option(help: ArgumentHelp("How repairs spell ö: o or oe.", valueName: "way"))
  var transliteration = TransliterationChoice.plain

  /// Tells `settings`.
  func apply(to settings: inout CheckSettings) {
    settings.takesUPNFromMail = upnFromMail
    settings.transliteratesGerman = transliteration == .german
  }

  /// Which repairs are planned.
  var request: RepairRequest {
    var request = RepairRequest()
    request.allowsUnsafe = unsafeFixes
    return request
  }

  /// Who keeps a value that several objects hold.
  func keeper() throws -> KeeperPolicy {
    guard let keepPolicy else { return KeeperPolicy() }
    return KeeperPolicy(
      order: try keepPolicy.split(separator: ",").map { name in
        guard let criterion = KeeperPolicy.Criterion(rawValue: String(name)) else {
          let known = KeeperPolicy.Criterion.allCases.map(\.rawValue).joined(separator: ", ")
          throw Failure("--keep-policy \(keepPolicy): \(name) is none of \(known)")
        }
        return criterion
      })
  }
}

/// How letters with diacritics are replaced.
enum TransliterationChoice: String, ExpressibleByArgument, CaseIterable {
  /// As Exchange does it.
  case plain = "o"
  case german = "oe"
}
