/// One demand of an `address` check, tested in this order.
package enum AddressAspect: String, CaseIterable, Sendable {
  case oneAt = "one-at"
  case localPart = "local-part"
  case domain
  case dotAtom = "dot-atom"
  case dottedDomain = "dotted-domain"
  case domainLabels = "domain-labels"
}

/// `address`: the form of an address.
package struct AddressSpec: CheckSpec {
  /// What is demanded, in the order of the tests.
  package var aspects: [AddressAspect]

  static let kind = CheckKind("address", keys: ["require"]) { parameters in
    guard parameters.has("require") else {
      parameters.missing("require")
      return nil
    }
    var chosen: Set<AddressAspect> = []
    for (name, node) in parameters.choices("require", AddressAspect.allCases.map(\.rawValue)) {
      if let aspect = AddressAspect(rawValue: name), !chosen.insert(aspect).inserted {
        parameters.reader.note(node, "\"\(name)\" stands twice in \"require\"")
      }
    }
    // The order of the tests is the kind's, not the rule's.
    return AddressSpec(aspects: AddressAspect.allCases.filter(chosen.contains))
  }

  package var kind: CheckKind { Self.kind }
  package var placeholders: Set<Template.Placeholder> { [.domain, .suffix, .reason] }
}
