/// The packs of one run.
public struct PackSet: Sendable {
  /// The packs that were asked for, each with what it extends, in that order.
  public private(set) var packs: [Pack]
  /// The rules of all packs, each once, sorted by id.
  public var rules: [Rule]
  /// The scope of all packs: a class that one of them has is in scope, and all clauses hold.
  public var scopes: [DirectoryKind: ScopeTable]
  /// The parameters of all packs; a name that several have has the value of the last.
  public var parameters: [String: String]

  /// The files that the packs were read from, but for the built-in ones.
  public internal(set) var files: [String] = []

  /// The packs merged.
  public init(_ packs: [Pack]) {
    self.packs = packs
    var all = Pack(
      name: "", title: "", version: "", notes: nil, parameters: [:], scopes: [:], rules: [])
    for pack in packs.reversed() { all.extend(pack) }
    rules = all.rules.sorted { $0.id < $1.id }
    scopes = all.scopes
    parameters = all.parameters
  }

  /// The names of the packs that were asked for.
  public var names: [String] { packs.map(\.name) }

  /// The notes for a report's reader, in the order of the packs.
  public var notes: [String] { packs.compactMap(\.notes) }

  /// The rules as one pack, to look for duplicates.
  var merged: Pack {
    Pack(
      name: "", title: "", version: "", notes: nil, parameters: parameters, scopes: scopes,
      rules: rules)
  }
}
