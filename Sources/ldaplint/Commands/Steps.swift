import ArgumentParser
import Bytes
import Findings
import Lint
import Repairs
import Reports
import System

/// `ldaplint steps`: what to do first, and in which order.
struct Steps: ParsableCommand, LintingCommand {
  static let configuration = CommandConfiguration(
    commandName: "steps",
    abstract: "Say what to do first, as commands and decisions in their order.",
    discussion: """
      The largest causes are tried together in one plan, so that the numbers are what a patch \
      would do. Nothing is written but the steps.

      Examples:
        ldaplint steps export.ldif --verified-domain contoso.com
        ldaplint steps export.ldif --format markdown -o steps.md
      """)

  @OptionGroup var source: SourceOptions
  @OptionGroup(title: "LDAP", visibility: .hidden) var scan: ScanOptions
  @OptionGroup(title: "LDAP", visibility: .hidden) var ldap: LDAPOptions
  @OptionGroup(title: "Rules") var rules: RuleOptions
  @OptionGroup(title: "Tenant") var tenant: TenantOptions
  @OptionGroup(title: "Repairs", visibility: .hidden) var repairs: RepairOptions

  @Option(help: "The form.")
  var format = StepsFormat.text

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Where the steps go instead.", valueName: "file"), completion: .file())
  var output: String?

  @OptionGroup var common: CommonOutput

  @Option(help: ArgumentHelp("Exit with 1 from this severity on.", valueName: "level"))
  var failOn = FailOnArgument(severity: .error)

  @OptionGroup var ending: EndingOptions

  func run() throws {
    let session = try Session(
      self, plansRepairs: true, shown: [.text], countsDomains: true)
    let path = output == "-" ? nil : output
    let file = try OutputFile.opened(path, taken: session.opened.occupied)
    var stages = FindingStages()
    stages.shape.countsCauses = true
    stages.redaction = Redaction(attributes: [])
    let result = try session.lint()
    let found = result.withoutProposals().counted(through: stages)
    let again = try session.lint(
      again: result, replacing: StepList.largest(found.causes).compactMap(StepList.suffix))
    let summary = try proposing(again).counted(through: stages)
    let header = session.header(result, request: RunRequest(self))
    var buffer = OutputBuffer()
    let isTerminal = path == nil && Terminal.isOutputTerminal
    StepsReport(
      summary, header, width: isTerminal ? Terminal.width : 100,
      isColored: path == nil && Terminal.isColored(common.color, isTerminal: isTerminal)
    )
    .write(format, into: &buffer)
    if let failure = file.write(&buffer) ?? file.close(), failure.error != .brokenPipe {
      throw Failure("\(failure.name): the steps could not be written: \(failure.error)")
    }
    if path != nil, !common.quiet { Terminal.note(summary.line) }
    try Ending(summary: summary, options: ending, isQuiet: common.quiet)
      .end(findings: failOn.severity.map { summary.count(atLeast: $0) } ?? 0)
  }
}

extension LintingCommand {
  /// `result` with what the plan of the whole run would write.
  func proposing(_ result: LintResult) throws -> LintResult {
    do throws(SystemError) {
      return try result.proposing()
    } catch {
      throw Failure(
        "the repairs could not be planned: \(error.sentence); --no-proposals does without them")
    }
  }
}

extension StepsFormat: ExpressibleByArgument {}
