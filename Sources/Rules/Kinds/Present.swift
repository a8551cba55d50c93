/// `present`: the attribute is absent or blank.
package struct PresentSpec: CheckSpec {
  /// Whether it fires on an object without the attribute.
  package var absent: Bool
  /// Whether it fires on a value of white space.
  package var blank: Bool
  /// What is to become of the user name that Connect makes of sAMAccountName for it to fire; nil where
  /// that does not matter.
  package var computed: ComputedName?

  /// What becomes of such a user name.
  package enum ComputedName: String, Sendable, CaseIterable {
    /// The cloud takes it over.
    case kept
    /// No tenant, or not this one, can verify its suffix.
    case unverifiable
  }

  static let kind = CheckKind("present", keys: ["when", "computed"], standsAlone: true) {
    parameters in
    let when = parameters.choice("when", ["absent", "blank", "absent-or-blank"]) ?? "absent"
    let computed = parameters.choice("computed", ComputedName.allCases.map(\.rawValue))
    return PresentSpec(
      absent: when != "blank", blank: when != "absent",
      computed: computed.flatMap(ComputedName.init))
  }

  package var kind: CheckKind { Self.kind }
  package var placeholders: Set<Template.Placeholder> {
    computed == nil ? [] : [.other, .reason]
  }
}
