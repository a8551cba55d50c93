/// `present`: the attribute is absent or blank.
package struct PresentSpec: CheckSpec {
  /// Whether it fires on an object without the attribute.
  package var absent: Bool
  /// Whether it fires on a value of white space.
  package var blank: Bool

  static let kind = CheckKind("present", keys: ["when"], standsAlone: true) { parameters in
    let when = parameters.choice("when", ["absent", "blank", "absent-or-blank"]) ?? "absent"
    return PresentSpec(absent: when != "blank", blank: when != "absent")
  }

  package var kind: CheckKind { Self.kind }
}
