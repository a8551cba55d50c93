import Bytes

/// Names that directories write in a form of their own.
extension DistinguishedName {
  /// The name in `text` without the identifiers before it, where it is one as the control of extended
  /// DNs gives it (MS-ADTS §3.1.1.3.4.1.5) and `ldbsearch --extended-dn`: `<GUID=…>;<SID=…>;CN=…`.
  @inline(__always)
  public static func plain(_ text: ByteView) -> ByteView {
    text.first == UInt8(ascii: "<") ? withoutIdentifiers(text) : text
  }

  private static func withoutIdentifiers(_ text: ByteView) -> ByteView {
    var rest = text
    while rest.first == UInt8(ascii: "<") {
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")), end + 2 < rest.count,
        rest[end + 1] == UInt8(ascii: ";")
      else { return text }
      rest = rest.from(end + 2)
    }
    return rest
  }

  /// Whether `text` is the name of an object that Active Directory has deleted (MS-ADTS §3.1.1.5.5):
  /// its own level holds a line feed and `DEL:`, or it lies in the container of the deleted.
  @inline(__always)
  public static func isOfDeletedObject(_ text: ByteView) -> Bool {
    guard let comma = text.firstIndex(of: UInt8(ascii: ",")) else { return false }
    let name = text.upTo(comma)
    guard !name.contains(UInt8(ascii: "\\")), !name.contains(0x0A) else {
      return isMangled(text) || parent(of: text).map(liesAmongDeleted) ?? false
    }
    let parent = text.from(comma + 1)
    guard parent.count > 3, parent[0] == 0x20 || parent[3] | 0x20 == UInt8(ascii: "d") else {
      return false
    }
    return liesAmongDeleted(parent)
  }

  private static func liesAmongDeleted(_ parent: ByteView) -> Bool {
    let container = ByteView("CN=Deleted Objects")
    let name = parent.trimmed
    return name.count >= container.count
      && name.upTo(container.count).equalsIgnoringASCIICase(container)
      && (name.count == container.count || name[container.count] == UInt8(ascii: ","))
  }

  /// Whether `mark`, which begins with no letter, stands in `name`.
  private static func has(_ mark: ByteView, _ name: ByteView) -> Bool {
    var place = 0
    while let start = name.firstIndex(of: mark[0], from: place),
      start + mark.count <= name.count
    {
      if name[start..<start + mark.count].equalsIgnoringASCIICase(mark) { return true }
      place = start + 1
    }
    return false
  }

  @inline(never)
  private static func isMangled(_ name: ByteView) -> Bool {
    has(ByteView("\\0ADEL:"), name) || has(ByteView("\nDEL:"), name)
  }
}

/// Finds names that are no distinguished names among those of many entries, of which most lie where
/// another one lay.
@safe
public struct NameScreen: ~Copyable {
  /// Enough for the organizational units of a directory that are met again and again.
  private static let places = 256
  /// More is not remembered of names that are all different, in bytes.
  private static let capacity = 64 << 10

  private let arena = ByteArena(blockSize: 4 * 1024)
  /// What stood behind the first comma of names, each in a place that its bytes give.
  private var parents = [ByteView](repeating: .empty, count: places)
  private var remembered = 0

  /// A screen that has seen nothing.
  public init() {}

  /// Why `name` is no distinguished name (RFC 4514); nil when it is one.
  @inline(__always)
  public mutating func fault(of name: ByteView) -> DistinguishedNameError? {
    if let comma = name.firstIndex(of: UInt8(ascii: ",")), comma &+ 9 < name.count {
      let parent = name.from(comma &+ 1)
      if parents[Self.place(parent)] == parent, Self.isPlain(name.upTo(comma)) { return nil }
    }
    return faultOfUnusual(name)
  }

  /// A place for a text of eight bytes or more.
  @inline(__always)
  private static func place(_ parent: ByteView) -> Int {
    let first = unsafe ByteView.word(parent.unsafeBase, 0)
    let middle = unsafe ByteView.word(parent.unsafeBase, (parent.count &- 8) / 2)
    let mixed = (first ^ middle &<< 1 ^ UInt64(parent.count)) &* 0x9E37_79B9_7F4A_7C15
    return Int(mixed &>> 56)
  }

  @inline(never)
  private mutating func faultOfUnusual(_ name: ByteView) -> DistinguishedNameError? {
    var scanner = AssertionScanner(name)
    do throws(DistinguishedNameError) {
      while try scanner.next() != nil {}
    } catch {
      return error
    }
    if let comma = name.firstIndex(of: UInt8(ascii: ",")), comma + 9 < name.count,
      Self.isPlain(name.upTo(comma))
    {
      remember(name.from(comma + 1))
    }
    return nil
  }

  private mutating func remember(_ parent: ByteView) {
    guard parent.count <= Self.capacity / 16 else { return }
    remembered += parent.count
    if remembered > Self.capacity {
      arena.reset()
      parents = [ByteView](repeating: .empty, count: Self.places)
      remembered = parent.count
    }
    parents[Self.place(parent)] = arena.copy(parent)
  }

  /// NUL, `"`, `+` and `;`, a bit for each byte below 64.
  private static let unusual: UInt64 = 1 | 1 << 0x22 | 1 << 0x2B | 1 << 0x3B

  /// Whether `level` is a type and a value in which nothing means anything but itself.
  @inline(__always)
  private static func isPlain(_ level: ByteView) -> Bool {
    guard let equals = level.firstIndex(of: UInt8(ascii: "=")), equals > 0 else { return false }
    for index in 0..<equals where !level[index].isASCIILetter { return false }
    guard equals + 1 < level.count, level[equals + 1] != UInt8(ascii: "#") else { return false }
    let base = unsafe level.unsafeBase
    for index in equals &+ 1..<level.count {
      let byte = unsafe base[index]
      if byte == UInt8(ascii: "\\") || byte < 64 && unusual &>> UInt64(byte) & 1 != 0 {
        return false
      }
    }
    return true
  }
}
