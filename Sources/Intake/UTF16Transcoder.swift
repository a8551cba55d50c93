import Bytes

/// Makes UTF-8 of UTF-16, block by block, and keeps where each is in the other.
struct UTF16Transcoder {
  /// The UTF-8 of the block taken last.
  private(set) var output: [UInt8] = []
  /// Places that are known in both, ascending.
  private(set) var checkpoints: [UTF16Places.Checkpoint] = []
  /// Whether the text ends inside a character.
  private(set) var endsInHalf = false

  /// Marks inside a text that are passed over; made-up text could have any number.
  private static let maximumCheckpoints = 1 << 20

  private var isLittleEndian: Bool
  /// The first half of a pair whose second is to come.
  private var high: UInt32?
  /// Bytes taken and written before the block.
  private var taken = 0
  private var written = 0
  /// Lines before the block.
  private var lines = 0
  private var isLineStart = true
  /// Halves of pairs without the other, and the line of the first.
  private var halves = 0
  private var firstHalf = 0

  /// A transcoder of text in this order of bytes, until a mark says otherwise.
  init(isLittleEndian: Bool) { self.isLittleEndian = isLittleEndian }

  /// Transcodes a block of whole units.
  mutating func take(_ bytes: ByteView) {
    written += output.count
    lines += output.withByteView { $0.newlineCount }
    if let last = output.last { isLineStart = last == 0x0A || last == 0x0D }
    output.removeAll(keepingCapacity: true)
    output.reserveCapacity(bytes.count / 2 * 3 + 8)
    // Of a pair the first half may be in the block before.
    checkpoints.append(.init(own: written, given: high == nil ? taken : taken - 2))
    var index = 0
    while index < bytes.count {
      if high == nil, bytes.count - index >= 16, takeASCII(bytes, at: index) {
        index += 16
        continue
      }
      let first = UInt32(bytes[index])
      let second = UInt32(bytes[index + 1])
      index += 2
      take(isLittleEndian ? first | second << 8 : first << 8 | second, endingAt: index)
    }
    taken += bytes.count
  }

  /// Ends the text; `rest` is what is left of it, less than a unit.
  mutating func finish(_ rest: ByteView) {
    if high != nil { appendHalf() }
    high = nil
    // Half a line end is one; tools end text with a zero or Ctrl-Z.
    guard let last = rest.first, ![0x00, 0x0A, 0x0D, 0x1A].contains(last) else { return }
    append(scalar: 0xFFFD)
    endsInHalf = true
  }

  /// What is said of characters that are none; nil when there are none.
  var fault: OpenedSource.Fault? {
    guard halves > 0 else { return nil }
    return OpenedSource.Fault(
      "the UTF-16 text has \(halves) halves of characters without the other half, the first in "
        + "line \(firstHalf); the file is damaged: export it again",
      line: firstHalf)
  }

  /// Takes over eight units at once when all are ASCII.
  private mutating func takeASCII(_ bytes: ByteView, at index: Int) -> Bool {
    let words = unsafe UnsafeRawPointer(bytes.unsafeBase + index)
      .loadUnaligned(as: SIMD8<UInt16>.self)
    let units =
      isLittleEndian ? words : words &>> 8 | words &<< 8
    guard (units & 0xFF80) == SIMD8(repeating: 0) else { return false }
    let letters = SIMD8<UInt8>(truncatingIfNeeded: units)
    for lane in 0..<8 { output.append(letters[lane]) }
    return true
  }

  private mutating func take(_ unit: UInt32, endingAt index: Int) {
    if let lead = high {
      high = nil
      if unit & 0xFC00 == 0xDC00 {
        append(scalar: 0x10000 + (lead & 0x3FF) << 10 + (unit & 0x3FF))
        return
      }
      appendHalf()
    }
    if unit & 0xFC00 == 0xD800 {
      high = unit
    } else if unit & 0xFC00 == 0xDC00 {
      appendHalf()
    } else if unit == 0xFEFF || unit == 0xFFFE, isAtLineStart,
      checkpoints.count < Self.maximumCheckpoints
    {
      // The mark of a file that was put behind another one.
      if unit == 0xFFFE { isLittleEndian.toggle() }
      checkpoints.append(.init(own: written + output.count, given: taken + index))
    } else {
      append(scalar: unit)
    }
  }

  private var isAtLineStart: Bool {
    output.last.map { $0 == 0x0A || $0 == 0x0D } ?? isLineStart
  }

  private mutating func appendHalf() {
    if halves == 0 { firstHalf = lines + output.withByteView { $0.newlineCount } + 1 }
    halves += 1
    append(scalar: 0xFFFD)
  }

  private mutating func append(scalar value: UInt32) {
    guard value >= 0x80 else {
      output.append(UInt8(value))
      return
    }
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
