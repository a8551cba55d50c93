import RuleNodes

/// Where packs come from: the built-in ones by name, and folders.
public struct PackLibrary: Sendable {
  let packs: [String: [String: String]]
  private let documents: @Sendable () -> [String: [String: String]]

  /// A library of built-in packs: for each pack's name its files' archives by file name.
  ///
  /// `packs` may lack `why`, `references` and `examples`; `documents` has the files as they are.
  /// The module BuiltinRules has both tables.
  public init(
    packs: [String: [String: String]],
    documents: @autoclosure @escaping @Sendable () -> [String: [String: String]]
  ) {
    self.packs = packs
    self.documents = documents
  }

  /// The names of the built-in packs, sorted.
  public var names: [String] { packs.keys.sorted() }

  /// The pack that `reference` names, with what it extends: the name of a built-in pack, or a
  /// folder (a reference with a slash in it, or that is no built-in pack and exists).
  ///
  /// - Throws: everything that is wrong with it.
  public func pack(_ reference: String) throws(RulePackErrors) -> Pack {
    var loader = PackLoader(archives: packs)
    let pack = loader.pack(reference)
    guard loader.errors.isEmpty, let pack else { throw RulePackErrors(loader.errors) }
    return pack
  }

  /// The packs that `references` name, merged for one run.
  ///
  /// - Throws: everything that is wrong with them, and ids or names that two rules share.
  public func packs(_ references: [String]) throws(RulePackErrors) -> PackSet {
    var loader = PackLoader(archives: packs)
    var packs: [Pack] = []
    var seen: Set<String> = []
    for reference in references where seen.insert(reference).inserted {
      if let pack = loader.pack(reference) { packs.append(pack) }
    }
    guard loader.errors.isEmpty else { throw RulePackErrors(loader.errors) }
    var set = PackSet(packs)
    set.files = loader.files
    let duplicates = set.merged.duplicates()
    guard duplicates.isEmpty else { throw RulePackErrors(duplicates) }
    return set
  }

  /// Every built-in pack, each with what it extends, by name.
  ///
  /// - Throws: everything that is wrong with them.
  public func builtinPacks() throws(RulePackErrors) -> [Pack] {
    var loader = PackLoader(archives: packs)
    let all = names.compactMap { loader.pack($0) }
    guard loader.errors.isEmpty else { throw RulePackErrors(loader.errors) }
    return all
  }

  /// The documentation and examples of `rule`, read from where the rule came from.
  ///
  /// - Throws: everything that is wrong with them.
  public func document(_ rule: Rule) throws(RulePackErrors) -> RuleDocument {
    var decoder = RuleDocumentDecoder(file: rule.place.file)
    let document = decoder.document(try node(rule), rule)
    guard decoder.reader.errors.isEmpty, let document else {
      throw RulePackErrors(decoder.reader.errors)
    }
    return document
  }

  /// The whole file of `rule`.
  private func node(_ rule: Rule) throws(RulePackErrors) -> Node {
    let file = rule.name + ".yaml"
    guard rule.place.file == "\(rule.pack)/\(file)", let archive = documents()[rule.pack]?[file]
    else {
      do throws(RulePackError) {
        return try PackSource.read(rule.place.file)
      } catch {
        throw RulePackErrors([error])
      }
    }
    do throws(NodeArchive.Malformed) {
      return try NodeArchive.decode(archive)
    } catch {
      throw RulePackErrors(rule.place, error.description)
    }
  }
}
