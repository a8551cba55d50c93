import Bytes
import System

/// Loads packs with what they extend; each pack is decoded once however often it is asked for.
struct PackLoader {
  /// What is wrong with everything loaded so far.
  private(set) var errors: [RulePackError] = []
  /// The files of all folders loaded so far.
  private(set) var files: [String] = []
  private let archives: [String: [String: String]]
  /// By name for built-in packs, by path for folders; nil for those that could not be loaded.
  private var loaded: [String: Pack?] = [:]
  /// The packs that are being loaded, outermost first, to find cycles.
  private var path: [(key: String, name: String)] = []

  init(archives: [String: [String: String]]) { self.archives = archives }

  /// The pack that `reference` names: a path when it has a slash in it or is an existing folder
  /// that is no built-in pack, else the name of a built-in pack.
  mutating func pack(_ reference: String) -> Pack? {
    if archives[reference] != nil { return builtin(reference) }
    if reference.contains("/") || Folder.exists(reference) { return folder(reference) }
    let hint = NearestName.hint(reference, in: archives.keys.sorted())
    note(
      SourcePlace(file: reference, line: 1, column: 1),
      "neither a built-in pack nor a folder is called \"\(reference)\"\(hint)")
    return nil
  }

  /// The built-in pack called `name`, which exists.
  private mutating func builtin(_ name: String) -> Pack? {
    let files = archives[name] ?? [:]
    return load(key: name) { PackSource(name: name, archives: files) }
  }

  /// The pack in the folder at `path`.
  mutating func folder(_ path: String) -> Pack? {
    load(key: Folder.realPath(path)) { PackSource(folder: path) }
  }

  private mutating func load(key: String, _ source: () -> PackSource) -> Pack? {
    if let pack = loaded[key] { return pack }
    let source = source()
    files += source.files
    path.append((key, source.name))
    defer { path.removeLast() }
    let pack = decode(source)
    loaded.updateValue(pack, forKey: key)
    return pack
  }

  private mutating func decode(_ source: PackSource) -> Pack? {
    errors += source.errors
    let rules = rules(source)
    guard let file = source.manifest else { return nil }
    var decoder = PackDecoder(file: file.path, pack: source.name)
    let manifest = decoder.manifest(file.node)
    errors += decoder.reader.errors
    var pack = Pack(
      name: source.name, title: manifest.title, version: manifest.version, notes: manifest.notes,
      parameters: manifest.parameters, scopes: manifest.scopes, rules: rules)
    let bases = manifest.extends.map { base($0, of: source) }
    pack.setTrims(manifest.trims ?? bases.contains { $0?.trims ?? false })
    for base in bases.reversed() {
      if let base { pack.extend(base) }
    }
    errors += pack.duplicates() + pack.orderErrors()
    pack.rules.sort { $0.id < $1.id }
    return pack
  }

  private mutating func rules(_ source: PackSource) -> [Rule] {
    var rules: [Rule] = []
    rules.reserveCapacity(source.rules.count)
    for file in source.rules {
      var decoder = RuleDecoder(
        file: file.path, fileName: file.name, pack: source.name, isStripped: source.folder == nil)
      if let rule = decoder.rule(file.node) { rules.append(rule) }
      errors += decoder.reader.errors
    }
    return rules
  }

  /// The pack that `source` extends: the folder beside its own if there is one, so that packs
  /// that are developed together see each other, else the built-in pack.
  private mutating func base(
    _ reference: PackManifest.Reference, of source: PackSource
  ) -> Pack? {
    let beside = source.folder.map {
      Folder.realPath(Folder.split($0).parent + "/" + reference.name)
    }
    let isBeside =
      !reference.name.contains("/")
      && beside.map { ReadableFile.isRegular(path: $0 + "/pack.yaml") } == true
    let key = isBeside ? beside ?? reference.name : reference.name
    if let start = path.firstIndex(where: { $0.key == key }) {
      let circle = (path[start...].map(\.name) + [reference.name]).joined(separator: " → ")
      note(reference.place, "packs extend each other in a circle: \(circle)")
      return nil
    }
    if isBeside, let beside { return folder(beside) }
    guard archives[reference.name] != nil else {
      let hint = NearestName.hint(reference.name, in: archives.keys.sorted())
      note(reference.place, "there is no pack called \"\(reference.name)\"\(hint)")
      return nil
    }
    return builtin(reference.name)
  }

  private mutating func note(_ place: SourcePlace, _ message: String) {
    errors.append(RulePackError(place: place, message: message))
  }
}
