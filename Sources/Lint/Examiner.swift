import Checks
import Directory
import Sync

/// Reads objects of a run again, by their positions, and looks at them with its rules. One per
/// thread; it holds one object at a time.
package final class Examiner {
  /// What the rules say of the object.
  package let evaluator: RuleEvaluator
  private var reader: ObjectReader
  /// What the entry holds, while it is of that generation.
  private var held: (position: Int, generation: UInt64) = (-1, 0)

  /// What is known of the object.
  package var view: ObjectView { evaluator.view }
  /// The object's entry.
  package var entry: Entry { evaluator.entry }

  init(_ context: RunContext, masters: Set<[UInt8]>?) {
    evaluator = RuleEvaluator(context.ruleSet, masterAccounts: masters)
    reader = ObjectReader(context)
  }

  /// Reads the object at `position`; false when it is no longer there.
  package func read(_ position: Int) -> Bool {
    // An object with thousands of findings is asked for with each of them.
    if held.position == position, held.generation == entry.generation { return true }
    guard reader.read(position, into: entry) else { return false }
    held = (position, entry.generation)
    return true
  }

  /// The line of the object at `position`, from 1.
  func line(_ position: Int, _ tables: [LineTable]) -> Int? { reader.line(position, tables) }
}

extension RunContext {
  /// What looks at objects of the run; `masters` are the accounts found for linked mailboxes.
  package func examiner(_ masters: Set<[UInt8]>?) -> Examiner { Examiner(self, masters: masters) }
}

extension LintResult {
  /// What looks at the objects again as the run did.
  package func examiner() -> Examiner { context.examiner(masters) }
}
