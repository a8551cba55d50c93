import Bytes
import Directory

/// One line of an LDIF as it stands, with its folds (RFC 2849, note 2).
struct LogicalLine {
  /// The longest line whose value is read, in bytes as it stands, with its folds. A value goes through
  /// many hands until it is in a report. Active Directory takes no message of more than 10 MiB
  /// (MaxReceiveBuffer of its LDAP policies), which are 14 in Base64.
  static let limit = 16 << 20

  /// Where it begins.
  var start: Int
  /// The content without the line end, folds inside.
  var content: ByteView
  var isFolded: Bool
  /// Where the next line begins.
  var next: Int

  /// Whether it is too long for its value to be read.
  var isTooLong: Bool { content.count > Self.limit }

  /// The line at `start`, or nil when it goes on beyond `bytes`; adds its lines to `lines`.
  @inline(__always)
  static func read(
    _ bytes: ByteView, at start: Int, isEnd: Bool, lines: inout Int
  ) -> LogicalLine? {
    var searchFrom = start
    var isFolded = false
    while true {
      let newline = bytes.firstIndex(of: 0x0A, from: searchFrom)
      guard isEnd || newline != nil else { return nil }
      let end = newline ?? bytes.count
      let next = newline.map { $0 &+ 1 } ?? end
      lines &+= 1
      if next < bytes.count {
        if unsafe bytes.unsafeBase[next] == 0x20 {
          isFolded = true
          searchFrom = next
          continue
        }
      } else if !isEnd {
        return nil
      }
      var contentEnd = end
      if contentEnd > start, unsafe bytes.unsafeBase[contentEnd &- 1] == 0x0D { contentEnd &-= 1 }
      return LogicalLine(
        start: start, content: bytes[start..<contentEnd], isFolded: isFolded, next: next)
    }
  }

  /// The end of the empty line at `position`, or nil when the line there is not empty.
  ///
  /// A carriage return that is the last byte of all (`isEnd`) is an empty line cut in half.
  @inline(__always)
  static func emptyLine(_ bytes: ByteView, at position: Int, isEnd: Bool) -> Int? {
    let first = unsafe bytes.unsafeBase[position]
    if first == 0x0A { return position &+ 1 }
    guard first == 0x0D else { return nil }
    guard position &+ 1 < bytes.count else { return isEnd ? position &+ 1 : nil }
    return unsafe bytes.unsafeBase[position &+ 1] == 0x0A ? position &+ 2 : nil
  }

  /// The length of the attribute's name before the first colon (RFC 2849, `attrval-spec`). Where a fold
  /// stands inside the name, the line is unfolded, also when that does not help.
  mutating func split(into arena: ByteArena) throws(LineFault) -> Int {
    if content.first == 0x20 { throw .continuation }
    var colon = content.firstIndex(of: 0x3A)
    if isFolded, colon.map({ content.upTo($0).contains(0x0A) }) ?? true {
      if isTooLong { throw .tooLong }
      content = Self.unfold(content, into: arena)
      isFolded = false
      colon = content.firstIndex(of: 0x3A)
    }
    guard let colon else { throw .noColon }
    guard AttributeNames.isValid(content.upTo(colon)) else { throw .notAName }
    return colon
  }

  /// What stands after the colon.
  enum FieldValue {
    case text(ByteView)
    case url
    case badBase64
  }

  /// The value from the byte after the first colon on, decoded.
  @inline(__always)
  func value(from start: Int, into arena: ByteArena) -> FieldValue {
    var content = content
    var start = start
    if isFolded { content = Self.unfold(content, into: arena) }
    var isBase64 = false
    if start < content.count {
      let mark = unsafe content.unsafeBase[start]
      if mark == 0x3A {
        isBase64 = true
        start &+= 1
      } else if mark == 0x3C {
        return .url
      }
    }
    while start < content.count, unsafe content.unsafeBase[start] == 0x20 { start &+= 1 }
    let text = content.from(start)
    guard isBase64 else { return .text(text) }
    guard let decoded = Base64.decode(text, into: arena) else { return .badBase64 }
    return .text(decoded)
  }

  /// The content without its line folds.
  func unfolded(into arena: ByteArena) -> ByteView {
    isFolded ? Self.unfold(content, into: arena) : content
  }

  /// `content` without its line folds (a line end and one space).
  static func unfold(_ content: ByteView, into arena: ByteArena) -> ByteView {
    unsafe arena.make(capacity: content.count) { target in
      var written = 0
      var position = 0
      while position < content.count {
        let newline = content.firstIndex(of: 0x0A, from: position) ?? content.count
        var end = newline
        if end > position, newline < content.count, content[end - 1] == 0x0D { end -= 1 }
        let piece = content[position..<end]
        unsafe (target + written).update(from: piece.unsafeBase, count: piece.count)
        written += piece.count
        position = newline + 2
      }
      return written
    }
  }

  /// The beginning of the line, for errors. `before` is what stands before it in its block: a value
  /// that was pasted over two lines goes on without its attribute's name, and is masked as well.
  func shown(after before: ByteView) -> [UInt8] {
    Self.endsWithSecret(before) ? Array(SecretLine.mask.utf8) : Self.shown(content)
  }

  /// The beginning of `line`, for errors, without what is a secret.
  static func shown(_ line: ByteView) -> [UInt8] {
    let raw = beginning(of: line)
    return SecretLine.masked(raw) ?? raw
  }

  private static func beginning(of line: ByteView) -> [UInt8] {
    line.upTo(min(line.count, LDIFError.maximumRaw)).array
  }

  /// Comments that are looked at before the last line that is none: there may be millions.
  private static let lookBehind = 16

  /// Whether the last line of `bytes` that is no comment, folds inside, names a secret, or a comment
  /// behind it does.
  private static func endsWithSecret(_ bytes: ByteView) -> Bool {
    var end = bytes.count
    var comments = 0
    while end > 0 {
      var start = end
      repeat {
        start -= 1
        while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
      } while start > 0 && bytes[start] == 0x20
      let isComment = bytes[start] == 0x23
      comments += isComment ? 1 : 0
      if !isComment || comments <= lookBehind,
        SecretLine.masked(beginning(of: bytes[start..<end])) != nil
      {
        return true
      }
      guard isComment else { return false }
      end = start
    }
    return false
  }
}
