import RuleNodes

/// A folder's pack, examined as a whole: what `rules check` says before it runs the examples.
public struct PackValidation: Sendable {
  /// The pack with what it extends; nil when it could not be loaded at all.
  public let pack: Pack?
  /// The documentation and examples of the folder's own rules that could be read, by id.
  public let documents: [String: RuleDocument]
  /// Everything that is wrong, by file and line; empty for a good pack.
  public let errors: [RulePackError]

  /// Examines the pack in `folder`; packs that it extends come from beside it or from `library`.
  public init(folder: String, library: PackLibrary) {
    var loader = library.loader()
    let pack = loader.folder(folder)
    var errors = loader.errors
    var documents: [String: RuleDocument] = [:]
    let source = PackSource(folder: folder)
    if let manifest = source.manifest {
      errors += Self.disorder(manifest, keys: PackDecoder.keys)
    }
    let rules = pack?.rules.filter { $0.pack == source.name } ?? []
    let byFile = Dictionary(rules.map { ($0.place.file, $0) }, uniquingKeysWith: { $1 })
    for file in source.rules {
      errors += Self.disorder(file, keys: RuleDecoder.keys)
      guard let rule = byFile[file.path] else { continue }
      var decoder = RuleDocumentDecoder(file: file.path)
      documents[rule.id] = decoder.document(file.node, rule)
      errors += decoder.reader.errors
    }
    if let pack {
      errors += rules.compactMap { Self.unreachable($0, scopes: pack.scopes) }
      if source.rules.isEmpty, pack.rules.isEmpty, let manifest = source.manifest {
        errors.append(Self.error(manifest, "the pack has no rules and extends no pack"))
      }
    }
    self.pack = pack
    self.documents = documents
    self.errors = RulePackErrors(errors).errors
  }

  /// Rules are read by people side by side: their keys stand in one order.
  private static func disorder(_ file: PackSource.File, keys: [String]) -> [RulePackError] {
    guard case .mapping(let members) = file.node.content else { return [] }
    var last = (rank: -1, key: "")
    for member in members {
      guard let rank = keys.firstIndex(of: member.key) else { continue }
      if rank < last.rank {
        let place = SourcePlace(file: file.path, line: member.line, column: member.column)
        let message = "the key \"\(member.key)\" belongs before \"\(last.key)\""
        return [RulePackError(place: place, message: message)]
      }
      last = (rank, member.key)
    }
    return []
  }

  /// The error of a rule that looks at objects in scope only, none of which ever are.
  private static func unreachable(
    _ rule: Rule, scopes: [DirectoryKind: ScopeTable]
  ) -> RulePackError? {
    guard rule.scope == .included else { return nil }
    let kinds = rule.directory.map { [$0] } ?? DirectoryKind.allCases
    let reachable = kinds.flatMap { kind in scopes[kind].map { Array($0.keys) } ?? [] }
    if reachable.contains(where: rule.objects.contains) { return nil }
    let message =
      "the rule never fires: the pack's scope includes none of its objects; "
      + "add them to the scope, extend a pack that does, or say \"scope: any\""
    return RulePackError(place: rule.place, message: message)
  }

  private static func error(_ file: PackSource.File, _ message: String) -> RulePackError {
    RulePackError(place: SourcePlace(file: file.path, line: 1, column: 1), message: message)
  }
}

extension PackLibrary {
  /// A loader that takes built-in packs from the library.
  func loader() -> PackLoader { PackLoader(archives: packs) }
}
