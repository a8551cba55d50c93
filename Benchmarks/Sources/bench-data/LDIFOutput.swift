import LibC

/// Lines of LDIF (RFC 2849) in a buffer that goes to standard output.
struct LDIFOutput {
  private var buffer: [UInt8] = []
  private let encodesAll: Bool
  private let usesCRLF: Bool
  private let foldsLines: Bool
  private let distinctNames: Bool
  private var namesUsed = 0

  private static let flushSize = 1 << 20
  private static let foldWidth = 76

  init(_ options: Options) {
    encodesAll = options.encodesAll
    usesCRLF = options.usesCRLF
    foldsLines = options.foldsLines
    distinctNames = options.distinctNames
    buffer.reserveCapacity(Self.flushSize + (64 << 10))
  }

  /// Writes `name: value`, or `name:: ` and Base64 where the value asks for it.
  mutating func line(_ name: [UInt8], _ value: [UInt8], keepsName: Bool = false) {
    let start = buffer.count
    buffer.append(contentsOf: name)
    if distinctNames, !keepsName { appendNumber() }
    buffer.append(0x3A)
    if encodesAll || !Self.isSafe(value) {
      buffer.append(0x3A)
      buffer.append(0x20)
      Base64.append(value, to: &buffer)
    } else {
      buffer.append(0x20)
      buffer.append(contentsOf: value)
    }
    if foldsLines, buffer.count - start > Self.foldWidth { fold(from: start) }
    endLine()
  }

  /// Writes a value that is binary anyway.
  mutating func binary(_ name: [UInt8], _ value: [UInt8]) {
    buffer.append(contentsOf: name)
    if distinctNames { appendNumber() }
    buffer.append(0x3A)
    buffer.append(0x3A)
    buffer.append(0x20)
    Base64.append(value, to: &buffer)
    endLine()
  }

  /// Writes the empty line after a record.
  mutating func endRecord() { endLine() }

  private mutating func endLine() {
    if usesCRLF { buffer.append(0x0D) }
    buffer.append(0x0A)
  }

  private mutating func appendNumber() {
    buffer.append(0x2D)
    buffer.append(contentsOf: String(namesUsed, radix: 36).utf8)
    namesUsed += 1
  }

  private mutating func fold(from start: Int) {
    let line = Array(buffer[start...])
    buffer.removeSubrange(start...)
    var position = 0
    while position < line.count {
      let width = position == 0 ? Self.foldWidth : Self.foldWidth - 1
      let end = min(position + width, line.count)
      if position > 0 {
        endLine()
        buffer.append(0x20)
      }
      buffer.append(contentsOf: line[position..<end])
      position = end
    }
  }

  /// RFC 2849's SAFE-STRING, and no space at the end.
  private static func isSafe(_ value: [UInt8]) -> Bool {
    guard let first = value.first, let last = value.last else { return true }
    if first == 0x20 || first == 0x3A || first == 0x3C || last == 0x20 { return false }
    return value.allSatisfy { $0 < 0x80 && $0 != 0 && $0 != 0x0A && $0 != 0x0D }
  }

  // MARK: Writing

  /// Writes the buffer when it is worth a call; false when the reader has gone or the disk is full.
  mutating func flushIfLarge() -> Bool { buffer.count < Self.flushSize || flush() }

  /// Writes what is left.
  mutating func flush() -> Bool {
    var done = 0
    while done < buffer.count {
      let written = unsafe buffer.withUnsafeBytes { bytes in
        unsafe write(1, bytes.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      }
      guard written > 0 || errno == EINTR else { return false }
      done += max(0, written)
    }
    buffer.removeAll(keepingCapacity: true)
    return true
  }
}

/// RFC 4648 §4.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func append(_ bytes: [UInt8], to buffer: inout [UInt8]) {
    var index = 0
    while index < bytes.count {
      let rest = bytes.count - index
      var group = UInt32(bytes[index]) &<< 16
      if rest > 1 { group |= UInt32(bytes[index + 1]) &<< 8 }
      if rest > 2 { group |= UInt32(bytes[index + 2]) }
      buffer.append(alphabet[Int(group &>> 18)])
      buffer.append(alphabet[Int(group &>> 12 & 63)])
      buffer.append(rest > 1 ? alphabet[Int(group &>> 6 & 63)] : 0x3D)
      buffer.append(rest > 2 ? alphabet[Int(group & 63)] : 0x3D)
      index += 3
    }
  }
}
