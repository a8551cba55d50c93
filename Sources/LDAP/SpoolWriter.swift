internal import Bytes

import LibC

/// Writes LDIF (RFC 2849) to a file descriptor: lines folded at 76 bytes, base64 where a value is
/// not a SAFE-STRING.
///
/// A failed write is remembered and thrown by `flush()`, so that the path of a value through here
/// has no other branches than those of the format.
@safe
struct SpoolWriter: ~Copyable {
  private static let lineLength = 76
  private static let roomBeforeWriting = 256 * 1024

  private let descriptor: Int32
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity = 2 * roomBeforeWriting
  private var used = 0
  private var written = 0
  private var writeError: Int32 = 0
  private var encoded: [UInt8] = []

  /// How many bytes have been produced so far, those not flushed yet included.
  var bytes: Int { written + used }

  /// A writer to `descriptor`, which stays the caller's.
  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    unsafe base = .allocate(capacity: capacity)
  }

  deinit {
    unsafe base.deallocate()
  }

  /// Writes `# text`, folded; line breaks and control characters become spaces.
  mutating func comment(_ text: String) {
    ("# " + LDAPError.oneLine(text)).withByteView { fold(.empty, .empty, $0) }
  }

  /// Ends a record.
  mutating func blankLine() { append("") }

  /// Writes `text`, which is a line as it stands.
  mutating func append(_ text: StaticString) {
    fold(.empty, .empty, ByteView(text))
  }

  /// Writes `name: value`, or `name:: base64` where the value needs it.
  mutating func line(_ name: ByteView, _ value: ByteView) {
    guard SafeString.isSafe(value) else {
      Base64Text.encode(value, into: &encoded)
      let text = encoded
      text.withByteView { fold(name, ByteView(":: "), $0) }
      return
    }
    fold(name, value.isEmpty ? ByteView(":") : ByteView(": "), value)
  }

  /// Writes the three parts as one line, folded where it is longer than a line may be.
  private mutating func fold(_ name: ByteView, _ separator: ByteView, _ value: ByteView) {
    let length = name.count + separator.count + value.count
    reserve(length + length / (Self.lineLength - 1) * 2 + 2)
    if length <= Self.lineLength {
      copy(name)
      copy(separator)
      copy(value)
    } else {
      var column = 0
      for part in [name, separator, value] { column = copyFolded(part, from: column) }
    }
    unsafe base[used] = 0x0A
    used += 1
  }

  private mutating func copyFolded(_ part: ByteView, from start: Int) -> Int {
    var column = start
    var next = 0
    while next < part.count {
      if column == Self.lineLength {
        unsafe base[used] = 0x0A
        unsafe base[used + 1] = 0x20
        used += 2
        column = 1
      }
      let length = min(part.count - next, Self.lineLength - column)
      copy(part[next..<next + length])
      next += length
      column += length
    }
    return column
  }

  @inline(__always)
  private mutating func copy(_ part: ByteView) {
    unsafe (base + used).update(from: part.unsafeBase, count: part.count)
    used += part.count
  }

  private mutating func reserve(_ count: Int) {
    if used >= Self.roomBeforeWriting { write() }
    guard capacity - used < count else { return }
    write()
    guard capacity < count else { return }
    unsafe base.deallocate()
    capacity = count
    unsafe base = .allocate(capacity: capacity)
  }

  private mutating func write() {
    var start = 0
    while start < used, writeError == 0 {
      let count = unsafe systemWrite(descriptor, base + start, used - start)
      if count >= 0 {
        start += count
      } else if errno != EINTR {
        writeError = errno
      }
    }
    written += used
    used = 0
  }

  /// Hands everything to the system; throws when that, or a write before, failed.
  mutating func flush(server: String) throws(LDAPError) {
    write()
    guard writeError != 0 else { return }
    let reason = unsafe String(cString: strerror(writeError))
    throw LDAPError(
      .spool, .cannotWrite, server: server,
      summary: "what the server sends cannot be written: \(reason)",
      advice: "make room, or choose another folder for it")
  }
}

/// SAFE-STRING of RFC 2849, and no blank at the end (its note 8).
enum SafeString {
  /// Whether `value` may stand in LDIF as it is.
  static func isSafe(_ value: ByteView) -> Bool {
    guard !value.isEmpty else { return true }
    switch value[0] {
    case 0x20, 0x3A, 0x3C: return false
    default: break
    }
    guard value[value.count - 1] != 0x20 else { return false }
    var index = 0
    while index + 8 <= value.count {
      let word = unsafe UnsafeRawPointer(value.unsafeBase + index)
        .loadUnaligned(as: UInt64.self)
      guard isSafe(word) else { return false }
      index += 8
    }
    while index < value.count {
      let byte = value[index]
      if byte >= 0x80 || byte == 0 || byte == 0x0A || byte == 0x0D { return false }
      index += 1
    }
    return true
  }

  /// Eight bytes at once: none above 127, and none that is NUL, LF or CR.
  @inline(__always)
  private static func isSafe(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    func zeroes(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & tops }
    return word & tops | zeroes(word) | zeroes(word ^ (ones &* 0x0A))
      | zeroes(word ^ (ones &* 0x0D)) == 0
  }
}

/// Base64 (RFC 4648 §4).
enum Base64Text {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Replaces what `text` holds by `value` in base64.
  static func encode(_ value: ByteView, into text: inout [UInt8]) {
    text.removeAll(keepingCapacity: true)
    text.reserveCapacity((value.count + 2) / 3 * 4)
    var index = 0
    while index < value.count {
      let left = value.count - index
      let second = left > 1 ? value[index + 1] : 0
      let third = left > 2 ? value[index + 2] : 0
      text.append(alphabet[Int(value[index] >> 2)])
      text.append(alphabet[Int((value[index] & 3) << 4 | second >> 4)])
      text.append(left > 1 ? alphabet[Int((second & 15) << 2 | third >> 6)] : 0x3D)
      text.append(left > 2 ? alphabet[Int(third & 63)] : 0x3D)
      index += 3
    }
  }
}

/// write(2), under a name that does not hide behind the writer's own.
private func systemWrite(
  _ descriptor: Int32, _ bytes: UnsafePointer<UInt8>, _ count: Int
) -> Int {
  unsafe write(descriptor, bytes, count)
}
