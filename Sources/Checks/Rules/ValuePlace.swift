import Directory

/// A value of one object: which of an attribute's.
package struct ValuePlace: Hashable, Sendable {
  /// The attribute.
  package var attribute: AttributeID
  /// The value's number in the order of the record, or -1 for the attribute as a whole.
  package var ordinal: Int

  /// A place with both its parts.
  package init(attribute: AttributeID, ordinal: Int) {
    self.attribute = attribute
    self.ordinal = ordinal
  }
}
