import ArgumentParser
import Bytes
import Checks
import Directory
import Findings
import LDIF
import Lint
import Repairs
import Rules
import System

/// `ldaplint fix`: a patch that repairs what can be repaired, and the patch that takes it back.
struct Fix: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write an LDIF patch that repairs findings, and its undo.",
    discussion: """
      Only safe repairs are made unless --unsafe-fixes is given. The patch is applied to a copy \
      of the data and everything is checked again before it is written; nothing is written to a \
      directory.

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
    help: ArgumentHelp("Write the patch here; - prints it.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Write the undo here (default: beside the patch, .undo.ldif).", valueName: "file"))
  var undo: String?

  @Option(
    help: ArgumentHelp(
      "Try a patch that was edited on the data as it is now; write nothing.", valueName: "patch"))
  var check: String?

  @Option(
    help: ArgumentHelp(
      "Do what a decisions file (check --report decisions) or IdFix's export says, and no more.",
      valueName: "file"))
  var decisions: String?

  @Flag(help: "Show before and after per object; write nothing.")
  var diff = false

  @Option(help: "One patch per source or per domain: source or domain.")
  var splitBy: SplitBy?

  @Flag(help: "List every finding that is left alone, with the reason.")
  var listLeft = false

  @Option(help: "Colour: auto, always or never.")
  var color = ColorChoice.auto

  @Flag(name: .shortAndLong, help: "No summary on standard error.")
  var quiet = false

  func run() throws {
    if let check { return try tryPatch(check) }
    guard output != nil || diff else {
      throw Failure("say where the patch goes with -o FILE, or look first with --diff")
    }
    let setup = try LintSetup(
      rules: rules, tenant: tenant, repairs: repairs, allObjects: source.allObjects)
    let decided = try decisions.map { try DecisionsFile.read($0) }
    let opened = try OpenSources(source, scan, ldap)
    let result = try setup.run(opened, options: options(), source, isQuiet: quiet)
    try refuseNothing(result)
    let verified: VerifiedPlan
    do {
      if let decided, let decisions {
        let plan = try DecisionsPlan.make(result, file: decided, spoolFolder: spoolFolder)
        try EditProblems.refuse(plan.wrong, in: decisions)
        verified = plan.verified
      } else {
        verified = try VerifiedPlan.make(
          result, request: repairs.request, spoolFolder: spoolFolder, isLast: true)
      }
    } catch let error as SystemError {
      throw Failure("the patch could not be tried: \(error.reason) (\(error.operation))")
    }
    if diff {
      show(verified.plan)
    } else {
      let names = result.sources.map(\.name)
      var files = PatchFiles(output: output ?? "-", undo: undo, splitBy: splitBy)
      files.taken = opened.occupied
      try files.write(verified.plan.objects, sources: names)
    }
    try end(result, verified)
  }

  /// Of nothing comes no patch; yesterday's stays what it is.
  private func refuseNothing(_ result: LintResult) throws {
    guard result.summary.entries == 0 else { return }
    for problem in result.summary.problems.filter(\.makesIncomplete).prefix(20) {
      Terminal.note(problem.oneLine)
    }
    throw Failure("nothing was read, so nothing is written")
  }

  private var spoolFolder: String { source.spoolDir ?? Spool.defaultFolder }

  private func options() throws -> LintOptions {
    var options = try source.lintOptions()
    options.keepUniqueValues()
    options.keeper = try repairs.keeper()
    return options
  }

  /// Tries the patch at `path` on the sources.
  private func tryPatch(_ path: String) throws {
    guard output == nil, !diff, decisions == nil else {
      throw Failure("--check writes nothing; leave out -o, --diff and --decisions")
    }
    let setup = try LintSetup(
      rules: rules, tenant: tenant, repairs: repairs, allObjects: source.allObjects)
    let check: PatchCheck
    let result: LintResult
    do {
      let patch = try ChangeRecordReader.read(LDIFInput.open(path: path, spoolFolder: spoolFolder))
      let opened = try OpenSources(source, scan, ldap)
      result = try setup.run(opened, options: options(), source, isQuiet: quiet)
      check = try PatchCheck.make(result, patch: patch, spoolFolder: spoolFolder)
    } catch let error as SystemError {
      throw Failure("\(path): cannot be tried: \(error.reason) (\(error.operation))")
    }
    let verified = check.verified
    if !quiet {
      Terminal.writeError(
        "\(verified.plan.objects.count) objects to change; findings before \(verified.before), "
          + "repaired \(verified.repaired), left \(verified.after), new \(verified.new)\n")
    }
    try EditProblems.refuse(check.wrong, in: path)
    try end(result, new: verified.new, after: verified.after)
  }

  // MARK: What is said

  private func show(_ plan: RepairPlan) {
    let isColored = Terminal.isColored(color, isTerminal: Terminal.isOutputTerminal)
    var text = OutputBuffer()
    for object in plan.objects { PlanText.append(object, isColored: isColored, to: &text) }
    Terminal.write(String(decoding: text.bytes, as: UTF8.self))
  }

  private func end(_ result: LintResult, _ verified: VerifiedPlan) throws {
    if !quiet { Terminal.writeError(PlanText.summary(verified, listsAll: listLeft)) }
    try end(result, new: verified.new, after: verified.after)
  }

  private func end(_ result: LintResult, new: Int, after: Int) throws {
    guard result.summary.isComplete else {
      for problem in result.summary.problems.filter(\.makesIncomplete).prefix(20) {
        Terminal.note(problem.oneLine)
      }
      Terminal.note("the data is incomplete, so the patch may be too")
      if Interrupt.isRequested { throw ExitCode(ExitStatus.interrupted) }
      throw ExitCode(ExitStatus.failed)
    }
    if new > 0 {
      Terminal.note("the patch would cause \(new) new findings; do not apply it")
      throw ExitCode(ExitStatus.failed)
    }
    if after > 0 { throw ExitCode(ExitStatus.findings) }
  }
}

/// How a plan is divided into files.
enum SplitBy: String, ExpressibleByArgument, CaseIterable {
  case source, domain
}
