import Bytes
import Directory

/// One line of an LDIF as it stands, with its folds (RFC 2849, note 2).
///
/// A line ends with LF and any CRs before it: files that went through a conversion of line ends twice
/// have CR CR LF. It goes on where the next begins with a blank or, as some tools have it, a tab.
struct LogicalLine {
  /// The longest line whose value is read, in bytes as it stands, with its folds. A value goes through
  /// many hands until it is in a report. Active Directory takes no message of more than 10 MiB
  /// (MaxReceiveBuffer of its LDAP policies), which are 14 in Base64.
  static let limit = 16 << 20
  /// CRs that an empty line may have: how far what stands before a line must be known.
  static let maximumReturns = 15
  /// How far lines of blanks before a record are looked at, in bytes.
  private static let maximumBlanks = 64

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
        if unsafe bytes.unsafeBase[next] <= 0x20 {
          guard let goesOn = goesOn(bytes, at: next, isEnd: isEnd) else { return nil }
          if goesOn {
            isFolded = true
            searchFrom = next
            continue
          }
        }
      } else if !isEnd {
        return nil
      }
      var contentEnd = end
      if contentEnd > start, unsafe bytes.unsafeBase[contentEnd &- 1] == 0x0D {
        contentEnd &-= 1
        while contentEnd > start, unsafe bytes.unsafeBase[contentEnd &- 1] == 0x0D {
          contentEnd &-= 1
        }
      }
      return LogicalLine(
        start: start, content: bytes[start..<contentEnd], isFolded: isFolded, next: next)
    }
  }

  /// Whether a line that begins with `byte` goes on with the one before it.
  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Whether what stands at `position`, behind a line's end, goes on with the line: it begins with a
  /// blank, and it is no line of blanks before a record. Nil when `bytes` end before that is known.
  @inline(never)
  private static func goesOn(_ bytes: ByteView, at position: Int, isEnd: Bool) -> Bool? {
    guard isBlank(bytes[position]) else { return false }
    if position + 1 < bytes.count, bytes[position + 1] > 0x20 { return true }
    return isBlankUpToDN(bytes, at: position, isEnd: isEnd).map { !$0 }
  }

  /// Whether there are only blanks from `start` on, perhaps in several lines, and then a record begins.
  private static func isBlankUpToDN(_ bytes: ByteView, at start: Int, isEnd: Bool) -> Bool? {
    var position = start
    var isAtStart = true
    while position < bytes.count {
      guard position - start < maximumBlanks else { return false }
      let byte = bytes[position]
      if isAtStart, !isBlank(byte) {
        let isWhole = isEnd || bytes.count - position >= ByteView.maximumRecordMark
        return isWhole ? bytes.from(position).beginsRecord : nil
      }
      isAtStart = byte == 0x0A
      guard isAtStart || isBlank(byte) || byte == 0x0D else { return false }
      position += 1
    }
    return isEnd ? false : nil
  }

  /// Whether it is the first line of a record.
  var beginsRecord: Bool { content.beginsRecord }

  /// The line without a byte order mark at its beginning, which is where a file began that was put behind
  /// another one.
  var withoutMark: LogicalLine {
    var line = self
    line.content = content.from(content.byteOrderMarkLength)
    return line
  }

  /// Whether it can only be the rest of a comment: ldapsearch names entries in comments with their line
  /// breaks as they are, which those of deleted objects and of replication conflicts have in their RDN.
  var isRestOfComment: Bool {
    content.count > 4 && (content.upTo(4) == "CNF:" || content.upTo(4) == "DEL:")
  }

  /// Whether there are only blanks in it, which separate records as an empty line does.
  var hasOnlyBlanks: Bool { content.first.map(Self.isBlank) ?? false && content.trimmed.isEmpty }

  /// The end of the empty line at `position`, or nil when the line there is not empty.
  ///
  /// Carriage returns that are the last bytes of all (`isEnd`) are an empty line cut in half.
  @inline(__always)
  static func emptyLine(_ bytes: ByteView, at position: Int, isEnd: Bool) -> Int? {
    let first = unsafe bytes.unsafeBase[position]
    if first == 0x0A { return position &+ 1 }
    return first == 0x0D ? emptyLine(bytes, ofReturns: position, isEnd: isEnd) : nil
  }

  @inline(never)
  private static func emptyLine(_ bytes: ByteView, ofReturns start: Int, isEnd: Bool) -> Int? {
    var position = start
    while position < bytes.count, position - start < maximumReturns, bytes[position] == 0x0D {
      position += 1
    }
    guard position < bytes.count else { return isEnd ? position : nil }
    return bytes[position] == 0x0A ? position + 1 : nil
  }

  /// Whether the bytes from `position` on, perhaps with more behind them, may be a line that is empty.
  static func mayBeEmpty(_ bytes: ByteView, from position: Int) -> Bool {
    bytes.count - position <= maximumReturns && bytes.from(position).allSatisfy { $0 == 0x0D }
  }

  /// The length of the attribute's name before the first colon (RFC 2849, `attrval-spec`). Where a fold
  /// stands inside the name, the line is unfolded, also when that does not help.
  mutating func split(into arena: ByteArena) throws(LineFault) -> Int {
    if content.first.map(Self.isBlank) ?? false { throw .continuation }
    var colon = content.firstIndex(of: 0x3A)
    if isFolded, colon.map({ content.upTo($0).contains(0x0A) }) ?? true {
      if isTooLong { throw .tooLong }
      content = Self.unfold(content, into: arena)
      isFolded = false
      colon = content.firstIndex(of: 0x3A)
    }
    guard let colon else { throw .noColon }
    guard AttributeNames.isValid(content.upTo(colon)) else {
      throw AttributeNames.isOdd(content.upTo(colon)) && isFieldMark(at: colon + 1)
        ? .oddName(length: colon) : .notAName
    }
    return colon
  }

  /// Whether what stands at `position`, behind a colon, is what follows the colon of a name.
  private func isFieldMark(at position: Int) -> Bool {
    position == content.count || [0x20, 0x3A, 0x3C].contains(content[position])
  }

  /// What is to be remarked of a line of the attribute `name` whose bytes are not UTF-8, as everything in
  /// LDIF must be; nil when they are. Octets that a tool left as they are, are no text.
  func damage(name: String, _ arena: ByteArena) -> RecordRemark.Kind? {
    guard content.hasHighByte else { return nil }
    let content = isFolded ? Self.unfold(content, into: arena) : content
    guard !content.isUTF8, Schema.find(Schema.name(name))?.kind != .bytes else { return nil }
    // Letters with accents are 80 to A5 there, and C0 to FF here.
    let low = content.count { $0 >= 0x80 && $0 < 0xA6 }
    let high = content.count { $0 >= 0xC0 }
    return .notUTF8(isOfDOS: low > high)
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

  /// `content` without its line folds (a line end and one blank or tab).
  static func unfold(_ content: ByteView, into arena: ByteArena) -> ByteView {
    unsafe arena.make(capacity: content.count) { target in
      var written = 0
      var position = 0
      while position < content.count {
        let newline = content.firstIndex(of: 0x0A, from: position) ?? content.count
        var end = newline
        while newline < content.count, end > position, content[end - 1] == 0x0D { end -= 1 }
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
      } while start > 0 && isBlank(bytes[start])
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
