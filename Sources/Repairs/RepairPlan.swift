import Checks
import Directory
import Lint

/// What is to be changed of one attribute of one object.
public struct AttributeChange: Sendable, Equatable {
  /// The attribute's name.
  public var attribute: String
  /// Values to remove, as they are now.
  public var removed: [[UInt8]]
  /// Values to add.
  public var added: [[UInt8]]

  /// `values` without those removed and with those added, in the order that comes of it.
  func applied(to values: [[UInt8]]) -> [[UInt8]] {
    var removed = removed
    let rest = values.filter { value in
      guard let found = removed.firstIndex(of: value) else { return true }
      removed.remove(at: found)
      return false
    }
    return rest + added
  }
}

/// What is to be changed of one object, and why.
public struct ObjectChange: Sendable {
  /// One reason.
  public struct Reason: Sendable {
    /// The rule's id and name.
    public var rule: String
    /// The attribute's name.
    public var attribute: String
    /// The value before; nil when one is added.
    public var old: [UInt8]?
    /// The value after; nil when it is removed.
    public var new: [UInt8]?
    /// Whether it is safe.
    public var isSafe: Bool
    /// Why, as a sentence.
    public var text: String
  }

  /// The object's position in the run.
  var position: Int
  /// The number of its source.
  public var source: Int
  /// Its DN.
  public var dn: [UInt8]
  /// The changes, by attribute.
  public var changes: [AttributeChange]
  /// Why, in the order of the steps.
  public var reasons: [Reason]
  /// Whether an Exchange address policy may write the old addresses back.
  public var isUnderAddressPolicy: Bool
}

/// A finding that the plan leaves alone.
public struct LeftAlone: Sendable {
  /// The rule's id and name.
  public var rule: String
  /// The object's DN.
  public var dn: [UInt8]
  /// The attribute's name.
  public var attribute: String
  /// The value.
  public var value: [UInt8]?
  /// Why, as a phrase.
  public var reason: String
}

/// A plan of repairs over all sources.
public struct RepairPlan: Sendable {
  /// The objects to change, in the order of the sources.
  public var objects: [ObjectChange] = []
  /// What is left alone, in that order.
  public var left: [LeftAlone] = []
  /// Repairs that were planned and taken back because of what they would have caused.
  public var withdrawn: [LeftAlone] = []

  init(objects: [ObjectChange] = [], left: [LeftAlone] = [], withdrawn: [LeftAlone] = []) {
    self.objects = objects
    self.left = left
    self.withdrawn = withdrawn
  }
}

/// What to plan.
public struct RepairRequest: Sendable {
  /// Whether repairs that somebody may notice are made too.
  public var allowsUnsafe = false

  /// Safe repairs only.
  public init() {}
}
