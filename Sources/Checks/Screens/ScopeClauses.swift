import Bytes
import Directory
import SyncExpressions

/// The clauses that decide about the objects of one class in one source.
///
/// Every object goes through them, and nearly every one is passed over for want of what a clause
/// asks for; see `EntryScreen`.
final class ScopeClauses: Sendable {
  /// What is looked at first of a clause, without references.
  struct Screen: Sendable {
    /// What an entry must show for the clause to leave it out.
    var entry: EntryScreen
    /// The attribute that alone decides, when its values are worth remembering.
    var onlyAttribute: AttributeID?
    /// The clause's number in the rule set.
    var number: Int
  }

  let clauses: [CompiledScope.Clause]
  let screens: [Screen]
  /// By pack, where its clauses end.
  let ends: [Int]

  /// The clauses of `scopes` but those that say nothing about a source that carries `inventory`.
  init(_ scopes: [CompiledScope], inventory: AttributeInventory) {
    var ends: [Int] = []
    var clauses: [CompiledScope.Clause] = []
    for scope in scopes {
      clauses += scope.clauses.filter { !$0.isVoid(inventory) }
      ends.append(clauses.count)
    }
    self.clauses = clauses
    self.ends = ends
    screens = clauses.map { clause in
      let expression = clause.expression
      return Screen(
        entry: clause.isExclusion ? expression.trueOnlyIf : expression.falseOnlyIf,
        onlyAttribute: expression.onlyAttribute, number: clause.number)
    }
  }

  /// The clauses by their numbers in the rule set.
  var clauseNumbers: [Int] { clauses.map(\.number) }
}

/// What a clause said of the last entry, for a clause that depends on one attribute alone: entries
/// that follow each other often have the same value (`userAccountControl: 512`).
struct ClauseMemo {
  private var word: UInt64 = 0
  private var length = -1
  private var isTrue = false

  /// The outcome for `value`, or nil when the last value was another.
  @inline(__always)
  func outcome(_ value: ByteView) -> Bool? {
    guard value.count == length, Self.word(value) == word else { return nil }
    return isTrue
  }

  /// Remembers the outcome for `value`, when it is short enough.
  mutating func remember(_ value: ByteView, _ isTrue: Bool) {
    guard value.count <= 8 else { return }
    word = Self.word(value)
    length = value.count
    self.isTrue = isTrue
  }

  @inline(__always)
  private static func word(_ value: ByteView) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<value.count {
      word = unsafe word &<< 8 | UInt64(value.unsafeBase[index])
    }
    return word
  }
}
