import RuleNodes

/// What a `pack.yaml` says, before the packs that it extends are merged in.
struct PackManifest {
  /// The name of another pack and where it is asked for.
  struct Reference {
    var name: String
    var place: SourcePlace
  }

  var title = ""
  var version = ""
  var extends: [Reference] = []
  var parameters: [String: String] = [:]
  var notes: String?
  /// Whether values are judged as Connect trims them; nil when nothing is said.
  var trims: Bool?
  var scopes: [DirectoryKind: ScopeTable] = [:]
}

/// Turns the node of a `pack.yaml` into a manifest (docs/rule-format.md, "A pack").
struct PackDecoder {
  /// The keys of a pack, in the order in which they stand.
  static let keys = [
    "name", "title", "version", "extends", "parameters", "notes", "trims", "scope",
  ]

  /// What was read and what was wrong.
  var reader: NodeReader
  private let pack: String

  /// A decoder for the pack in the folder called `pack`; `file` is the path for errors.
  init(file: String, pack: String) {
    reader = NodeReader(file: file)
    self.pack = pack
  }

  /// The manifest; `reader.errors` says what it lacks.
  mutating func manifest(_ node: Node) -> PackManifest {
    var manifest = PackManifest()
    guard let members = reader.members(node, "a pack", known: Self.keys) else { return manifest }
    reader.require(["name", "title", "version"], in: members, of: node, "the pack")
    for member in members {
      let node = member.value
      switch member.key {
      case "name": checkName(node)
      case "title": manifest.title = reader.line(node, "title") ?? ""
      case "version": manifest.version = reader.line(node, "version") ?? ""
      case "extends": manifest.extends = references(node)
      case "parameters": manifest.parameters = reader.parameters(node)
      case "notes": manifest.notes = reader.text(node, "notes")
      case "trims":
        manifest.trims = reader.choice(node, "trims", ["connect", "no"]).map { $0 == "connect" }
      default: manifest.scopes = scopes(node)
      }
    }
    return manifest
  }

  private mutating func checkName(_ node: Node) {
    guard let name = reader.text(node, "name"), name != pack else { return }
    reader.note(node, "the name \"\(name)\" differs from the folder's, \"\(pack)\"")
  }

  private mutating func references(_ node: Node) -> [PackManifest.Reference] {
    guard let items = reader.items(node, "extends") else { return [] }
    var seen: Set<String> = []
    return items.compactMap { item in
      guard let name = reader.text(item, "extends") else { return nil }
      if !seen.insert(name).inserted {
        reader.note(item, "\"\(name)\" stands twice in \"extends\"")
      }
      return PackManifest.Reference(name: name, place: reader.place(item))
    }
  }

  private mutating func scopes(_ node: Node) -> [DirectoryKind: ScopeTable] {
    var scopes: [DirectoryKind: ScopeTable] = [:]
    let kinds = DirectoryKind.allCases.map(\.rawValue)
    for member in reader.members(node, "\"scope\"", known: kinds) ?? [] {
      guard let kind = DirectoryKind(rawValue: member.key) else { continue }
      scopes[kind] = table(member.value, member.key)
    }
    return scopes
  }

  private mutating func table(_ node: Node, _ kind: String) -> ScopeTable {
    let classes = RuleDecoder.classes
    var table: ScopeTable = [:]
    let what = "the scope of \"\(kind)\""
    for member in reader.members(node, what, known: classes.map(\.name)) ?? [] {
      guard let member = classes.first(where: { $0.name == member.key }).map({ ($0, member.value) })
      else { continue }
      table[member.0] = clauses(member.1, member.0.name)
    }
    return table
  }

  /// The clauses of a class; an empty list means that every object of it is in scope.
  private mutating func clauses(_ node: Node, _ name: String) -> [ScopeClause] {
    guard case .sequence(let items) = node.content else {
      reader.note(node, "the scope of \"\(name)\" must be a list of clauses, [] for no condition")
      return []
    }
    return items.compactMap { clause($0) }
  }

  private mutating func clause(_ node: Node) -> ScopeClause? {
    let known = ["exclude", "require", "reason", "needs"]
    guard let members = reader.members(node, "a scope clause", known: known) else { return nil }
    reader.require(["reason"], in: members, of: node, "the scope clause")
    let reason = node["reason"].flatMap { reader.line($0, "reason") } ?? ""
    let needs = node["needs"].flatMap { reader.attributes($0, "needs") } ?? []
    let conditions = members.filter { $0.key == "exclude" || $0.key == "require" }
    guard conditions.count == 1, let condition = conditions.first else {
      reader.note(node, "a scope clause has either \"exclude\" or \"require\"")
      return nil
    }
    guard let expression = reader.expression(condition.value, condition.key) else { return nil }
    return ScopeClause(
      isExclusion: condition.key == "exclude", expression: expression, reason: reason,
      needs: needs)
  }
}
