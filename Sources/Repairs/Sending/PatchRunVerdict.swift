import Directory
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
  case pending(send: [Modification], undo: [Modification])
  /// The object has changed since the record was made: in which way.
  case changed(String)

  /// Judges `modifications` by an object whose attributes are `current`.
  init(_ modifications: [Modification], current: [Attribute]) {
    var attributes: [EditedAttribute] = []
    var places: [String: Int] = [:]
    var objection: String?
    for modification in modifications {
      let key = AttributeDescription.key(of: modification.attribute)
      let place = places[key] ?? attributes.count
      if place == attributes.count {
        places[key] = place
        let values = current.filter { AttributeDescription.key(of: $0.name) == key }.flatMap(
          \.values)
        attributes.append(EditedAttribute(modification.attribute, values))
      }
      let found = attributes[place].objection(to: modification)
      objection = objection ?? found
    }
    if attributes.allSatisfy(\.isAsWanted) {
      self = .done
    } else if let objection {
      self = .changed(objection)
    } else {
      let isNet = attributes.allSatisfy { !$0.isWhole }
      self = .pending(
        // What replaces or empties an attribute is sent as it is written: there are attributes
        // whose values no server can match one by one.
        send: isNet ? attributes.flatMap(\.forward) : modifications,
        undo: attributes.reversed().flatMap(\.backward))
    }
  }
}

/// One attribute while a record's operations are tried on its values.
private struct EditedAttribute {
  private let name: String
  private let before: [[UInt8]]
  private var after: [[UInt8]]
  /// What the last operation on a value wants: there or not there.
  private var wanted: [[UInt8]: Bool] = [:]
  /// Whether an operation was about all values, so that no others may be there.
  private(set) var isWhole = false

  init(_ name: String, _ values: [[UInt8]]) {
    self.name = name
    before = values
    after = values
  }

  /// Whether the values were what the operations lead to before the first was tried.
  var isAsWanted: Bool {
    let values = Set(before)
    if isWhole { return values == Set(wanted.filter(\.value).keys) }
    return wanted.allSatisfy { values.contains($0.key) == $0.value }
  }

  /// The change from old to new that cannot hit a value which differs in case alone.
  var forward: [Modification] { Modification.difference(name, from: before, to: after) }

  /// The change from new to old.
  var backward: [Modification] { Modification.difference(name, from: after, to: before) }

  /// Tries an operation; says why it does not fit the values, when it does not.
  mutating func objection(to modification: Modification) -> String? {
    if modification.isWhole {
      isWhole = true
      wanted = [:]
    }
    for value in modification.values { wanted[value] = modification.operation != .delete }
    do throws(EditObjection) {
      after = try modification.applied(to: after, as: .exact)
      return nil
    } catch {
      return text(error)
    }
  }

  private func text(_ objection: EditObjection) -> String {
    switch objection {
    case .missing(nil, _): return "\(name): there is no value to remove"
    case .missing(let value?, _): return missing(value)
    case .present(let value): return "\(name): \(Self.quoted(value)) is there already"
    case .empty, .second: return "\(name): the server would refuse it"
    }
  }

  private func missing(_ value: [UInt8]) -> String {
    let text = "\(name): \(Self.quoted(value)) is not there"
    guard !before.isEmpty else { return text + "; there is no value" }
    if let variant = EditObjection.missing(value, among: before).variant {
      return text + "; there is \(Self.quoted(variant)), in other letters"
    }
    let shown = before.prefix(3).map(Self.quoted).joined(separator: ", ")
    return text + "; there is \(shown)" + (before.count > 3 ? " and \(before.count - 3) more" : "")
  }

  /// At most sixty characters of `value`.
  private static func quoted(_ value: [UInt8]) -> String {
    let text = String(decoding: value.prefix(400), as: UTF8.self)
    return text.count > 60 ? "\"\(text.prefix(60))…\"" : "\"\(text)\""
  }
}
