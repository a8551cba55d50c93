import ArgumentParser
import Checks
import Directory
import Lint
import RulePacks

/// The rules of a run, compiled as the options say: what `check` and `fix` have in common.
struct LintSetup {
  let packs: PackSet
  let ruleSet: RuleSet

  init(rules: RuleOptions, tenant: TenantOptions, allObjects: Bool) throws {
    packs = try rules.chosenPacks()
    var settings = try tenant.settings()
    settings.parameters = packs.parameters
    settings.lintsAllObjects = allObjects
    do throws(RuleError) {
      ruleSet = try RuleSet(packs: packs.packs, rules: packs.rules, settings: settings)
    } catch {
      throw Failure("\(error.place): \(error.message)")
    }
  }

  /// Lints what was opened, live directories while they are read.
  func run(_ opened: OpenSources, options: LintOptions, isQuiet: Bool) throws -> LintResult {
    try opened.whileReading(attributes: ruleSet.table.names, isQuiet: isQuiet) { sources, tally in
      var options = options
      options.tally = tally
      do throws(DistinguishedNameError) {
        return try LintRun(ruleSet: ruleSet, sources: sources, options: options).run()
      } catch {
        throw Failure("--base or --exclude-base: \(error)")
      }
    }
  }
}
