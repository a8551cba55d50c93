import Checks
import Directory
import Lint

/// What is to be changed of one object, and why.
public struct ObjectEdit: Sendable {
  /// One reason.
  public struct Reason: Sendable {
    /// The rule's id and name.
    public var rule: String
    /// The attribute's name.
    public var attribute: String
    /// What becomes of the value.
    public var edit: ValueEdit
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
  /// What is done, attribute by attribute: what is deleted, then what is added.
  public var modifications: [Modification]
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
  public var objects: [ObjectEdit] = []
  /// What is left alone, in that order.
  public var left: [LeftAlone] = []
  /// Repairs that were planned and taken back because of what they would have caused.
  public var withdrawn: [LeftAlone] = []

  init(objects: [ObjectEdit] = [], left: [LeftAlone] = [], withdrawn: [LeftAlone] = []) {
    self.objects = objects
    self.left = left
    self.withdrawn = withdrawn
  }
}

/// What to plan.
public struct RepairRequest: Sendable {
  /// Whether repairs that a person may notice are made too.
  public var allowsUnsafe = false

  /// Safe repairs only.
  public init() {}
}
