import Bytes
import LibC
import System

/// The LDIF bytes of a path or of standard input, ready to be read by position.
public struct LDIFInput: Sendable {
  /// The bytes.
  public var file: ReadableFile
  /// Where the LDIF begins in them: after a UTF-8 byte order mark.
  public var firstByte: Int

  /// The bytes of `file` from `firstByte` on.
  public init(file: ReadableFile, firstByte: Int) {
    self.file = file
    self.firstByte = firstByte
  }

  /// Opens the file at `path`, or standard input for `-`.
  ///
  /// What cannot be read by position (a pipe) and UTF-16 (`ldifde -u`) is spooled in
  /// `spoolFolder`. Throws when it cannot be read.
  public static func open(path: String, spoolFolder: String) throws(SystemError) -> LDIFInput {
    if path == "-" { return try spooled(descriptor: 0, folder: spoolFolder) }
    guard ReadableFile.isRegular(path: path) else {
      let pipe = try ReadableFile(path: path)
      // The descriptor is closed with its object, which nothing else keeps until the end.
      defer { withExtendedLifetime(pipe) {} }
      return try spooled(descriptor: pipe.descriptor, folder: spoolFolder)
    }
    return try prepared(ReadableFile(path: path), folder: spoolFolder)
  }

  /// Takes `file` as it is or, where it is UTF-16, a transcoded copy of it.
  public static func prepared(
    _ file: ReadableFile, folder: String
  ) throws(SystemError) -> LDIFInput {
    let window = FileWindow(file: file, capacity: 16)
    try window.load(at: 0, count: 4)
    let head = window.bytes.array
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { return LDIFInput(file: file, firstByte: 3) }
    let isLittle = head.starts(with: [0xFF, 0xFE])
    guard isLittle || head.starts(with: [0xFE, 0xFF]) else {
      return LDIFInput(file: file, firstByte: 0)
    }
    return LDIFInput(
      file: try UTF16Transcoder.transcode(file, isLittleEndian: isLittle, folder: folder),
      firstByte: 0)
  }

  private static func spooled(
    descriptor: Int32, folder: String
  ) throws(SystemError) -> LDIFInput {
    let target = try Spool.make(in: folder)
    let file: ReadableFile
    do throws(SystemError) {
      try copy(descriptor, to: target)
      file = try ReadableFile(adopting: target)
    } catch {
      close(target)
      throw error
    }
    // From here on the descriptor is the file's.
    return try prepared(file, folder: folder)
  }

  private static func copy(_ descriptor: Int32, to target: Int32) throws(SystemError) {
    var block = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let got = unsafe block.withUnsafeMutableBytes { buffer in
        unsafe read(descriptor, buffer.baseAddress, buffer.count)
      }
      if got < 0 {
        if errno == EINTR { continue }
        throw SystemError(operation: "read")
      }
      if got == 0 { return }
      try block.withByteView { (bytes) throws(SystemError) in
        try Spool.write(bytes.upTo(got), to: target)
      }
    }
  }
}

/// Writes UTF-16 as UTF-8 into a spool file; lines stay the same lines.
enum UTF16Transcoder {
  static func transcode(
    _ file: ReadableFile, isLittleEndian: Bool, folder: String
  ) throws(SystemError) -> ReadableFile {
    let target = try Spool.make(in: folder)
    do throws(SystemError) {
      try copy(file, isLittleEndian: isLittleEndian, to: target)
      return try ReadableFile(adopting: target)
    } catch {
      close(target)
      throw error
    }
  }

  private static func copy(
    _ file: ReadableFile, isLittleEndian: Bool, to target: Int32
  ) throws(SystemError) {
    let window = FileWindow(file: file, capacity: 1 << 20)
    var offset = 2
    var high: UInt32?
    var output: [UInt8] = []
    while true {
      try window.load(at: offset, count: 1 << 20)
      let bytes = window.bytes
      let usable = bytes.count & ~1
      output.removeAll(keepingCapacity: true)
      var index = 0
      while index < usable {
        let first = UInt32(bytes[index])
        let second = UInt32(bytes[index + 1])
        append(isLittleEndian ? first | second << 8 : first << 8 | second, &high, to: &output)
        index += 2
      }
      if window.reachesEnd || usable == 0 {
        if high != nil || usable < bytes.count { append(scalar: 0xFFFD, to: &output) }
      }
      try output.withByteView { (view) throws(SystemError) in try Spool.write(view, to: target) }
      offset += usable
      if window.reachesEnd || usable == 0 { return }
    }
  }

  /// Adds one UTF-16 unit; a lone surrogate becomes U+FFFD.
  private static func append(_ unit: UInt32, _ high: inout UInt32?, to output: inout [UInt8]) {
    let isHigh = unit & 0xFC00 == 0xD800
    let isLow = unit & 0xFC00 == 0xDC00
    if let lead = high {
      high = nil
      if isLow {
        append(scalar: 0x10000 + (lead & 0x3FF) << 10 + (unit & 0x3FF), to: &output)
        return
      }
      append(scalar: 0xFFFD, to: &output)
    }
    if isHigh {
      high = unit
    } else {
      append(scalar: isLow ? 0xFFFD : unit, to: &output)
    }
  }

  private static func append(scalar value: UInt32, to output: inout [UInt8]) {
    guard value >= 0x80 else {
      output.append(UInt8(value))
      return
    }
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
