import Bytes

/// One operation of a modify (RFC 4511 §4.6, RFC 2849 `mod-spec`): edits of the values of one
/// attribute, as patches, journals and servers have them.
public struct Modification: Sendable, Hashable {
  /// What is done with the values.
  public enum Operation: String, Sendable {
    /// The values are added.
    case add
    /// The values are removed; all of them when none is named.
    case delete
    /// The values take the place of all there were; none removes the attribute.
    case replace
  }

  /// What is done with the values.
  public var operation: Operation
  /// The attribute's description.
  public var attribute: String
  /// The values, decoded.
  public var values: [[UInt8]]

  /// An operation with all its parts.
  public init(_ operation: Operation, _ attribute: String, _ values: [[UInt8]] = []) {
    self.operation = operation
    self.attribute = attribute
    self.values = values
  }

  /// Whether it is about all values that are there, so that it does not tell which.
  public var isWhole: Bool { operation == .replace || operation == .delete && values.isEmpty }

  /// What takes it back where it could be made; of one about all values only the object tells.
  public var inverse: Modification {
    Modification(operation == .add ? .delete : .add, attribute, values)
  }

  /// `current` after the operation. Throws the first thing that stands against it.
  public func applied(
    to current: [[UInt8]], as strictness: EditStrictness
  ) throws(EditObjection) -> [[UInt8]] {
    guard operation != .delete else { return try deleted(from: current) }
    let result = try added(to: operation == .replace ? [] : current, as: strictness)
    if strictness == .asActiveDirectory, result.count > 1,
      Schema.find(attribute)?.traits.contains(.single) ?? false
    {
      throw .second
    }
    return result
  }

  /// `current` without the values. Takes the time of its size, however many values go.
  private func deleted(from current: [[UInt8]]) throws(EditObjection) -> [[UInt8]] {
    if current.isEmpty { throw .missing(values.first, among: []) }
    guard !isWhole else { return [] }
    if values.count <= 4 || current.count * values.count <= Self.few {
      return try fewDeleted(from: current)
    }
    // Of several that are equal the last goes, as in `ValueEdit`.
    var places = Dictionary(grouping: current.indices) { current[$0] }
    var isGone = [Bool](repeating: false, count: current.count)
    var rest: [[UInt8]] { current.indices.lazy.filter { !isGone[$0] }.map { current[$0] } }
    for value in values {
      guard let place = places[value]?.popLast() else { throw .missing(value, among: rest) }
      isGone[place] = true
    }
    return rest
  }

  /// So many pairs of values are compared one by one: most attributes have one value, or a handful.
  private static let few = 64

  private func fewDeleted(from current: [[UInt8]]) throws(EditObjection) -> [[UInt8]] {
    var rest = current
    for value in values {
      guard let place = rest.lastIndex(of: value) else { throw .missing(value, among: rest) }
      rest.remove(at: place)
    }
    return rest
  }

  /// `base` with the values at its end.
  private func added(
    to base: [[UInt8]], as strictness: EditStrictness
  ) throws(EditObjection) -> [[UInt8]] {
    guard strictness != .inPlace else { return base + values }
    var known = Set(base)
    // What comes together may differ in case alone: so it comes back when one of it is exchanged.
    let texts = strictness.isOfServer ? Set(base.map(Self.folded)) : []
    for value in values {
      if strictness.isOfServer, value.isEmpty { throw .empty }
      let isNew = known.insert(value).inserted
      guard isNew, !texts.contains(Self.folded(value)) else { throw .present(value) }
    }
    return base + values
  }
}

extension Modification {
  /// The operations that lead from one list of values of `attribute` to another: what is to be
  /// deleted, and what is to be added. None when the values are the same.
  ///
  /// Servers match values without regard to case and take the first that matches, so a change of
  /// one of two values that differ only in case could hit the other. All values that are equal
  /// without case to one that changes are therefore deleted and added again together.
  public static func difference(
    _ attribute: String, from old: [[UInt8]], to new: [[UInt8]]
  ) -> [Modification] {
    guard old != new else { return [] }
    let (before, now) = changedParts(old, new)
    let isFew = before.count * now.count <= few
    let (oldByText, newByText) = isFew ? ([:], [:]) : (byText(before), byText(now))
    func changes(_ value: [UInt8]) -> Bool {
      guard !isFew else { return equals(value, in: before) != equals(value, in: now) }
      let text = folded(value)
      return oldByText[text] != newByText[text]
    }
    let modifications = [
      Modification(.delete, attribute, before.filter(changes)),
      Modification(.add, attribute, now.filter(changes)),
    ]
    return modifications.filter { !$0.values.isEmpty }
  }

  /// The parts of two lists between what they have in common at both ends; all of them where a value that
  /// they have in common there is equal, without regard to case, to one of the rest.
  private static func changedParts(
    _ old: [[UInt8]], _ new: [[UInt8]]
  ) -> (old: [[UInt8]], new: [[UInt8]]) {
    let shorter = min(old.count, new.count)
    var start = 0
    while start < shorter, old[start] == new[start] { start += 1 }
    var end = 0
    while end < shorter - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
    let (before, now) = (old[start..<(old.count - end)], new[start..<(new.count - end)])
    guard before.count + now.count <= 8 else { return (old, new) }
    for value in old[..<start] + old[(old.count - end)...] {
      let isEqual = before.contains { EditObjection.isSameText($0, value) }
      if isEqual || now.contains(where: { EditObjection.isSameText($0, value) }) {
        return (old, new)
      }
    }
    return (Array(before), Array(now))
  }

  /// Those of `values`, sorted, that are equal to `value` without regard to case.
  private static func equals(_ value: [UInt8], in values: [[UInt8]]) -> [[UInt8]] {
    let equals = values.filter { EditObjection.isSameText($0, value) }
    return equals.count < 2 ? equals : equals.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// The values, sorted, by what they are without regard to case.
  private static func byText(_ values: [[UInt8]]) -> [[UInt8]: [[UInt8]]] {
    Dictionary(grouping: values, by: folded).mapValues {
      $0.count == 1 ? $0 : $0.sorted { $0.lexicographicallyPrecedes($1) }
    }
  }

  private static func folded(_ value: [UInt8]) -> [UInt8] { value.map(\.asciiLowercased) }
}
