import Bytes
import LDIF

/// One event in a journal.
enum JournalLine: Equatable {
  case begin(Int, hash: String, undo: [UInt8])
  case done(Int)
  case already(Int)
  case refused(Int, String)
  case undone(Int)

  /// The number of the record.
  var number: Int {
    switch self {
    case .begin(let number, _, _), .done(let number), .already(let number),
      .refused(let number, _), .undone(let number):
      number
    }
  }

  /// The line with its end.
  var bytes: [UInt8] {
    switch self {
    case .begin(let number, let hash, let undo):
      Array("begin \(number) \(hash) ".utf8) + Base64.encode(undo) + [0x0A]
    case .done(let number): Array("done \(number)\n".utf8)
    case .already(let number): Array("already \(number)\n".utf8)
    case .undone(let number): Array("undone \(number)\n".utf8)
    case .refused(let number, let reason):
      Array("refused \(number) \(HostileText.oneLine(reason))\n".utf8)
    }
  }

  /// Reads a line without its end; nil when it is none.
  init?(_ text: ArraySlice<UInt8>) {
    let words = text.split(separator: 0x20, maxSplits: 3, omittingEmptySubsequences: false)
    guard words.count >= 2, let number = Self.number(words[1]) else { return nil }
    switch (String(decoding: words[0], as: UTF8.self), words.count) {
    case ("begin", 4):
      let hash = String(decoding: words[2], as: UTF8.self)
      let arena = ByteArena(blockSize: 4096)
      let undo = Array(words[3]).withByteView { Base64.decode($0, into: arena)?.array }
      guard Self.isHash(hash), let undo else { return nil }
      self = .begin(number, hash: hash, undo: undo)
    case ("done", 2): self = .done(number)
    case ("already", 2): self = .already(number)
    case ("undone", 2): self = .undone(number)
    case ("refused", 3...):
      let reason = words[2...].map { String(decoding: $0, as: UTF8.self) }
      self = .refused(number, reason.joined(separator: " "))
    default: return nil
    }
  }

  // MARK: The first line

  /// What every journal begins with; the version follows.
  static let beginning = Array("ldaplint-journal ".utf8)

  /// The first line of the journal of `patch`, with its end and without its checksum.
  static func head(_ patch: PatchIdentity) -> [UInt8] {
    beginning + Array("2 \(patch.hash) \(patch.records)\n".utf8)
  }

  /// Reads a first line without its end: the patch and how the other lines are sealed; nil when it is
  /// none.
  static func head(_ line: ArraySlice<UInt8>) -> (patch: PatchIdentity, seal: JournalSeal)? {
    guard line.starts(with: beginning), let version = line.dropFirst(beginning.count).first,
      version == UInt8(ascii: "1") || version == UInt8(ascii: "2")
    else { return nil }
    var seal = JournalSeal(isUsed: version == UInt8(ascii: "2"))
    let words = seal.opened(line)?.split(separator: 0x20, omittingEmptySubsequences: false)
    guard let words, words.count == 4, words[1].count == 1,
      let records = words[3] == [0x30] ? 0 : number(words[3])
    else { return nil }
    let hash = String(decoding: words[2], as: UTF8.self)
    return isHash(hash) ? (PatchIdentity(hash: hash, records: records), seal) : nil
  }

  /// Whether a first line that was cut off may begin so.
  static func isBeginningOfHead(_ bytes: [UInt8]) -> Bool {
    guard bytes.count > beginning.count else { return beginning.starts(with: bytes) }
    let rest = bytes.dropFirst(beginning.count)
    return bytes.starts(with: beginning) && (rest.first == 0x31 || rest.first == 0x32)
      && rest.allSatisfy { $0 == 0x20 || isHexDigit($0) }
  }

  // MARK: Records

  /// `record` as LDIF without its comments.
  static func ldif(_ record: ChangeRecord) -> [UInt8] {
    var bare = record
    bare.comments = []
    var buffer = OutputBuffer()
    LDIFWriter().write(bare, to: &buffer)
    return buffer.bytes
  }

  /// SHA-256 of `record` without its comments.
  static func hash(_ record: ChangeRecord) -> String {
    ldif(record).withByteView { SHA256.hash($0).hexadecimal() }
  }

  private static func isHash(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy(isHexDigit)
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  /// A number from 1, in digits.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard let first = digits.first, (0x31...0x39).contains(first),
      digits.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}
