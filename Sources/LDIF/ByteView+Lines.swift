import Bytes

/// What lines of LDIF begin with.
extension ByteView {
  /// Whether the line begins with the attribute `name`, in any case, and a colon.
  public func isNamed(_ name: StaticString) -> Bool {
    let length = name.utf8CodeUnitCount
    return count > length && self[length] == 0x3A && upTo(length).equalsIgnoringASCIICase(name)
  }

  /// The bytes that tell whether a line begins a record: a byte order mark, and `dn:`.
  public static let maximumRecordMark = 6

  /// Whether the line begins a record: with `dn:`, in any case, perhaps behind the byte order mark of a file
  /// that was put behind another one.
  public var beginsRecord: Bool {
    let start = byteOrderMarkLength
    return count - start >= 3 && self[start] | 0x20 == 0x64 && self[start + 1] | 0x20 == 0x6E
      && self[start + 2] == 0x3A
  }
}
