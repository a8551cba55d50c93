import Bytes
import Directory

/// The attribute descriptions met so far, each resolved once to what the run wants of it.
///
/// An export repeats the same few dozen descriptions in much the same order, so each remembers
/// which other one followed it last: most look-ups are one or two comparisons. Descriptions beyond
/// `maximumKnown` (a hostile file may make every name differ) are resolved each time.
struct AttributeNames: ~Copyable {
  /// What a description means to the run.
  struct Meaning {
    /// The attribute, or nil when the run does not need it.
    var attribute: AttributeID?
    var isCountOnly = false
    /// `;range=0-1499`: not all values are there.
    var isPartialRange = false
    var isDN = false
    var isControlLine = false
    /// Its values are GUIDs or SIDs, which a tool may write as text.
    var isIdentifier = false
  }

  private struct Known {
    var name: ByteView
    var meaning: Meaning
    var successor: Int32 = -1
  }

  /// What stands before the first line of a record; no line begins with it.
  static let start: Int32 = 0

  static let maximumKnown = 4096
  /// Longer descriptions are not remembered, in bytes: real ones have fewer than a hundred.
  static let maximumLength = 256

  private let table: AttributeTable
  private let needed: NeededNames
  let identifiers: TextIdentifiers
  private let arena = ByteArena(blockSize: 16 * 1024)
  private var known: [Known] = [Known(name: .empty, meaning: Meaning())]
  private var buckets = [Int32](repeating: -1, count: 16384)
  private let hash = KeyedHash()

  init(table: AttributeTable) {
    self.table = table
    needed = NeededNames(table)
    identifiers = TextIdentifiers(table)
  }

  /// The number of the description that `line` begins with, guessed from the one before it.
  ///
  /// `previous` is the number of the line before, or `start`. Returns nil when neither guess holds:
  /// the description that followed last time, and the same again (a further value).
  @inline(__always)
  func guess(_ line: ByteView, after previous: Int32) -> Int32? {
    let successor = known[Int(previous)].successor
    if successor >= 0, matches(line, successor) { return successor }
    return previous != Self.start && matches(line, previous) ? previous : nil
  }

  @inline(__always)
  private func matches(_ line: ByteView, _ number: Int32) -> Bool {
    let name = known[Int(number)].name
    guard line.count > name.count, unsafe line.unsafeBase[name.count] == 0x3A else { return false }
    return unsafe ByteView.equal(line.unsafeBase, name.unsafeBase, name.count)
  }

  /// The length of the name of number `number`.
  @inline(__always)
  func length(_ number: Int32) -> Int { known[Int(number)].name.count }

  @inline(__always)
  func meaning(_ number: Int32) -> Meaning { known[Int(number)].meaning }

  /// Remembers that `next` followed `previous`; not when it is the same, which is guessed anyhow.
  @inline(__always)
  mutating func follow(_ previous: Int32, with next: Int32) {
    if previous != next { known[Int(previous)].successor = next }
  }

  /// Forgets what records begin with, so that nothing is guessed after `start`.
  mutating func forgetStart() { known[0].successor = -1 }

  /// The number of the description `name`, or -1 when it is too long or too many are known.
  mutating func number(_ name: ByteView) -> Int32 {
    guard name.count <= Self.maximumLength else { return -1 }
    let bucketMask = UInt64(buckets.count - 1)
    var bucket = Int(hash.exact(name, tag: 0) & bucketMask)
    while buckets[bucket] >= 0 {
      let number = buckets[bucket]
      if known[Int(number)].name == name { return number }
      bucket = (bucket + 1) & Int(bucketMask)
    }
    guard known.count < Self.maximumKnown else { return -1 }
    known.append(Known(name: arena.copy(name), meaning: resolve(name)))
    buckets[bucket] = Int32(known.count - 1)
    return Int32(known.count - 1)
  }

  /// What `name` (RFC 4512 §2.5: a type and options after semicolons) means to the run.
  func resolve(_ name: ByteView) -> Meaning {
    let end = name.firstIndex(of: 0x3B) ?? name.count
    var meaning = Meaning()
    if let type = AttributeDescription.type(of: name), let attribute = needed.find(type) {
      meaning.attribute = attribute
      meaning.isIdentifier = identifiers.holds(attribute)
      if case .count = table.needs[Int(attribute.index)] { meaning.isCountOnly = true }
      if end < name.count { meaning.isPartialRange = Self.isPartialRange(name) }
    }
    meaning.isDN = name.equalsIgnoringASCIICase(ByteView("dn"))
    meaning.isControlLine =
      name.equalsIgnoringASCIICase(ByteView("changetype"))
      || name.equalsIgnoringASCIICase(ByteView("control"))
    return meaning
  }

  /// Whether `name` is an attribute description: letters, digits, `-`, `.`, `_`, and options.
  static func isValid(_ name: ByteView) -> Bool {
    guard let first = name.first, first.isASCIILetter || first.isASCIIDigit else { return false }
    return name.allSatisfy(isNameByte)
  }

  /// Whether `name`, which is no description, has at least the shape of one: no blanks and no control
  /// characters.
  static func isOdd(_ name: ByteView) -> Bool {
    !name.isEmpty && name.count <= maximumLength && name.allSatisfy { $0 > 0x20 && $0 != 0x7F }
  }

  /// Whether a description may have `byte`: `=` and `*` stand in `;range=0-*`.
  @inline(__always)
  static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2D || byte == 0x2E || byte == 0x3B
      || byte == 0x5F || byte == 0x3D || byte == 0x2A
  }

  /// Whether the description `name` says that not all values are there (`;range=0-1499`).
  static func isPartialRange(_ name: ByteView) -> Bool {
    var rest = name
    while let start = rest.firstIndex(of: 0x3B) {
      rest = rest.from(start + 1)
      let option = rest.upTo(rest.firstIndex(of: 0x3B) ?? rest.count)
      if option.count > 6, option.upTo(6).equalsIgnoringASCIICase(ByteView("range=")),
        option.from(6) != ByteView("0-*")
      {
        return true
      }
    }
    return false
  }

  /// Whether the description `name` says that not all values are there.
  static func isPartialRange(_ name: String) -> Bool { name.withByteView { isPartialRange($0) } }
}
