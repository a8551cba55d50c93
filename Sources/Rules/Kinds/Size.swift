/// `size`: the number of bytes.
package struct SizeSpec: CheckSpec {
  /// The most that there may be.
  package var max: Int?
  /// The one number that there must be.
  package var exactly: Int?

  static let kind = CheckKind("size", keys: ["max", "exactly"]) { parameters in
    guard parameters.count == 1 else {
      parameters.missing("either max or exactly")
      return nil
    }
    return SizeSpec(max: parameters.number("max"), exactly: parameters.number("exactly"))
  }

  package var kind: CheckKind { Self.kind }
  package var placeholders: Set<Template.Placeholder> { [.length, .limit] }
}
