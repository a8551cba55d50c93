import ArgumentParser
import Checks
import Directory
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

  @Option(
    help: ArgumentHelp(
      "The same, only below a DN (or a file of them).", valueName: "dn"),
    completion: .file())
  var upnFromMailIn: [String] = []

  @Option(help: ArgumentHelp("How repairs spell ö.", valueName: "way"))
  var transliteration = TransliterationChoice.plain

  /// The files that are read.
  var files: [String] { upnFromMailIn.filter { NameArgument($0).isFile } }

  /// Tells `settings`. Throws for what is no DN.
  func apply(to settings: inout CheckSettings) throws {
    let option = "--upn-from-mail-in"
    settings.suffixOrders.takesAllFromMail = upnFromMail
    for name in try upnFromMailIn.flatMap({ try NameArgument($0).names(option: option) }) {
      do throws(DistinguishedNameError) {
        try settings.suffixOrders.takeFromMail(in: name)
      } catch {
        throw Failure("\(option) \(name): \(error)")
      }
    }
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
