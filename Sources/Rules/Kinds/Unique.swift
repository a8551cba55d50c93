/// What a `unique` check compares.
package enum UniqueIndex: Sendable, Equatable {
  /// An address held as UPN or smtp proxy.
  case addressStrong
  /// An address by which Entra takes two objects of different classes for one, where a rule tells them
  /// apart from other strong ones.
  case objectType
  /// An address in any other conflict.
  case addressWeak
  /// A contact and a person of another forest with the same address.
  case contactMirror
  /// Equal only when case, width and diacritics are folded.
  case confusable
  /// A user name that Connect or the cloud makes, and that another user has or gets.
  case computedName
  /// The attribute's values; without case unless `exact`.
  case value(exact: Bool)
  /// The same value twice on one object.
  case object
}

/// `unique`: another object, or the object itself, holds the same.
package struct UniqueSpec: CheckSpec {
  /// What is compared.
  package var index: UniqueIndex

  static let kind = CheckKind(
    "unique", keys: ["index", "case"], repairs: ["resolve-duplicate"]
  ) { parameters in
    guard parameters.has("index") else {
      parameters.missing("index")
      return nil
    }
    let indexes: [String: UniqueIndex] = [
      "address-strong": .addressStrong, "object-type": .objectType, "address-weak": .addressWeak,
      "contact-mirror": .contactMirror, "confusable": .confusable,
      "computed-name": .computedName,
      "value": .value(exact: parameters.has("case")), "object": .object,
    ]
    let name = parameters.choice("index", indexes.keys.sorted())
    if let node = parameters["case"], parameters.choice("case", ["exact"]) != nil, name != "value" {
      parameters.reader.note(node, "\"case\" belongs to the index \"value\" only")
    }
    return name.flatMap { indexes[$0] }.map { UniqueSpec(index: $0) }
  }

  package var kind: CheckKind { Self.kind }

  package var placeholders: Set<Template.Placeholder> {
    switch index {
    case .addressStrong, .objectType, .addressWeak, .contactMirror:
      [.other, .others, .domain, .suffix, .type]
    case .confusable: [.other, .others, .domain, .suffix, .type, .characters]
    case .value, .computedName: [.other, .others]
    case .object: []
    }
  }
}

extension Rule {
  /// Whether it is about user names that are made of other values than those that it shows.
  package var comparesComputedNames: Bool { (check as? UniqueSpec)?.index == .computedName }
}
