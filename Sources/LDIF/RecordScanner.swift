import Bytes
import Directory

/// Reads the records of an LDIF (RFC 2849) one after the other.
///
/// A block is a run of lines without an empty one: a record, and perhaps more where a tool leaves out
/// the empty lines between them. The scanner keeps nothing from record to record but the names of
/// attributes; where a block begins and ends depends on the bytes alone, so that any number of scanners
/// can share one file.
public struct RecordScanner: ~Copyable {
  private var names: AttributeNames
  /// Whether values are looked at that may not be UTF-8.
  private var looksAtText = false
  /// What the last `scan` passed over in a good record.
  public private(set) var remarks: [RecordRemark] = []
  /// How many lines the last `scan` has gone past, with the empty lines after the record.
  public private(set) var lines = 0
  /// Where the next record begins, after the last `scan`.
  public private(set) var next = 0
  /// Whether that is in the same block.
  public private(set) var blockGoesOn = false

  /// A scanner for the attributes of `table`.
  public init(table: AttributeTable) {
    names = AttributeNames(table: table)
  }

  /// Reads the record that begins at `start` in `bytes` into `entry`. It ends at an empty line, or where
  /// the next begins: what is wrong with one costs nothing beside it.
  ///
  /// `offset` is the offset of `bytes` in the source, for errors; `isEnd` says that nothing
  /// follows `bytes`. When the record goes on beyond, the outcome is `.incomplete` and the call is
  /// to be repeated with more bytes.
  public mutating func scan(
    _ bytes: ByteView, at start: Int, offset: Int, isEnd: Bool, into entry: Entry
  ) -> RecordOutcome {
    looksAtText = false
    let outcome = take(bytes, from: start, offset: offset, isEnd: isEnd, into: entry)
    guard case .entry = outcome, entry.record.hasHighByte, !entry.record.isUTF8 else {
      return outcome
    }
    // Once more, with a look at each value: mostly none or one is damaged.
    looksAtText = true
    names.forgetStart()
    return take(bytes, from: start, offset: offset, isEnd: isEnd, into: entry)
  }

  /// Reads the record as it is; see `scan`.
  private mutating func take(
    _ bytes: ByteView, from start: Int, offset: Int, isEnd: Bool, into entry: Entry
  ) -> RecordOutcome {
    if !remarks.isEmpty { remarks.removeAll(keepingCapacity: true) }
    lines = 0
    blockGoesOn = false
    entry.arena.reset()
    var position = start
    var previous = AttributeNames.start
    var state = RecordState()
    while true {
      if position >= bytes.count {
        guard isEnd else { return .incomplete }
        next = position
        break
      }
      if let after = LogicalLine.emptyLine(bytes, at: position, isEnd: isEnd) {
        guard let following = skipEmptyLines(bytes, from: after, isEnd: isEnd)
        else { return .incomplete }
        next = following
        break
      }
      guard let line = LogicalLine.read(bytes, at: position, isEnd: isEnd, lines: &lines)
      else { return .incomplete }
      if state.error != nil {
        if line.beginsRecord { state.isOver = true }
      } else if let number = names.guess(line.content, after: previous) {
        if number != previous {
          names.follow(previous, with: number)
          previous = number
        }
        take(line, number, offset: offset, state: &state, entry: entry)
      } else {
        takeUnguessed(line, offset: offset, previous: &previous, state: &state, entry: entry)
      }
      if state.isOver {
        if position != state.separated { remark(.noEmptyLine, line, 0, offset) }
        lines -= 1 + (line.isFolded ? line.content.newlineCount : 0)
        next = position
        blockGoesOn = true
        break
      }
      position = line.next
    }
    guard var error = state.error else {
      if state.hasDN { entry.record = bytes[start..<position] }
      if state.hasTextIdentifier { names.identifiers.read(entry) }
      return state.isChange ? .change : state.hasDN ? .entry : .nothing
    }
    // Only now: lines are not counted one by one for what is nearly never needed.
    let before = bytes[start..<(error.byteOffset - offset)]
    error.line = before.newlineCount
    if let (fault, line) = state.fault {
      error.reason = fault.reason(of: line.content, after: before)
      error.raw = line.shown(after: before)
      if let place = fault.place(after: before) {
        error.byteOffset = offset + start + place
        error.line = before.upTo(place).newlineCount
        error.raw = LogicalLine.shown(before.from(place).firstLine)
      }
    }
    return .malformed(error)
  }

  // MARK: Lines

  /// Counts the empty line before `position` and those from there on.
  private mutating func skipEmptyLines(_ bytes: ByteView, from position: Int, isEnd: Bool) -> Int? {
    var position = position
    lines &+= 1
    while position < bytes.count {
      if !isEnd, bytes[position] == 0x0D, LogicalLine.mayBeEmpty(bytes, from: position) {
        return nil
      }
      guard let after = LogicalLine.emptyLine(bytes, at: position, isEnd: isEnd) else {
        return position
      }
      lines &+= 1
      position = after
    }
    return isEnd ? position : nil
  }

  // MARK: Fields

  /// Takes over a line whose name is that of number `number`.
  @inline(__always)
  private mutating func take(
    _ line: LogicalLine, _ number: Int32, offset: Int, state: inout RecordState, entry: Entry
  ) {
    let meaning = names.meaning(number)
    guard meaning.attribute != nil || !state.hasDN || meaning.isDN || meaning.isControlLine else {
      passOver(line, nameLength: names.length(number), offset: offset, &state)
      return
    }
    if meaning.isDN, state.begins(with: line) { return }
    take(
      line, nameLength: names.length(number), meaning: meaning, offset: offset, state: &state,
      entry: entry)
  }

  /// The first line of a block, comments, and a name that did not follow the one before it.
  @inline(never)
  private mutating func takeUnguessed(
    _ line: LogicalLine, offset: Int, previous: inout Int32, state: inout RecordState, entry: Entry
  ) {
    var line = line.withoutMark
    let content = line.content
    // The lines of a change are not those of content ("-" is no attribute).
    let isHead = line.start == state.changeLine
    if content.first == 0x23 {
      if isHead { state.changeLine = line.next }
      if let found = SearchRemark(comment: line.unfolded(into: entry.arena)) {
        remark(found, line, offset)
      }
      return
    }
    if state.begins(with: line) { return }
    if line.hasOnlyBlanks {
      state.separated = line.next
      return
    }
    if state.isChange ? !isHead : !state.hasDN && line.isRestOfComment { return }
    let length: Int
    do throws(LineFault) {
      length = try line.split(into: entry.arena)
    } catch {
      if case .oddName(let length) = error, state.hasDN {
        remark(.notAName, line, length, offset)
      } else {
        state.fail(error, at: line, offset)
      }
      return
    }
    let name = line.content.upTo(length)
    let number = names.number(name)
    if number >= 0, !looksAtText {
      names.follow(previous, with: number)
      previous = number
    }
    let meaning = number >= 0 ? names.meaning(number) : names.resolve(name)
    if looksAtText, state.hasDN,
      isDamaged(line, nameLength: length, offset: offset, entry.arena)
    {
      entry.isDamaged = true
      if let attribute = meaning.attribute { entry.lose(attribute) }
      return
    }
    take(
      line, nameLength: length, meaning: meaning, offset: offset, state: &state, entry: entry)
  }

  /// Takes over the value of a line whose name has `nameLength` bytes.
  @inline(never)
  private mutating func take(
    _ line: LogicalLine, nameLength: Int, meaning: AttributeNames.Meaning, offset: Int,
    state: inout RecordState, entry: Entry
  ) {
    if !state.hasDN || meaning.isDN || meaning.isControlLine {
      takeHead(
        line, nameLength: nameLength, meaning: meaning, offset: offset, state: &state,
        entry: entry)
      return
    }
    takeValue(line, nameLength: nameLength, meaning, offset: offset, &state, entry)
  }

  @inline(__always)
  private mutating func takeValue(
    _ line: LogicalLine, nameLength: Int, _ meaning: AttributeNames.Meaning, offset: Int,
    _ state: inout RecordState, _ entry: Entry
  ) {
    guard !state.isChange else { return }
    guard let attribute = meaning.attribute, !meaning.isCountOnly else {
      passOver(line, nameLength: nameLength, offset: offset, &state)
      if let attribute = meaning.attribute {
        if meaning.isPartialRange { remark(.partialRange, line, nameLength, offset) }
        entry.tally(attribute)
      }
      return
    }
    if meaning.isPartialRange { remark(.partialRange, line, nameLength, offset) }
    if line.isTooLong { return state.fail(.tooLong, at: line, offset) }
    switch line.value(from: nameLength &+ 1, into: entry.arena) {
    case .text(let bytes):
      entry.append(bytes, to: attribute)
      if meaning.isIdentifier, TextIdentifiers.mayBe(bytes) { state.hasTextIdentifier = true }
    case .url: remark(.urlValue, line, nameLength, offset)
    case .badBase64:
      state.fail(.notBase64, at: line, offset)
    }
  }

  /// Looks at a value that is not taken over: what is wrong with a file does not depend on what is
  /// wanted of it.
  @inline(__always)
  private func passOver(
    _ line: LogicalLine, nameLength: Int, offset: Int, _ state: inout RecordState
  ) {
    let mark = nameLength &+ 1
    if mark < line.content.count, unsafe line.content.unsafeBase[mark] == 0x3A {
      examine(line, from: mark + 1, offset: offset, &state)
    }
  }

  @inline(never)
  private func examine(
    _ line: LogicalLine, from start: Int, offset: Int, _ state: inout RecordState
  ) {
    guard !state.isChange, !Base64.isValid(line.content.from(start)) else { return }
    state.fail(.notBase64, at: line, offset)
  }

  /// Whether the value is text as it stands and its bytes are not UTF-8, which is remarked.
  private mutating func isDamaged(
    _ line: LogicalLine, nameLength: Int, offset: Int, _ arena: ByteArena
  ) -> Bool {
    guard line.content.hasHighByte,
      let damage = line.damage(name: line.content.upTo(nameLength).string, arena)
    else { return false }
    remark(damage, line, nameLength, offset)
    return true
  }

  /// `version:`, `dn:` and what makes a record a change.
  private mutating func takeHead(
    _ line: LogicalLine, nameLength: Int, meaning: AttributeNames.Meaning, offset: Int,
    state: inout RecordState, entry: Entry
  ) {
    if meaning.isControlLine, state.hasDN {
      takeControlLine(line, nameLength: nameLength, meaning, offset: offset, &state, entry)
      return
    }
    if line.isTooLong { return state.fail(.tooLong, at: line, offset) }
    if meaning.isDN {
      guard !state.hasDN else {
        guard !state.isChange else { return }
        state.fail(.secondDN, at: line, offset)
        return
      }
      let isLost =
        looksAtText && isDamaged(line, nameLength: nameLength, offset: offset, entry.arena)
      switch line.value(from: nameLength &+ 1, into: entry.arena) {
      case .text(let dn):
        entry.reset(dn: DistinguishedName.plain(dn))
        entry.isDamaged = isLost
        state.hasDN = true
        state.changeLine = line.next
      case .url:
        state.fail(.dnByURL, at: line, offset)
      case .badBase64:
        state.fail(.dnNotBase64, at: line, offset)
      }
      return
    }
    let name = line.content.upTo(nameLength)
    if name.equalsIgnoringASCIICase("version"), !state.hasDN {
      guard case .text(let version) = line.value(from: nameLength + 1, into: entry.arena),
        version.trimmed == "1"
      else {
        state.fail(.unknownVersion, at: line, offset)
        return
      }
      return
    }
    guard state.isOfSearch || SearchRemark.begins(with: name) else {
      state.fail(.noDN, at: line, offset)
      return
    }
    state.isOfSearch = true
    takeOfSearch(line, nameLength: nameLength, offset: offset, entry)
  }

  /// A line of a record without a DN, in which a tool says something of its search.
  @inline(never)
  private mutating func takeOfSearch(
    _ line: LogicalLine, nameLength: Int, offset: Int, _ entry: Entry
  ) {
    if case .text(let value) = line.value(from: nameLength + 1, into: entry.arena),
      let found = SearchRemark(line.content.upTo(nameLength), value)
    {
      remark(found, line, offset)
    }
  }

  /// `changetype:` or `control:` behind the DN. An entry to be added is an entry, as `ldifde` writes
  /// every one; anything else is a change.
  private mutating func takeControlLine(
    _ line: LogicalLine, nameLength: Int, _ meaning: AttributeNames.Meaning, offset: Int,
    _ state: inout RecordState, _ entry: Entry
  ) {
    guard line.start == state.changeLine else {
      takeValue(line, nameLength: nameLength, meaning, offset: offset, &state, entry)
      return
    }
    state.changeLine = line.next
    state.isChange = true
    // Controls come first; what they control is said behind them.
    if line.content.upTo(nameLength).equalsIgnoringASCIICase("control") { return }
    state.changeLine = -1
    if case .text(let kind) = line.value(from: nameLength &+ 1, into: entry.arena),
      kind.trimmed.equalsIgnoringASCIICase("add")
    {
      state.isChange = false
    }
  }

  private mutating func remark(_ found: SearchRemark, _ line: LogicalLine, _ offset: Int) {
    remarks.append(
      RecordRemark(
        kind: .search(found), attribute: "", byteOffset: offset + line.start,
        line: lines - 1 - (line.isFolded ? line.content.newlineCount : 0)))
  }

  private mutating func remark(
    _ kind: RecordRemark.Kind, _ line: LogicalLine, _ nameLength: Int, _ offset: Int
  ) {
    let name = line.content.upTo(min(nameLength, line.content.count))
    // A range has a thousand values and more: they are one remark.
    if kind == .partialRange, let last = remarks.last, last.kind == kind,
      name.elementsEqual(last.attribute.utf8)
    {
      return
    }
    remarks.append(
      RecordRemark(
        kind: kind, attribute: name.string, byteOffset: offset + line.start,
        line: lines - 1 - (line.isFolded ? line.content.newlineCount : 0)))
  }
}

extension ByteView {
  /// Compares with a literal.
  @inline(__always)
  static func == (left: ByteView, right: StaticString) -> Bool { left == ByteView(right) }
}
