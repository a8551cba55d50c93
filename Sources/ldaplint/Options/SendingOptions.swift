import ArgumentParser
import LDAP

/// Where a patch is sent, and how.
struct SendingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The directory's ldap://, ldaps:// or ldapi:// URL; repeatable, one per domain.",
      valueName: "url"))
  var to: [String] = []

  @Flag(help: "Send it. Without this, only say what would happen.")
  var yes = false

  @Option(
    help: ArgumentHelp(
      "Write the journal here (default: beside the file, .journal, of an undo .undo).",
      valueName: "file"), completion: .file())
  var journal: String?

  @Flag(help: "Continue a run that was ended, by its journal.")
  var resume = false

  @Flag(help: "End at the first record that is refused.")
  var stopOnError = false

  @Option(help: ArgumentHelp("Send at most this many records.", valueName: "count"))
  var limit: Int?

  @Option(help: ArgumentHelp("Send at most this many records per second.", valueName: "count"))
  var rate: Double?

  @Flag(name: .shortAndLong, help: "No summary on standard error.")
  var quiet = false

  func validate() throws {
    guard !to.isEmpty else { throw ValidationError("say where it goes with --to URL") }
    if let limit, limit < 1 {
      throw ValidationError("--limit \(limit): expected a number from 1 on")
    }
    if let rate, !(rate >= 0.001 && rate <= 1_000_000) {
      throw ValidationError("--rate \(rate): expected records per second, 0.001 to 1000000")
    }
  }

  /// Connects to every server, so that a password that is wrong at the last is known at once.
  func targets(_ ldap: LDAPOptions) throws -> [LiveTarget] {
    let arguments = try to.map(SourceArgument.init)
    let forests = ForestNames(names: arguments.compactMap(\.forestName))
    let passwords = Passwords()
    let places = try arguments.map { argument -> (SourceArgument, LDAPURL) in
      guard case .server(let url) = argument.place else {
        throw Failure(
          "--to \(argument.name): not an LDAP URL; write ldap://, ldaps:// or ldapi:// and a host")
      }
      guard !url.isGlobalCatalogPort else {
        throw Failure(
          "--to \(argument.name): the Global Catalog is read-only; give the port of LDAP, 389 or "
            + "636")
      }
      return (argument, url)
    }
    return try places.map { argument, url in
      let options = try ldap.connection(
        url, forest: argument.forest, among: forests, passwords: passwords)
      return try LiveTarget(LDAPServer(url, options))
    }
  }
}
