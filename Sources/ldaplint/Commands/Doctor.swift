import ArgumentParser
import Checks
import LDAP
import Lint
import Rules

/// `ldaplint doctor`: says what a live directory is and what of it can be read.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what a live directory is and what this login may read of it.",
    discussion: """
      Examples:
        ldaplint doctor ldaps://dc1.contoso.com --bind-dn reader@contoso.com
        ldaplint doctor ldap://dc1.contoso.com --sasl gssapi

      Reads one page of each base. Exit status: 0 it can be checked, 2 it cannot.
      Options that few need are shown by --help-hidden.
      """)

  @Argument(help: ArgumentHelp("An ldap://, ldaps:// or ldapi:// URL.", valueName: "url"))
  var url: String

  @Option(help: ArgumentHelp("Look below DN; repeatable.", valueName: "dn"))
  var base: [String] = []

  @OptionGroup(title: "LDAP") var ldap: LDAPOptions
  @OptionGroup(title: "Rules", visibility: .hidden) var rules: RuleOptions

  func run() throws {
    let packs = try rules.chosenPacks()
    var settings = CheckSettings()
    settings.parameters = packs.parameters
    let needed = try RuleSet.compiled(packs, settings).table.names
    let argument = try SourceArgument(url)
    guard case .server(let place) = argument.place else {
      throw Failure("\(url): not an LDAP URL; write ldap://, ldaps:// or ldapi:// and a host")
    }
    let forests = ForestNames(names: [argument.forestName].compactMap { $0 })
    let server = LDAPServer(
      place,
      try ldap.connection(
        place, forest: argument.forest, among: forests, passwords: Passwords()))
    let diagnosis: LDAPDiagnosis
    do throws(LDAPError) {
      diagnosis = try server.diagnose(attributes: needed, bases: base)
    } catch {
      throw error.failure
    }
    let page = DiagnosisPage(diagnosis, url: place, needed: needed)
    try Terminal.write(page.text)
    if page.obstacle != nil { throw ExitCode(ExitStatus.failed) }
  }
}
