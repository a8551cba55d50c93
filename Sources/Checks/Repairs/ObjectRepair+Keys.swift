import Directory

/// Values that no two objects should hold, by the hashes that the run's index has of them: they are
/// asked for again and again. Values with the same 60 bits count as the same: at worst a repair is left
/// undone.
extension ObjectRepair {
  /// Unique values of an object.
  struct Keys {
    var all: Set<KeptHash> = []
    /// Those by which it signs in.
    var signIns: Set<KeptHash> = []

    /// Those that are not among `old`. A name by which nobody of the object has signed in is new, whatever
    /// else holds it.
    func new(since old: Keys) -> Set<KeptHash> {
      var new = signIns.subtracting(old.signIns)
      for key in all where !old.all.contains(key) { new.insert(key) }
      return new
    }
  }

  /// Takes note of the unique values of the object as it was, where the entry holds it.
  func noteOldKeys(_ work: inout Work) {
    if work.oldKeys == nil, work.isLoaded, work.outcome.steps.isEmpty { work.oldKeys = keys() }
  }

  /// The unique values of the object as it was.
  func oldKeys(_ work: inout Work) -> Keys {
    if let known = work.oldKeys { return known }
    load(work.outcome.original)
    work.isLoaded = false
    let found = keys()
    work.oldKeys = found
    return found
  }

  /// The unique values of what is in the evaluator's entry.
  func keys() -> Keys {
    let login = evaluator.view.attributes.login
    var keys = Keys()
    forEachKey { key, place in
      keys.all.insert(key)
      if place.attribute == login { keys.signIns.insert(key) }
    }
    return keys
  }

  /// Hands the unique values of what is in the evaluator's entry to `body`, with where each is.
  func forEachKey(_ body: (KeptHash, ValuePlace) -> Void) {
    evaluator.forEachKey(evaluator.judgement(checks).objectClass) { key in
      // Names that are made of values are nobody's to give or to free.
      guard !key.isConfusable, key.role != .computed else { return }
      body(
        KeptHash(RuleEvaluator.hash(key, hash)),
        ValuePlace(attribute: key.attribute, ordinal: key.ordinal))
    }
  }
}
