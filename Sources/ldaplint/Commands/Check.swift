import ArgumentParser
import Findings
import Lint
import Repairs
import Reports
import System

/// `ldaplint check`: lints sources and reports what it finds.
struct Check: ParsableCommand, LintingCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Lint LDIF exports or live directories and report what would break.",
    discussion: """
      Examples:
        ldaplint check export.ldif --verified-domain contoso.com
        ldaplint check CORP=a.ldif CORP=b.ldif LAB=c.ldif --report csv=out.csv
        ldaplint check ldaps://dc1.contoso.com --bind-dn reader@contoso.com
        ldapsearch -LLL -x '(mail=*)' | ldaplint check - --select DUP,UPN

      Options that few need are shown by --help-hidden.
      """)

  @OptionGroup var source: SourceOptions
  @OptionGroup(title: "LDAP") var scan: ScanOptions
  @OptionGroup(title: "LDAP") var ldap: LDAPOptions
  @OptionGroup(title: "Rules") var rules: RuleOptions
  @OptionGroup(title: "Tenant") var tenant: TenantOptions
  @OptionGroup(title: "Repairs", visibility: .hidden) var repairs: RepairOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var common: CommonOutput

  @Option(help: ArgumentHelp("Exit with 1 from this severity on.", valueName: "level"))
  var failOn = FailOnArgument(severity: .error)

  @OptionGroup var ending: EndingOptions

  func run() throws {
    let targets = try output.targets()
    let proposes = !output.noProposals && targets.contains(where: \.format.showsProposals)
    let session = try Session(
      self, plansRepairs: proposes, shown: targets.map(\.format), concealed: output.redact)
    let reports = try ReportOutput(
      targets, output, common, occupied: session.opened.occupied)
    try reports.refuse(session.opened.savedFiles)
    let found = try session.lint()
    let result = try proposes ? proposing(found) : found.withoutProposals()
    var stages = FindingStages()
    if targets.contains(where: { $0.format == .decisions }) {
      stages.proposals = FilledDecisions(request: repairs.request)
    }
    stages.redaction = output.redaction(of: result)
    let summary = try reports.write(result, through: stages, header: session.header(result))
    try Ending(summary: summary, options: ending, isQuiet: common.quiet)
      .end(findings: failOn.severity.map { summary.count(atLeast: $0) } ?? 0)
  }

  /// `result` with what the plan of the whole run would write.
  private func proposing(_ result: LintResult) throws -> LintResult {
    do throws(SystemError) {
      return try result.proposing()
    } catch {
      throw Failure(
        "the repairs could not be planned: \(error.sentence); --no-proposals does without them")
    }
  }
}

/// The severity that makes a run fail.
struct FailOnArgument: ExpressibleByArgument {
  var severity: Severity?

  init(severity: Severity?) { self.severity = severity }

  init?(argument: String) {
    if argument == "never" {
      severity = nil
    } else {
      guard let severity = Severity(name: argument) else { return nil }
      self.severity = severity
    }
  }

  var defaultValueDescription: String { severity?.name ?? "never" }
  static var allValueStrings: [String] { ["error", "warning", "info", "never"] }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
