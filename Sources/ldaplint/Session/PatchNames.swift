import Bytes
import Directory
import Repairs

/// What the files of a plan are called.
struct PatchNames {
  /// A patch and its undo, which may be missing; `-` is standard output.
  struct Pair {
    var patch: String
    var undo: String?
  }

  private let output: String
  /// Nil for a name after the patch's, empty for no undo.
  private let undo: String?
  private let splitBy: SplitBy?
  /// What names end with, `.ldif`.
  private let suffix: String

  /// The longest part of a name that the directory chooses, in bytes: names have 255 at most.
  private static let longest = 100

  /// Names after `output` and `undo`, as the command has them, that end with `suffix`.
  init(output: String, undo: String?, splitBy: SplitBy?, suffix: String) throws {
    guard splitBy == nil || output != "-" else {
      throw Failure("--split-by needs a file name, not -")
    }
    self.output = output
    self.undo = undo
    self.splitBy = splitBy
    self.suffix = suffix
  }

  /// The files of a plan that is not split; nil of one that is.
  var single: Pair? {
    guard splitBy == nil else { return nil }
    guard let undo else {
      return Pair(patch: output, undo: output == "-" ? nil : undo(of: output))
    }
    return Pair(patch: output, undo: undo.isEmpty ? nil : undo)
  }

  /// The files of a plan that is split, and which of `objects` go to each.
  ///
  /// The directory chooses the names; they are made such that no two are the same, whatever it chooses.
  func split(_ objects: [ObjectEdit], sources: [String]) -> [(names: Pair, objects: [ObjectEdit])] {
    var used: Set<String> = []
    return groups(objects, sources: sources).map { key, part in
      let safe = Self.fileSafe(key)
      var number = 1
      var names = pair(safe)
      while [names.patch, names.undo].contains(where: { used.contains($0?.lowercased() ?? "") }) {
        number += 1
        names = pair("\(safe)-\(number)")
      }
      for case let name? in [names.patch, names.undo] { used.insert(name.lowercased()) }
      return (names, part)
    }
  }

  private func pair(_ key: String) -> Pair {
    let patch = inserted(key, in: output)
    guard let undo else { return Pair(patch: patch, undo: undo(of: patch)) }
    return Pair(patch: patch, undo: undo.isEmpty ? nil : inserted(key, in: undo))
  }

  /// The objects by what they are split by, in the order in which that comes up.
  private func groups(
    _ objects: [ObjectEdit], sources: [String]
  ) -> [(key: String, objects: [ObjectEdit])] {
    var order: [String] = []
    var groups: [String: [ObjectEdit]] = [:]
    for object in objects {
      let key =
        splitBy == .source
        ? "\(object.source + 1)-\(withoutExtension(sources[object.source]))"
        : Self.domain(of: object.dn) ?? "no-domain"
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(object)
    }
    return order.map { ($0, groups[$0] ?? []) }
  }

  /// The domain of the object called `dn`, in small letters: names of domains are the same in any.
  private static func domain(of dn: [UInt8]) -> String? {
    let arena = ByteArena(blockSize: 1024)
    // The view that comes back lives in the arena.
    return withExtendedLifetime(arena) {
      dn.withByteView { DistinguishedName.domainName(of: $0, into: arena)?.string.lowercased() }
    }
  }

  /// `patch.ldif` → `patch.undo.ldif`.
  private func undo(of path: String) -> String { inserted("undo", in: path) }

  private func inserted(_ word: String, in path: String) -> String {
    "\(withoutExtension(path)).\(word)\(suffix)"
  }

  private func withoutExtension(_ path: String) -> String {
    for suffix in [suffix, ".ldif"] where path.hasSuffix(suffix) {
      return String(path.dropLast(suffix.utf8.count))
    }
    return path
  }

  /// `text` with only characters that every file system takes, and no more of them than a name has.
  private static func fileSafe(_ text: String) -> String {
    let safe = text.map {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "_"
    }
    guard safe.count > longest else { return String(safe) }
    let hash = text.withByteView { SHA256.hash($0).hexadecimal() }
    return "\(String(safe.prefix(longest - 9)))-\(hash.prefix(8))"
  }
}
