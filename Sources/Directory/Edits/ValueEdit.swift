import Bytes

/// A value of an attribute that becomes another, comes or goes: the one step of which every repair,
/// decision, patch and undo is made.
public struct ValueEdit: Sendable, Hashable {
  /// The value as it is; nil when one is added.
  public var old: [UInt8]?
  /// The value that it becomes; nil when it is removed.
  public var new: [UInt8]?

  /// An edit from `old` to `new`.
  public init(old: [UInt8]? = nil, new: [UInt8]? = nil) {
    self.old = old
    self.new = new
  }

  /// `values` after the edit. Throws what stands against it.
  public func applied(
    to values: [[UInt8]], as strictness: EditStrictness
  ) throws(EditObjection) -> [[UInt8]] {
    var values = values
    try apply(to: &values, as: strictness)
    return values
  }

  /// Makes the edit. Throws what stands against it, and changes nothing then.
  ///
  /// A value is what its bytes are, in whatever strictness: to exchange a value that differs in case
  /// from the one that was meant would be to exchange another. Of several that are equal the last is
  /// meant.
  public func apply(
    to values: inout [[UInt8]], as strictness: EditStrictness
  ) throws(EditObjection) {
    var place: Int?
    if let old {
      place = values.lastIndex(of: old)
      if place == nil { throw .missing(old, among: values) }
    }
    if let new, strictness != .inPlace {
      if strictness.isOfServer, new.isEmpty { throw .empty }
      // What is exchanged is gone when the new value comes.
      let isThere = values.indices.contains { index in
        index != place && strictness.isSame(values[index], new)
      }
      if isThere { throw .present(new) }
    }
    switch (place, new) {
    case (let place?, let new?) where strictness == .inPlace: values[place] = new
    case (let place?, let new):
      values.remove(at: place)
      if let new { values.append(new) }
    case (nil, let new?): values.append(new)
    case (nil, nil): break
    }
  }
}

/// How strict an edit is: where a new value goes, and when it is there already.
public enum EditStrictness: Sendable, CaseIterable {
  /// As in a text: a new value stands where the old one stood, and may stand there twice.
  case inPlace
  /// As a modify operation (RFC 4511 §4.6) where every byte counts: a new value is the last, and must
  /// not be there.
  case exact
  /// As most servers do it: as `exact`, but what is equal without regard to case is there already, and
  /// no value is empty.
  case asServer
  /// As `asServer`, and an attribute of which Active Directory has one value gets no second.
  case asActiveDirectory

  /// Whether it is what a server would do.
  var isOfServer: Bool { self == .asServer || self == .asActiveDirectory }

  fileprivate func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    isOfServer ? EditObjection.isSameText(left, right) : left == right
  }
}

/// Why an edit cannot be made.
public enum EditObjection: Error, Sendable, Equatable {
  /// The value to remove, nil for any, is not among those that are there.
  case missing([UInt8]?, among: [[UInt8]])
  /// The value to add is there already.
  case present([UInt8])
  /// An empty value cannot be stored.
  case empty
  /// The attribute can have one value only.
  case second

  /// The value that is there instead of a missing one, in other letters.
  public var variant: [UInt8]? {
    guard case .missing(let value?, let values) = self else { return nil }
    return values.first { Self.isSameText($0, value) }
  }

  /// Whether two values are equal without regard to the case of ASCII letters.
  public static func isSameText(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count
      && zip(left, right).allSatisfy { $0 == $1 || $0.asciiLowercased == $1.asciiLowercased }
  }
}

/// An edit of a value of one of a run's attributes.
public struct AttributeEdit: Sendable, Hashable {
  /// The attribute.
  public var attribute: AttributeID
  /// What becomes of the value.
  public var value: ValueEdit

  /// An edit with all its parts.
  public init(_ attribute: AttributeID, _ value: ValueEdit) {
    self.attribute = attribute
    self.value = value
  }
}
