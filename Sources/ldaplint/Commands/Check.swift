import ArgumentParser
import Bytes
import Checks
import Directory
import Findings
import LDIF
import Lint
import Repairs
import Reports
import Rules
import System

/// `ldaplint check`: lints sources and reports what it finds.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
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

  @Option(help: ArgumentHelp("Exit with 1 from this severity on.", valueName: "level"))
  var failOn = FailOnArgument(severity: .error)

  @Flag(help: "Do not exit with 2 for an incomplete result.")
  var allowIncomplete = false

  func run() throws {
    let setup = try LintSetup(
      rules: rules, tenant: tenant, repairs: repairs, allObjects: source.allObjects)
    let targets = try output.targets()
    var options = try source.lintOptions()
    options.keeper = try repairs.keeper()
    let wantsDecisions = targets.contains { $0.format == .decisions }
    if wantsDecisions { options.keepUniqueValues() }
    let opened = try OpenSources(source, scan, ldap)
    let reports = try ReportOutput(targets, output, occupied: opened.occupied)
    try refuseReports(targets, on: opened.savedFiles)
    let result = try setup.run(opened, options: options, source, isQuiet: output.quiet)
    let header = RunHeader(
      toolVersion: LDAPLint.version, ruleDataDate: TopLevelDomains.date, packs: setup.packs.names,
      sources: result.sources)
    var stages = FindingStages()
    if wantsDecisions { stages.proposals = try filledDecisions(result) }
    stages.redaction = Redaction(attributes: output.redact)
    let summary = try reports.write(result, through: stages, header: header)
    try end(summary)
  }

  private func filledDecisions(_ result: LintResult) throws -> FilledDecisions {
    do throws(SystemError) {
      return try FilledDecisions(
        result, request: repairs.request, spoolFolder: source.spoolDir ?? Spool.defaultFolder)
    } catch {
      throw Failure("the decisions could not be tried: \(error.reason) (\(error.operation))")
    }
  }

  /// A snapshot takes the place of what is there, and with it of a report that was made only now.
  private func refuseReports(_ targets: [OutputOptions.Target], on files: [String]) throws {
    for file in files {
      guard let identity = FileIdentity(path: file) else { continue }
      let paths = targets.compactMap(\.path)
      guard let path = paths.first(where: { FileIdentity(path: $0) == identity }) else { continue }
      throw Failure("\(path): no report can be written there; the snapshot goes there")
    }
  }

  private func end(_ summary: RunSummary) throws {
    if !summary.isComplete {
      tell(summary)
      if Interrupt.isRequested { throw ExitCode(ExitStatus.interrupted) }
      if !allowIncomplete { throw ExitCode(ExitStatus.failed) }
    }
    if let severity = failOn.severity, summary.count(atLeast: severity) > 0 {
      throw ExitCode(ExitStatus.findings)
    }
  }

  /// Names what was not seen where the report may go unread.
  private func tell(_ summary: RunSummary) {
    guard !output.quiet else { return }
    let redaction = Redaction(attributes: output.redact)
    let problems = redaction.masked(summary).problems.filter(\.makesIncomplete)
    for problem in problems.prefix(20) { Terminal.note(problem.oneLine) }
    if problems.count > 20 { Terminal.note("and \(problems.count - 20) more problems") }
    Terminal.note("the result is incomplete")
  }
}

extension Problem {
  /// Where and what, for standard error. The line itself stays out: logs keep what is printed here, and
  /// a broken line may hold a password.
  var oneLine: String {
    var place = source ?? ""
    if let line { place += ":\(line)" }
    if let byteOffset { place += " (byte \(byteOffset))" }
    if let dn { place += place.isEmpty ? dn : ": \(dn)" }
    return place.isEmpty ? message : "\(place): \(message)"
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
}
