/// Which placeholders have a value for a rule: the closed table behind "Placeholders" in
/// docs/rule-format.md, with those of each check kind.
extension Template.Placeholder {
  /// Those that every finding fills.
  static let always: Set<Template.Placeholder> = [.value, .attribute, .part, .dn, .class]

  /// Those that findings of a rule fill; `attributes` are all that the rule names.
  static func available(
    check: any CheckSpec, part: ValuePart, attributes: [String], hasTypes: Bool
  ) -> Set<Template.Placeholder> {
    var available = always.union(check.placeholders)
    if part != .value, part != .raw { available.formUnion([.domain, .suffix, .type]) }
    if hasTypes { available.insert(.type) }
    for attribute in attributes {
      switch attribute.lowercased() {
      // What the cloud makes a sign-in name of.
      case "userprincipalname", "samaccountname", "mailnickname": available.insert(.predictedUPN)
      case "proxyaddresses", "targetaddress": available.insert(.type)
      default: break
      }
    }
    return available
  }
}
