/// The number of an attribute among those that a run needs.
///
/// Numbers are small and dense; the same number means the same attribute in the whole run.
public struct AttributeID: Hashable, Comparable, Sendable {
  /// The index in the run's `AttributeTable`.
  public let index: UInt16

  /// The attribute with that index.
  @inlinable public init(index: UInt16) { self.index = index }

  /// By number.
  @inlinable public static func < (left: AttributeID, right: AttributeID) -> Bool {
    left.index < right.index
  }
}

/// The attributes that the enabled rules, scope and reports need; nothing else is decoded.
///
/// Names are compared without regard to case; `AttributeDescription` says of which attribute a value
/// is whose description has options.
public struct AttributeTable: Sendable {
  /// What a run wants of an attribute.
  public enum Need: Sendable {
    /// Its values.
    case values
    /// Only how many values there are (`member` of a large group).
    case count
  }

  /// The names as first given, by index.
  public private(set) var names: [String] = []
  /// What is wanted of each, by index.
  public private(set) var needs: [Need] = []
  private var indexes: [String: UInt16] = [:]

  /// A table without attributes.
  public init() {}

  /// The number of the attribute called `name`, added when it is new. `values` wins over `count`.
  public mutating func need(_ name: String, _ need: Need = .values) -> AttributeID {
    let key = name.lowercased()
    if let index = indexes[key] {
      if case .values = need { needs[Int(index)] = .values }
      return AttributeID(index: index)
    }
    let index = UInt16(names.count)
    indexes[key] = index
    names.append(name)
    needs.append(need)
    return AttributeID(index: index)
  }

  /// The number of the attribute called `name`, or nil when the run does not need it.
  public func find(_ name: String) -> AttributeID? {
    indexes[name.lowercased()].map(AttributeID.init(index:))
  }

  /// The name of `attribute` as the rules spell it.
  public func name(_ attribute: AttributeID) -> String { names[Int(attribute.index)] }

  /// How many attributes there are.
  public var count: Int { names.count }
}
