import ArgumentParser
import Findings
import Lint
import Repairs
import Reports

/// `ldaplint check`: lints sources and reports what it finds.
struct Check: ParsableCommand, LintingCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Lint LDIF exports or live directories; --help-hidden shows all options.",
    discussion: """
      Examples:
        ldaplint check export.ldif --verified-domain contoso.com
        ldaplint check CORP=a.ldif CORP=b.ldif LAB=c.ldif --report csv=out.csv
        ldaplint check ldaps://dc1.contoso.com --bind-dn reader@contoso.com
        ldapsearch -LLL -x '(mail=*)' | ldaplint check - --select DUP,UPN
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
    let shape = try output.shape(targets.map(\.format))
    let proposes = !output.noProposals && targets.contains(where: \.format.showsProposals)
    let session = try Session(
      self, plansRepairs: proposes, shown: targets.map(\.format), concealed: output.redact,
      countsDomains: output.groupBy == .domain)
    let reports = try ReportOutput(
      targets, output, common, occupied: session.opened.occupied)
    try reports.refuse(session.opened.savedFiles)
    let found = try session.lint()
    let result = try proposes ? proposing(found) : found.withoutProposals()
    var stages = FindingStages()
    stages.shape = shape
    if targets.contains(where: { $0.format == .decisions }) {
      stages.proposals = FilledDecisions(request: repairs.request)
    }
    stages.redaction = output.redaction(of: result)
    let summary = try reports.write(
      result, through: stages, header: session.header(result, request: RunRequest(self)))
    if output.output.map({ $0 != "-" }) == true, !common.quiet {
      Terminal.note(summary.line)
    }
    try Ending(summary: summary, options: ending, isQuiet: common.quiet)
      .end(findings: failOn.severity.map { summary.count(atLeast: $0) } ?? 0)
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
