import Directory

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
