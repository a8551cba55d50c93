import Directory

/// The checks of one attribute's values, for one class of objects.
final class AttributeChecks: Sendable {
  let attribute: AttributeID
  /// Whether values have a `type:` prefix.
  let isTyped: Bool
  let checks: [AttributeCheck]

  init(attribute: AttributeID, isTyped: Bool, checks: [AttributeCheck]) {
    self.attribute = attribute
    self.isTyped = isTyped
    self.checks = checks
  }
}
