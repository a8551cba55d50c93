/// `prefix`: the `type:` prefix.
package struct PrefixSpec: CheckSpec {
  /// Whether there must be one.
  package var require: Bool
  /// The types that there must not be, in small letters.
  package var forbid: [String]

  static let kind = CheckKind("prefix", keys: ["require", "forbid"]) { parameters in
    guard parameters.count == 1 else {
      parameters.missing("either require or forbid")
      return nil
    }
    if let node = parameters["require"] {
      guard let require = parameters.flag("require") else { return nil }
      if !require { parameters.reader.note(node, "\"require: false\" checks nothing") }
    }
    let forbid = parameters["forbid"].map { parameters.reader.addressTypes($0, "forbid") } ?? []
    return PrefixSpec(require: parameters.has("require"), forbid: forbid)
  }

  package var kind: CheckKind { Self.kind }
  package var placeholders: Set<Template.Placeholder> { [.type] }
}
