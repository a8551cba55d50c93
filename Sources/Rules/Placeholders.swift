/// A set of placeholders.
struct PlaceholderSet: OptionSet {
  /// One bit per placeholder, in the order of its declaration.
  let rawValue: UInt32

  init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The set of those.
  init(_ members: Template.Placeholder...) {
    rawValue = members.reduce(0) { $0 | $1.bit }
  }

  /// Whether `member` is in the set.
  func contains(_ member: Template.Placeholder) -> Bool { rawValue & member.bit != 0 }
}

extension Template.Placeholder {
  /// The bit that stands for it in a set.
  fileprivate var bit: UInt32 {
    switch self {
    case .value: 1 << 0
    case .attribute: 1 << 1
    case .part: 1 << 2
    case .domain: 1 << 3
    case .suffix: 1 << 4
    case .characters: 1 << 5
    case .position: 1 << 6
    case .length: 1 << 7
    case .limit: 1 << 8
    case .count: 1 << 9
    case .reason: 1 << 10
    case .other: 1 << 11
    case .others: 1 << 12
    case .type: 1 << 13
    case .class: 1 << 14
    case .dn: 1 << 15
    case .predictedUPN: 1 << 16
    }
  }
}

/// Which placeholders have a value for a rule: the closed table behind "Placeholders" in
/// docs/rule-format.md. Whoever runs checks fills exactly these.
extension PlaceholderSet {
  /// Those that every finding fills.
  static let always = PlaceholderSet(.value, .attribute, .part, .dn, .class)

  /// Those that findings of a rule fill; `attributes` are all that the rule names.
  static func available(
    check: CheckSpec, part: ValuePart, attributes: [String], hasTypes: Bool
  ) -> PlaceholderSet {
    var available = always.union(of(check))
    if part != .value { available.formUnion(PlaceholderSet(.domain, .suffix, .type)) }
    if hasTypes { available.formUnion(PlaceholderSet(.type)) }
    for attribute in attributes {
      switch attribute.lowercased() {
      // What the cloud makes a sign-in name of.
      case "userprincipalname", "samaccountname", "mailnickname":
        available.formUnion(PlaceholderSet(.predictedUPN))
      case "proxyaddresses", "targetaddress":
        available.formUnion(PlaceholderSet(.type))
      default: break
      }
    }
    return available
  }

  private static func of(_ check: CheckSpec) -> PlaceholderSet {
    switch check {
    case .length, .size: PlaceholderSet(.length, .limit)
    case .characters: PlaceholderSet(.characters, .position)
    case .pattern: PlaceholderSet(.position)
    case .address, .routableDomain, .verifiedDomain, .reservedDomain:
      PlaceholderSet(.domain, .suffix, .reason)
    case .unique(let index): of(index)
    case .count: PlaceholderSet(.count, .limit)
    case .prefix: PlaceholderSet(.type)
    case .compare: PlaceholderSet(.other)
    case .present, .expression: []
    }
  }

  private static func of(_ index: UniqueIndex) -> PlaceholderSet {
    switch index {
    case .addressStrong, .addressWeak, .contactMirror, .confusable:
      PlaceholderSet(.other, .others, .domain, .suffix, .type)
    case .value: PlaceholderSet(.other, .others)
    case .object: []
    }
  }
}
