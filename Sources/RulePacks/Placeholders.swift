/// Which placeholders have a value for a check: the closed table behind "Placeholders" in
/// docs/rule-format.md. Whoever runs checks fills exactly these.
extension Template.Placeholder {
  /// Those that every finding fills.
  static let always: Set<Self> = [.value, .attribute, .part, .dn, .class]

  /// Those that findings of such a rule fill; `attributes` are all that the rule names.
  static func available(
    check: CheckSpec, part: ValuePart, attributes: [String], types: [String]
  ) -> Set<Self> {
    var available = always.union(ofCheck(check))
    if part != .value { available.formUnion([.domain, .suffix, .type]) }
    if !types.isEmpty { available.insert(.type) }
    let names = Set(attributes.map { $0.lowercased() })
    if names.contains("userprincipalname") { available.insert(.predictedUPN) }
    if names.contains("proxyaddresses") || names.contains("targetaddress") {
      available.insert(.type)
    }
    return available
  }

  private static func ofCheck(_ check: CheckSpec) -> Set<Self> {
    switch check {
    case .length, .size: [.length, .limit]
    case .characters: [.characters, .position]
    case .pattern: [.position]
    case .address, .routableDomain, .verifiedDomain, .reservedDomain: [.domain, .suffix, .reason]
    case .unique(let index): ofIndex(index)
    case .count: [.count, .limit]
    case .prefix: [.type]
    case .compare: [.other]
    case .present, .expression: []
    }
  }

  private static func ofIndex(_ index: UniqueIndex) -> Set<Self> {
    switch index {
    case .addressStrong, .addressWeak, .contactMirror, .confusable:
      [.other, .others, .domain, .suffix, .type]
    case .value: [.other, .others]
    case .object: []
    }
  }
}
