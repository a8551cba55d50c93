import Rules
import Sync

/// What about a holder of an address decides what it is to another one.
struct ClaimKind: Hashable {
  var objectClass: ObjectClass
  var forest: Int
  var role: AddressRole

  /// What there is about `candidate`.
  init(_ candidate: Candidate) {
    (objectClass, forest, role) = (candidate.objectClass, candidate.forest, candidate.role)
  }
}

/// The holders of one address that count, by kind: of however many there are, no pairs need be looked at.
struct Claims {
  /// Some of the persons that hold an address in one way.
  struct Holders {
    /// Two are enough to know whether there is one beside any other.
    private var first: Int
    private var second: Int?

    fileprivate init(_ person: Int) { first = person }

    fileprivate mutating func insert(_ person: Int) {
      if second == nil, person != first { second = person }
    }

    /// Whether one of them is not `person`.
    func isAny(but person: Int) -> Bool { first != person || second != nil }
  }

  /// By kind.
  private(set) var persons: [ClaimKind: Holders] = [:]
  /// Whether they are several persons.
  private(set) var hasSeveralPersons = false

  /// Of `candidates`, which are `persons`.
  init(_ candidates: [Candidate], _ persons: Persons) {
    var first: Int?
    for (index, candidate) in candidates.enumerated() where candidate.counts {
      let person = persons[index]
      hasSeveralPersons = hasSeveralPersons || person != first ?? person
      first = first ?? person
      self.persons[ClaimKind(candidate), default: Holders(person)].insert(person)
    }
  }
}
