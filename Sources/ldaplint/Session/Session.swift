import Bytes
import Checks
import Directory
import Findings
import Lint
import Reports
import Rules
import System

/// What commands that lint have in common: the options that say what is linted, and how.
protocol LintingCommand {
  var source: SourceOptions { get }
  var scan: ScanOptions { get }
  var ldap: LDAPOptions { get }
  var rules: RuleOptions { get }
  var tenant: TenantOptions { get }
  var repairs: RepairOptions { get }
  var common: CommonOutput { get }
  var ending: EndingOptions { get }
  /// Files that it reads beside those of its options, and what for.
  var inputs: [(path: String?, reason: String)] { get }
}

extension LintingCommand {
  var inputs: [(path: String?, reason: String)] { [] }
}

/// The one road of commands that lint: rules, tenant, sources and options become a result.
struct Session {
  /// The sources, opened, so that what cannot be had is known early.
  let opened: OpenSources
  private let packs: PackSet
  private let ruleSet: RuleSet
  private let options: LintOptions
  private let source: SourceOptions
  private let isQuiet: Bool

  /// Compiles the rules and opens the sources as `command` says; `plansRepairs` when its result is
  /// to be asked for a plan. Findings have what the formats in `shown` show. Values of `concealed`
  /// attributes are masked in reports.
  init(
    _ command: some LintingCommand, plansRepairs: Bool, shown: [ReportFormat],
    concealed: [String] = [], countsDomains: Bool = false
  ) throws {
    packs = try command.rules.chosenPacks()
    var notes: [String] = []
    var settings = try command.tenant.settings(&notes)
    try command.repairs.apply(to: &settings)
    settings.parameters = packs.parameters
    settings.lintsAllObjects = command.source.allObjects
    settings.minimumSeverity = command.rules.minimumSeverity
    settings.noticed = concealed.map(Schema.name)
    if countsDomains { settings.alsoRead = LintOptions.domainAttributes }
    ruleSet = try RuleSet.compiled(packs, settings)
    var options = try command.source.lintOptions()
    options.notes = notes
    options.keeper = try command.repairs.keeper()
    options.namesValues = shown.contains(where: \.showsKeys)
    options.tellsCauses = shown.contains(where: \.showsCauses)
    options.concealed = concealed
    options.countsDomains = countsDomains
    if plansRepairs { options.keepUniqueValues() }
    self.options = options
    source = command.source
    isQuiet = command.common.quiet
    var read: [FileIdentity: String] = [:]
    func note(_ path: String, _ reason: String) {
      if let identity = FileIdentity(path: path) { read[identity] = reason }
    }
    for path in command.tenant.files { note(path, "it is read for what is known of the tenant") }
    for path in command.source.files { note(path, "it is read for where to look") }
    for path in command.repairs.files { note(path, "it is read for where names are repaired") }
    for path in packs.files { note(path, "it is part of a pack of rules") }
    for input in command.inputs { if let path = input.path { note(path, input.reason) } }
    opened = try OpenSources(
      command.source, command.scan, command.ldap, looking: options, besides: read)
  }

  /// The folder for temporary files.
  var spoolFolder: String { source.spoolFolder }

  /// Descriptors that a run needs beside those of its sources and reports, for files that are there for a
  /// while.
  private static let neededDescriptors = 12

  /// Lints what was opened, live directories while they are read.
  func lint() throws -> LintResult {
    guard Descriptors.canOpen(Self.neededDescriptors) else {
      throw Failure("too few files can be open at once; allow more, as with ulimit -n 256")
    }
    return try opened.whileReading(attributes: ruleSet.read, isQuiet: isQuiet) {
      sources, tally in
      var options = options
      options.tally = tally
      return try lint(sources, options)
    }
  }

  /// Lints once more what `result` is of, with `suffixes` of sign-in names replaced by the domain of the
  /// primary address.
  func lint(again result: LintResult, replacing suffixes: [String]) throws -> LintResult {
    guard !suffixes.isEmpty else { return result }
    var settings = ruleSet.settings
    for suffix in suffixes {
      // One that cannot be named in an order stays what it is.
      try? settings.suffixOrders.add("\(suffix)=primary")
    }
    return try lint(
      result.context.sources, options, by: try RuleSet.compiled(packs, settings))
  }

  private func lint(
    _ sources: [LintSource], _ options: LintOptions, by ruleSet: RuleSet? = nil
  ) throws -> LintResult {
    let run: LintRun
    do throws(DistinguishedNameError) {
      run = try LintRun(ruleSet: ruleSet ?? self.ruleSet, sources: sources, options: options)
    } catch {
      throw Failure("--base or --exclude-base: \(error)")
    }
    do throws(SystemError) {
      return try run.run()
    } catch {
      throw Failure(
        "the unique values do not fit into the memory limit, and \(source.spoolFolder) does not "
          + "take the rest: \(error.sentence); make room there, name another "
          + "folder with TMPDIR, or give a larger --memory-limit")
    }
  }

  /// What reports say of the run before its findings.
  func header(_ result: LintResult, request: RunRequest) -> RunHeader {
    var header = RunHeader(
      toolVersion: LDAPLint.version, ruleDataDate: TopLevelDomains.date, packs: packs.names,
      sources: result.sources)
    header.request = request
    return header
  }
}

extension RuleSet {
  /// The rules of `packs`, compiled. Throws a failure for people.
  static func compiled(_ packs: PackSet, _ settings: CheckSettings) throws -> RuleSet {
    do throws(RuleError) {
      return try RuleSet(packs: packs.packs, rules: packs.rules, settings: settings)
    } catch {
      throw Failure("\(error.place): \(error.message)")
    }
  }
}
