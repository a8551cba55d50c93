import ArgumentParser
import Bytes
import Checks
import Directory
import Lint
import Rules
import System

/// The rules of a run, compiled as the options say: what `check` and `fix` have in common.
struct LintSetup {
  let packs: PackSet
  let ruleSet: RuleSet

  init(
    rules: RuleOptions, tenant: TenantOptions, repairs: RepairOptions, allObjects: Bool
  ) throws {
    packs = try rules.chosenPacks()
    var settings = try tenant.settings()
    repairs.apply(to: &settings)
    settings.parameters = packs.parameters
    settings.lintsAllObjects = allObjects
    settings.minimumSeverity = rules.minimumSeverity
    do throws(RuleError) {
      ruleSet = try RuleSet(packs: packs.packs, rules: packs.rules, settings: settings)
    } catch {
      throw Failure("\(error.place): \(error.message)")
    }
  }

  /// Lints what was opened, live directories while they are read; `source` says where there is room
  /// for what does not fit into memory.
  func run(
    _ opened: OpenSources, options: LintOptions, _ source: SourceOptions, isQuiet: Bool
  ) throws -> LintResult {
    try opened.whileReading(attributes: ruleSet.table.names, isQuiet: isQuiet) { sources, tally in
      var options = options
      options.tally = tally
      return try run(sources, options: options, source)
    }
  }

  private func run(
    _ sources: [LintSource], options: LintOptions, _ source: SourceOptions
  ) throws -> LintResult {
    let run: LintRun
    do throws(DistinguishedNameError) {
      run = try LintRun(ruleSet: ruleSet, sources: sources, options: options)
    } catch {
      throw Failure("--base or --exclude-base: \(error)")
    }
    do throws(SystemError) {
      return try run.run()
    } catch {
      throw Failure(
        "the unique values do not fit into the memory limit, and \(source.spoolFolder) does not "
          + "take the rest: \(error.reason) (\(error.operation)); make room there, name another "
          + "folder with TMPDIR, or give a larger --memory-limit")
    }
  }
}
