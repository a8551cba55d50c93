import Bytes
import Directory

extension ObjectRepair {
  /// A value that no two objects should hold, however it is written.
  package struct UniqueValue: Hashable, Sendable {
    /// Which values it is compared with.
    package var tag: UInt64
    package var text: [UInt8]
  }

  /// A value that a repair would put into the index of unique values.
  package struct NewKey: Hashable, Sendable {
    /// Its hash in the run's index.
    package var hash: KeptHash
    package var value: UniqueValue
  }

  /// The unique values of the object as it was.
  func oldKeys(_ work: inout Work) -> Set<NewKey> {
    if let known = work.oldKeys { return known }
    load(work.outcome.original)
    work.isLoaded = false
    let found = keys()
    work.oldKeys = found
    work.oldSignIns = signIns()
    return found
  }

  /// Those of the unique values of what is in the evaluator's entry by which it signs in.
  func signIns() -> Set<NewKey> {
    let login = evaluator.view.attributes.login
    var result: Set<NewKey> = []
    forEachKey { key, place in if place.attribute == login { result.insert(key) } }
    return result
  }

  /// The unique values of what is in the evaluator's entry.
  func keys() -> Set<NewKey> {
    var result: Set<NewKey> = []
    forEachKey { key, _ in result.insert(key) }
    return result
  }

  /// Hands the unique values of what is in the evaluator's entry to `body`, with where each is.
  func forEachKey(_ body: (NewKey, ValuePlace) -> Void) {
    let judgement = evaluator.view.decide(checks.scope)
    evaluator.forEachKey(judgement.objectClass) { key in
      // Names that are made of values are nobody's to give or to free.
      guard !key.isConfusable, key.role != .computed else { return }
      let text = key.isExact ? key.text.array : key.text.map(\.asciiLowercased)
      let value = UniqueValue(tag: key.tag, text: text)
      body(
        NewKey(hash: KeptHash(RuleEvaluator.hash(key, hash)), value: value),
        ValuePlace(attribute: key.attribute, ordinal: key.ordinal))
    }
  }
}
