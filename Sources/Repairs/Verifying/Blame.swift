import Bytes
import Checks
import Directory
import Lint

/// Finds out which edits cause what is new.
///
/// A finding about one object is caused by what was done to that object; one about a value that
/// several hold in another way than before, by what brought the value into its form or took it from a
/// stronger place.
struct Blame {
  /// How many edits are at fault for one finding.
  enum Reach: Sendable {
    /// All that are about its value, else all of its object: what is given up is tried again without.
    case all
    /// Those that are nearest to it: which a person is to be told.
    case nearest
  }

  /// An edit that may be at fault.
  struct Suspect: Sendable {
    /// Nil for an attribute that no rule looks at.
    var attribute: AttributeID?
    var value: ValueEdit
    var isSafe: Bool
  }

  /// An edit that is at fault.
  struct Fault: Hashable {
    /// The object's position and the number of the edit among the object's suspects.
    var position: Int
    var suspect: Int
    /// The number of the finding that it causes.
    var finding: Int
  }

  private let suspects: [Int: [Suspect]]
  private let reach: Reach
  private let after: LintResult
  private let former: (Int) -> Int
  private let examiner: Examiner
  private lazy var places = findPlaces()
  /// In the order of the findings.
  private(set) var faults: [Fault] = []
  /// Whether there is anything new at all, whoever is at fault.
  private(set) var isAnythingNew = false

  /// An edit among the suspects.
  private struct Place: Hashable, Comparable {
    var position: Int
    var suspect: Int

    static func < (left: Place, right: Place) -> Bool {
      (left.position, left.suspect) < (right.position, right.suspect)
    }
  }

  /// Finds out which of `suspects`, by the positions of their objects, cause those of `findings`, of
  /// `after`, that are new. `former` says where an object was before by where it is in `after`.
  init(
    _ suspects: [Int: [Suspect]], _ reach: Reach, _ findings: [FindingRecord],
    of after: LintResult, isNew: (FindingRecord) -> Bool,
    former: @escaping (Int) -> Int = { $0 }
  ) {
    self.suspects = suspects
    self.reach = reach
    self.after = after
    self.former = former
    examiner = after.examiner()
    for (number, finding) in findings.enumerated() where isNew(finding) {
      isAnythingNew = true
      for place in culprits(finding) {
        faults.append(Fault(position: place.position, suspect: place.suspect, finding: number))
      }
    }
  }

  private mutating func culprits(_ finding: FindingRecord) -> [Place] {
    let position = former(finding.position)
    guard finding.group >= 0 else { return closest(to: finding, at: position) }
    let holders = after.groups[finding.group].holders.prefix(256)
    if reach == .all, after.context.ruleSet.rules[finding.rule].comparesComputedNames {
      // Anything may go into the name.
      return holders.flatMap { all(at: former($0.position)) }
    }
    var texts: Set<[UInt8]> = []
    for holder in holders where examiner.read(holder.position) {
      if let value = examiner.entry.value(holder.attribute, holder.ordinal) {
        texts.insert(text(value, holder.attribute))
      }
    }
    let about = Set(texts.flatMap { places[$0] ?? [] }).sorted()
    // What a person may notice goes first: without it the rest may do no harm.
    let unsafe = about.filter { suspects[$0.position]?[$0.suspect].isSafe == false }
    let worst = unsafe.isEmpty ? about : unsafe
    // The other holder of a value has its own finding when it is at fault.
    let own = reach == .nearest ? worst.filter { $0.position == position } : []
    guard about.isEmpty else { return own.isEmpty ? worst : own }
    let close = reach == .nearest ? closest(to: finding, at: position) : []
    return close.isEmpty ? holders.flatMap { all(at: former($0.position)) } : close
  }

  private func all(at position: Int) -> [Place] {
    (suspects[position] ?? []).indices.map { Place(position: position, suspect: $0) }
  }

  /// What has made the value of `finding`, else what has changed its attribute, else all that has
  /// changed its object.
  private func closest(to finding: FindingRecord, at position: Int) -> [Place] {
    let all = all(at: position)
    guard reach == .nearest, all.count > 1, let suspects = suspects[position] else { return all }
    let attribute = finding.attribute
    let close = all.filter { suspects[$0.suspect].attribute == attribute }
    guard !close.isEmpty else { return all }
    let exact = close.filter { place in
      guard let new = suspects[place.suspect].value.new, finding.ordinal >= 0,
        examiner.read(finding.position)
      else { return false }
      return examiner.entry.value(attribute, finding.ordinal)?.array == new
    }
    return exact.isEmpty ? close : exact
  }

  /// The edits by the values that they make or unmake.
  private func findPlaces() -> [[UInt8]: Set<Place>] {
    var places: [[UInt8]: Set<Place>] = [:]
    for (position, list) in suspects {
      for (number, suspect) in list.enumerated() {
        guard let attribute = suspect.attribute else { continue }
        for value in [suspect.value.old, suspect.value.new].compactMap({ $0 }) {
          let text = text(examiner.entry.arena.copy(value), attribute)
          places[text, default: []].insert(Place(position: position, suspect: number))
        }
      }
    }
    return places
  }

  /// The address in `value`, or all of it, in a form in which equal ones are the same bytes.
  private func text(_ value: ByteView, _ attribute: AttributeID) -> [UInt8] {
    examiner.evaluator.addressText(examiner.evaluator.body(of: value, attribute))
  }
}
