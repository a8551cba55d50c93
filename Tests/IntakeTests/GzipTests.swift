import Bytes
import CZlib
import LDIF
import System
import TestKit
import Testing

@testable import Intake

/// Packed sources: of any shape, cut and damaged anywhere.
@Suite struct GzipTests {
  static let text =
    (1...40).map { "dn: CN=p\($0)\ncn: ä\($0)\n\n" }.joined()

  private func contents(_ input: LDIFInput) throws -> [UInt8] {
    let window = FileWindow(file: input.file, capacity: 16)
    try window.load(at: input.firstByte, count: input.file.size + 1)
    return window.bytes.array
  }

  @Test(arguments: [0, 1, 9]) func packedIsAsPlain(_ level: Int32) throws {
    for text in ["", "dn: a", Self.text, String(repeating: Self.text, count: 3000)] {
      let source = try opened(gzip(text.bytes, level: level))
      #expect(try contents(source.input) == text.bytes)
      #expect(source.faults.isEmpty)
      #expect(source.places.line(of: 7) == 7)
      #expect(source.places.offset(of: 7) == nil)
    }
  }

  /// `cat a.gz b.gz`, and what packs in parallel.
  @Test func membersFollowEachOther() throws {
    let one = gzip("dn: a\n\n".bytes)
    let many = Array(repeating: one, count: 5000).flatMap { $0 }
    #expect(
      try contents(opened(many).input)
        == Array(repeating: "dn: a\n\n".bytes, count: 5000).flatMap { $0 })
    // Tapes end with zeros.
    let padded = try opened(one + gzip([]) + one + [UInt8](repeating: 0, count: 3000))
    #expect(try contents(padded.input).text == "dn: a\n\ndn: a\n\n")
    #expect(padded.faults.isEmpty)
    let surplus = try opened(one + "rest".bytes)
    #expect(try contents(surplus.input).text == "dn: a\n\n")
    #expect(surplus.faults.count == 1)
  }

  @Test func formsInsideAreRecognised() throws {
    let utf16 = utf16LE("dn: ä\r\n")
    #expect(try contents(opened(gzip(utf16)).input).text == "dn: ä\r\n")
    #expect(try contents(opened(gzip(gzip(utf16))).input).text == "dn: ä\r\n")
    #expect(try contents(opened(gzip("dn: a\rcn: b\r".bytes)).input).text == "dn: a\ncn: b\n")
    let marked = try opened(gzip([0xEF, 0xBB, 0xBF] + "dn: a".bytes))
    #expect(try contents(marked.input).text == "dn: a")
    var deep = utf16
    for _ in 0..<6 { deep = gzip(deep) }
    let refused = try opened(deep)
    #expect(refused.input.file.size == 0)
    #expect(try #require(refused.faults.first).message.contains("gzip"))
  }

  /// Of every beginning of a packed file the whole records are read, and it is said that it is cut.
  @Test func everyPrefixIsCut() throws {
    let packed = gzip(Self.text.bytes)
    for length in 2..<packed.count {
      let source = try opened(Array(packed[..<length]))
      let got = try contents(source.input).text
      #expect(source.faults.count == 1, "\(length)")
      #expect(Self.text.hasPrefix(got) && (got.isEmpty || got.hasSuffix("\n\n")), "\(length)")
    }
  }

  /// No byte is changed without a word, but in the head, which says nothing of the data.
  @Test func everyChangedByteIsSaid() throws {
    let packed = gzip(Self.text.bytes)
    for place in packed.indices {
      var changed = packed
      changed[place] ^= 0x10
      let source = try opened(changed)
      let isSame = try contents(source.input) == Self.text.bytes
      #expect(isSame || !source.faults.isEmpty, "\(place)")
    }
  }

  /// What is packed is looked at before it is unpacked.
  @Test func whatIsOfNoUseIsNotUnpacked() throws {
    let bomb = gzip([UInt8](repeating: 0, count: 8 << 20))
    let source = try Intake.open(spooled(bomb), spoolFolder: "/nowhere")
    #expect(try #require(source.faults.first).message.contains("packed with gzip"))
    #expect(source.input.file.size == 0)
  }

  @Test func nothingIsUnpackedWithoutRoom() throws {
    #expect(throws: SystemError(operation: "create a spool file", code: 2)) {
      try Intake.open(spooled(gzip(Self.text.bytes)), spoolFolder: "/nowhere")
    }
  }
}

/// `text` in UTF-16 with a byte order mark, as Windows writes it.
func utf16LE(_ text: String) -> [UInt8] {
  var bytes: [UInt8] = [0xFF, 0xFE]
  for unit in text.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
  return bytes
}

/// `bytes` packed by zlib as one member.
func gzip(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8] {
  var stream = z_stream()
  var input = bytes
  var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 100 + 1000)
  let count = input.withUnsafeMutableBufferPointer { source in
    output.withUnsafeMutableBufferPointer { target in
      deflateInit2_(
        &stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size))
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      stream.next_out = target.baseAddress
      stream.avail_out = UInt32(target.count)
      deflate(&stream, Z_FINISH)
      deflateEnd(&stream)
      return Int(stream.total_out)
    }
  }
  return Array(output.prefix(count))
}
