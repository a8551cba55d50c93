import ArgumentParser
import Bytes
import LDIF
import Lint
import Repairs
import Reports
import System

/// `ldaplint fix`: a patch that repairs what can be repaired, and the patch that takes it back.
struct Fix: ParsableCommand, LintingCommand {
  static let configuration = CommandConfiguration(
    commandName: "fix",
    abstract: "Write a patch that repairs findings, and its undo.",
    discussion: """
      Only safe repairs are made unless --unsafe-fixes is given. What is written was tried on a \
      copy of the data first; nothing is written to a directory.

      Examples:
        ldaplint fix export.ldif -o patch.ldif --upn-suffix corp.local=contoso.com
        ldaplint fix export.ldif --diff --unsafe-fixes
        ldaplint fix export.ldif --decisions decisions.csv -o patch.ldif
        ldaplint fix export.ldif --check patch.ldif
      """)

  @OptionGroup var source: SourceOptions
  @OptionGroup(title: "LDAP", visibility: .hidden) var scan: ScanOptions
  @OptionGroup(title: "LDAP", visibility: .hidden) var ldap: LDAPOptions
  @OptionGroup(title: "Rules") var rules: RuleOptions
  @OptionGroup(title: "Tenant") var tenant: TenantOptions
  @OptionGroup var repairs: RepairOptions

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Write the patch here; - prints it.", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Write the undo here (default: beside the patch).", valueName: "file"),
    completion: .file())
  var undo: String?

  @Option(
    help: ArgumentHelp(
      "Try an edited patch on the data; write nothing.", valueName: "patch"),
    completion: .file())
  var check: String?

  @Option(
    help: ArgumentHelp(
      "Do what a decisions file (check --report decisions) or IdFix's export says, and no more.",
      valueName: "file"),
    completion: .file())
  var decisions: String?

  @Flag(
    help:
      "Put refused rows of --decisions into refused.csv.")
  var skipRefused = false

  @Flag(help: "Show before and after per object; write nothing.")
  var diff = false

  @Option(help: "What is written.")
  var format = PatchFormat.ldif

  @Flag(help: "Write comments of the patch in ASCII.")
  var ascii = false

  @Option(help: "One patch per what.")
  var splitBy: SplitBy?

  @Flag(help: "List every finding that is left alone, and why.")
  var listLeft = false

  @OptionGroup var common: CommonOutput
  @OptionGroup var ending: EndingOptions

  var inputs: [(path: String?, reason: String)] {
    [(decisions, "the decisions are read from it"), (check, "the patch is read from it")]
  }

  func run() throws {
    try refuseContradictions()
    let planner = try Planner(
      request: repairs.request, decisions: decisions, skipsRefused: skipRefused,
      patch: check, spoolFolder: source.spoolFolder)
    let session = try Session(self, plansRepairs: true, shown: [])
    let files = try diff || check != nil ? nil : patchFiles(session)
    let result = try session.lint()
    let ending = Ending(
      summary: Redaction(attributes: []).masked(result.summary), options: ending,
      isQuiet: common.quiet,
      incomplete: "the data is incomplete, so the patch may be too")
    ending.tellRequest()
    if check == nil { try ending.refuseNothing() }
    let planned = try plan(planner, for: result, session)
    // Of a patch that is only tried, the outcome is told whatever is wrong with it.
    if check != nil { tell(planned.verified) }
    try planner.refuse(planned.wrong)
    if check == nil {
      let objects = planned.verified.plan.objects.byUnit
      if let files {
        if skipRefused { try writeRefused(planned.refused, session) }
        try files.write(objects, form(of: objects, in: result), sources: result.sources.map(\.name))
      } else {
        try show(objects)
      }
      tell(planned.verified)
      tellRefused(planned.refused)
    }
    try ending.end(
      new: planned.verified.new, findings: planned.verified.after + planned.refused.count)
  }

  /// Plans for `result`. Throws when the sources are not what they were when it was made.
  private func plan(
    _ planner: Planner, for result: LintResult, _ session: Session
  ) throws -> Planner.Planned {
    let planned = Result { try planner.plan(for: result, spoolFolder: session.spoolFolder) }
    // A source that has changed explains whatever failed.
    let troubles = result.troubles
    guard troubles.isEmpty else {
      var failure = Failure("")
      failure.lines = troubles.map(\.oneLine) + ["so nothing is planned, and nothing is written"]
      throw failure
    }
    return try planned.get()
  }

  private func refuseContradictions() throws {
    if check != nil {
      guard output == nil, !diff, decisions == nil else {
        throw Failure("--check writes nothing; leave out -o, --diff and --decisions")
      }
    } else if ascii, format == .powershell {
      throw Failure("--ascii is for LDIF; a script has a byte order mark and is read as UTF-8")
    } else if output == nil, !diff {
      throw Failure("say where the patch goes with -o FILE, or look first with --diff")
    }
    guard skipRefused else { return }
    guard decisions != nil else {
      throw Failure("--skip-refused is about the rows of --decisions FILE")
    }
    guard output != "-" else {
      throw Failure(
        "--skip-refused writes refused.csv beside the patch; give it a file with -o FILE")
    }
    guard output != refusedPath, undo != refusedPath else {
      throw Failure("\(refusedPath): the rows that are refused go there; name another file")
    }
  }

  /// Where the rows that are refused go: beside the patch.
  private var refusedPath: String {
    let folder = (output ?? "").lastIndex(of: "/").map { (output ?? "")[...$0] } ?? ""
    return folder + "refused.csv"
  }

  private func writeRefused(_ rows: [RefusedRow], _ session: Session) throws {
    let file = try OutputFile.opened(refusedPath, taken: session.opened.occupied)
    var buffer = OutputBuffer()
    RefusedRow.write(rows, to: &buffer)
    if let failure = file.write(&buffer) ?? file.close() {
      throw Failure(
        "\(failure.name): the rows that are refused could not be written: \(failure.error)")
    }
  }

  /// Says how many rows are left out and, where no file has them, which.
  private func tellRefused(_ rows: [RefusedRow]) {
    guard !rows.isEmpty else { return }
    if diff {
      for row in rows {
        let place = row.problem.place.text ?? ""
        Terminal.note("\(decisions ?? ""): \(place): \(HostileText.shown(row.problem.reason))")
      }
    }
    let count = rows.count == 1 ? "1 row is" : "\(rows.count) rows are"
    Terminal.note("\(count) refused and left out\(diff ? "" : "; \(refusedPath) says why")")
  }

  // MARK: What is said

  private func patchFiles(_ session: Session) throws -> PatchFiles {
    try PatchFiles(
      PatchNames(output: output ?? "-", undo: undo, splitBy: splitBy, suffix: format.suffix),
      taken: session.opened.occupied)
  }

  private func form(of objects: [ObjectEdit], in result: LintResult) throws -> PatchForm {
    guard format == .powershell else {
      return .ldif(LDIFWriter(comments: ascii ? .ascii : .whole))
    }
    do throws(SystemError) {
      return .powershell(try PowerShellScript(objects, of: result))
    } catch {
      throw Failure("the script cannot be written: \(error.sentence)")
    }
  }

  private func show(_ objects: [ObjectEdit]) throws {
    let isColored = Terminal.isColored(common.color, isTerminal: Terminal.isOutputTerminal)
    var text = OutputBuffer()
    for object in objects { PlanText.append(object, isColored: isColored, to: &text) }
    try Terminal.write(String(decoding: text.bytes, as: UTF8.self))
  }

  private func tell(_ verified: VerifiedPlan) {
    guard !common.quiet else { return }
    let effects = PlanEffects(
      verified.plan.objects, login: tenant.loginAttribute ?? "userPrincipalName")
    Terminal.writeError(PlanText.summary(verified, effects, listsAll: listLeft))
  }
}

/// What a plan is written as.
enum PatchFormat: String, ExpressibleByArgument, CaseIterable {
  case ldif, powershell

  /// What the names of its files end with.
  var suffix: String { self == .ldif ? ".ldif" : ".ps1" }
}

/// How a plan is divided into files.
enum SplitBy: String, ExpressibleByArgument, CaseIterable {
  case source, domain
}
