import Bytes
import Checks
import Directory
import LDIF
import RulePacks

/// A first look at a source: what kind of directory it is and what its objects carry.
struct SourceProbe {
  /// How many objects decide about the kind.
  private static let objectsForKind = 1000
  /// How many chunks are looked at.
  private static let chunks = 4

  var kind: DirectoryKind
  var inventory: AttributeInventory
  /// The attributes that the head of a saved snapshot says were asked for.
  var requested: [String]?

  /// Looks at the beginning of `source`. Throws when it cannot be read.
  init(_ source: LintSource, ruleSet: RuleSet) throws(SystemError) {
    var marks = ruleSet.table
    let signs = ["sAMAccountName", "objectSid", "objectGUID"].map { marks.need($0) }
    let entry = Entry(table: marks)
    var reader = ChunkReader(
      file: source.input.file, table: marks, firstByte: source.input.firstByte)
    var seen = AttributeInventory(count: marks.count)
    var objects = 0
    var isActiveDirectory = false
    let last = min(Self.chunks, ChunkReader.chunkCount(size: source.input.file.size))
    for number in 0..<last {
      _ = try reader.read(chunk: number, into: entry) { _, _, outcome, _ in
        guard case .entry = outcome else { return true }
        objects += 1
        entry.forEachPresent { seen.insert($0) }
        if objects <= Self.objectsForKind, signs.contains(where: entry.has) {
          isActiveDirectory = true
        }
        return true
      }
    }
    requested = try Self.requestedAttributes(source)
    kind = source.kind ?? (isActiveDirectory || objects == 0 ? .ad : .ldap)
    inventory = seen
    for name in source.requestedAttributes ?? requested ?? [] {
      if let attribute = ruleSet.table.find(name) { inventory.insert(attribute) }
    }
  }

  /// What is said of a source that cannot be read.
  init(kind: DirectoryKind, attributes: Int) {
    self.kind = kind
    inventory = AttributeInventory(count: attributes)
  }

  /// The comment with which a saved snapshot names the attributes that were asked for.
  static let requestedMark = "# ldaplint-attributes: "

  private static func requestedAttributes(_ source: LintSource) throws(SystemError) -> [String]? {
    let window = FileWindow(file: source.input.file, capacity: 16 << 10)
    try window.load(at: source.input.firstByte, count: 16 << 10)
    var start = 0
    while start < window.bytes.count, window.bytes[start] == 0x23 {
      var end = window.bytes.firstIndex(of: 0x0A, from: start) ?? window.bytes.count
      // The list is folded like any long line.
      while end + 1 < window.bytes.count, window.bytes[end + 1] == 0x20 {
        end = window.bytes.firstIndex(of: 0x0A, from: end + 1) ?? window.bytes.count
      }
      let line = String(decoding: window.bytes[start..<end], as: UTF8.self)
        .split(separator: "\n").enumerated()
        .map { $0.offset == 0 ? $0.element : $0.element.dropFirst() }.joined()
      if line.hasPrefix(requestedMark) {
        return line.dropFirst(requestedMark.count).split(separator: " ").map(String.init)
      }
      start = end + 1
    }
    return nil
  }
}
