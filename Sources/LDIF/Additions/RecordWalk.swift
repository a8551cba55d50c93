import Bytes
import Directory
import System

/// The records of a file, one after the other, by their places and kinds alone.
struct RecordWalk: ~Copyable {
  /// What a record is.
  enum Kind {
    /// An entry, or one to be added.
    case entry
    /// `changetype: modify`.
    case modify
    /// Any other change.
    case otherChange
  }

  /// A record at its place.
  struct Record {
    var kind = Kind.entry
    /// Its bytes in the file, from `dn:` to the end of its last line.
    var range: Range<Int>
    /// Its lines, from 1.
    var lines: Range<Int>
  }

  private enum State {
    /// Between records, or in lines of none.
    case outside
    /// Behind the DN, where `changetype:` may stand.
    case head
    case body
  }

  private var walk: LineWalk
  private var state = State.outside
  private var record = Record(range: 0..<0, lines: 0..<0)
  /// Whether a line that begins with a blank belongs to the DN.
  private var isInDN = false
  /// The line of the DN of the record that was returned last, and of the one that is read.
  private var name: [UInt8] = []
  private var nextName: [UInt8] = []
  private let arena = ByteArena()

  /// A walk through the records of `input`.
  init(_ input: LDIFInput) throws(SystemError) {
    walk = try LineWalk(input.file, from: input.firstByte)
  }

  /// The next record; nil at the end. Throws when the file cannot be read.
  mutating func next() throws(SystemError) -> Record? {
    while let line = try walk.next() {
      let first = line.content.first ?? 0x0D
      if first == 0x20 || first == 0x09 {
        if isInDN { nextName += line.content.from(1).trimmedLineEnd }
        // A line of blanks may end the record, which then does not take it.
        if state != .outside, !line.content.trimmed.isEmpty { extend(to: line) }
        continue
      }
      isInDN = false
      if line.content.beginsRecord {
        let finished = finish()
        begin(line)
        if let finished { return finished }
      } else if first == 0x0D, line.content.trimmedLineEnd.isEmpty {
        if let finished = finish() { return finished }
      } else if state != .outside {
        extend(to: line)
        if state == .head, first != 0x23 { takeHead(line.content) }
      }
    }
    return finish()
  }

  /// The DN of the record returned last, in normal form where it is one; valid until the next call.
  mutating func normalisedName() -> ByteView {
    arena.reset()
    return name.withByteView { line in
      let line = line.from(min(3, line.count))
      let isBase64 = line.first == 0x3A
      let text = line.from(isBase64 ? 1 : 0).trimmed
      let dn = isBase64 ? Base64.decode(text, into: arena) ?? text : text
      return (try? DistinguishedName.normalise(dn, into: arena)) ?? arena.copy(dn)
    }
  }

  private mutating func begin(_ line: LineWalk.Line) {
    record = Record(range: line.range, lines: line.number..<line.number + 1)
    state = .head
    isInDN = true
    nextName.removeAll(keepingCapacity: true)
    nextName += line.content.from(line.content.byteOrderMarkLength).trimmedLineEnd
  }

  private mutating func extend(to line: LineWalk.Line) {
    record.range = record.range.lowerBound..<line.range.upperBound
    record.lines = record.lines.lowerBound..<line.number + 1
  }

  private mutating func finish() -> Record? {
    guard state != .outside else { return nil }
    state = .outside
    swap(&name, &nextName)
    return record
  }

  private mutating func takeHead(_ line: ByteView) {
    if line.isNamed("control") {
      // What a control asks for is for a server.
      record.kind = .otherChange
      return
    }
    state = .body
    guard line.isNamed("changetype") else {
      // A change whose kind is missing.
      if ["add", "delete", "replace"].contains(where: line.isNamed) { record.kind = .otherChange }
      return
    }
    let kind = line.from(11).trimmed
    if kind.equalsIgnoringASCIICase("add") {
      record.kind = .entry
    } else {
      let isPlain = record.kind == .entry && kind.equalsIgnoringASCIICase("modify")
      record.kind = isPlain ? .modify : .otherChange
    }
  }
}

extension ByteView {
  /// The line without carriage returns at its end.
  fileprivate var trimmedLineEnd: ByteView {
    var end = count
    while end > 0, self[end - 1] == 0x0D { end -= 1 }
    return upTo(end)
  }
}
