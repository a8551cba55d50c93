import LDIF

/// What an object as it is means for a modify record: it is still to be done, done already, or made
/// for another object than this has become.
///
/// Values are compared byte for byte. Servers match most of them without regard to case, so that
/// their own comparison would overlook a value that changed in case alone.
enum PatchRunVerdict: Equatable {
  /// The object is as the record wants it.
  case done
  /// Every old value is there: what to send, and what takes it back.
  case pending(send: [ChangeRecord.Modification], undo: [ChangeRecord.Modification])
  /// The object has changed since the record was made: in which way.
  case changed(String)

  /// Judges `modifications` by an object whose attributes are `current`.
  init(_ modifications: [ChangeRecord.Modification], current: [Attribute]) {
    var trials: [AttributeTrial] = []
    var places: [String: Int] = [:]
    var objection: String?
    for modification in modifications {
      let key = modification.attribute.lowercased()
      let place = places[key] ?? trials.count
      if place == trials.count {
        places[key] = place
        let values = current.filter { $0.name.lowercased() == key }.flatMap(\.values)
        trials.append(AttributeTrial(modification.attribute, values))
      }
      let found = trials[place].apply(modification)
      objection = objection ?? found
    }
    if trials.allSatisfy(\.isAsWanted) {
      self = .done
    } else if let objection {
      self = .changed(objection)
    } else {
      let isNet = trials.allSatisfy { !$0.isWhole }
      self = .pending(
        // What replaces or empties an attribute is sent as it is written: there are attributes
        // whose values no server can match one by one.
        send: isNet ? trials.flatMap(\.forward) : modifications,
        undo: trials.reversed().flatMap(\.backward))
    }
  }
}

/// One attribute while a record's operations are tried on a copy of its values.
private struct AttributeTrial {
  private let name: String
  private let before: [[UInt8]]
  private let beforeSet: Set<[UInt8]>
  private var after: Set<[UInt8]>
  /// Values in the order in which they were added.
  private var added: [[UInt8]] = []
  /// What the last operation on a value wants: there or not there.
  private var wanted: [[UInt8]: Bool] = [:]
  /// Whether an operation was about all values, so that no others may be there.
  private(set) var isWhole = false

  init(_ name: String, _ values: [[UInt8]]) {
    self.name = name
    before = values
    beforeSet = Set(values)
    after = beforeSet
  }

  /// Whether the values were what the operations lead to before the first was tried.
  var isAsWanted: Bool {
    if isWhole { return beforeSet == Set(wanted.filter(\.value).keys) }
    return wanted.allSatisfy { beforeSet.contains($0.key) == $0.value }
  }

  /// The change from old to new that cannot hit a value which differs in case alone.
  var forward: [ChangeRecord.Modification] { difference(from: before, to: result) }

  /// The change from new to old.
  var backward: [ChangeRecord.Modification] { difference(from: result, to: before) }

  private var result: [[UInt8]] {
    var seen = Set<[UInt8]>()
    return (before + added).filter { after.contains($0) && seen.insert($0).inserted }
  }

  private func difference(
    from old: [[UInt8]], to new: [[UInt8]]
  ) -> [ChangeRecord.Modification] {
    ValueDifference.change(attribute: name, from: old, to: new)
      .map(PatchRecords.modifications) ?? []
  }

  /// Tries an operation; says why it does not fit the values, when it does not.
  mutating func apply(_ modification: ChangeRecord.Modification) -> String? {
    var objection: String?
    switch modification.operation {
    case .delete where modification.values.isEmpty:
      if after.isEmpty { objection = "\(name): there is no value to remove" }
      replace(with: [])
    case .delete:
      for value in modification.values {
        if after.remove(value) == nil { objection = objection ?? missing(value) }
        wanted[value] = false
      }
    case .add:
      for value in modification.values {
        if !after.insert(value).inserted {
          objection = objection ?? "\(name): \(Self.quoted(value)) is there already"
        }
        added.append(value)
        wanted[value] = true
      }
    case .replace: replace(with: modification.values)
    }
    return objection
  }

  private mutating func replace(with values: [[UInt8]]) {
    isWhole = true
    wanted = Dictionary(values.map { ($0, true) }, uniquingKeysWith: { first, _ in first })
    after = Set(values)
    added += values
  }

  private func missing(_ value: [UInt8]) -> String {
    let text = "\(name): \(Self.quoted(value)) is not there"
    guard !before.isEmpty else { return text + "; there is no value" }
    let folded = value.map(Self.lowered)
    if let variant = before.first(where: { $0.map(Self.lowered) == folded }) {
      return text + "; there is \(Self.quoted(variant)), in other letters"
    }
    let shown = before.prefix(3).map(Self.quoted).joined(separator: ", ")
    return text + "; there is \(shown)" + (before.count > 3 ? " and \(before.count - 3) more" : "")
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  /// At most sixty characters of `value`.
  private static func quoted(_ value: [UInt8]) -> String {
    let text = String(decoding: value.prefix(400), as: UTF8.self)
    return text.count > 60 ? "\"\(text.prefix(60))…\"" : "\"\(text)\""
  }
}
