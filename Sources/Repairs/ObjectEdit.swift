import Bytes
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
  /// How many addresses fewer the object has in proxyAddresses in the end, however they are written.
  public var lostAddresses = 0
  /// Whether the user has ordered what is done, or a part of it.
  public var isOrdered = false
  /// Whether an Exchange address policy may write the old addresses back.
  public var isUnderAddressPolicy: Bool

  /// How many addresses fewer there are in `after` than in `before`, values of proxyAddresses.
  static func lostAddresses(from before: [[UInt8]], to after: [[UInt8]]) -> Int {
    func addresses(_ values: [[UInt8]]) -> Set<[UInt8]> {
      Set(values.map { $0.filter { $0 != 0x20 }.map(\.asciiLowercased) })
    }
    return before == after ? 0 : max(0, addresses(before).count - addresses(after).count)
  }
}
