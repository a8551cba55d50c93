import Bytes
import Foundation
import System
import Testing

@testable import LDAP

@Suite struct SpoolWriterTests {
  func write(_ body: (inout SpoolWriter) -> Void) throws -> Spool {
    let spool = Spool()
    var writer = SpoolWriter(spool.descriptor)
    body(&writer)
    try writer.flush(server: "x")
    return spool
  }

  /// What a reader of RFC 2849 makes of one line.
  func value(_ spool: Spool, _ name: String) -> [UInt8]? {
    guard let line = spool.lines.first else { return nil }
    if line.hasPrefix(name + ":: ") {
      return Data(base64Encoded: String(line.dropFirst(name.count + 3))).map(Array.init)
    }
    if line == name + ":" { return [] }
    return line.hasPrefix(name + ": ") ? Array(line.utf8.dropFirst(name.count + 2)) : nil
  }

  @Test(arguments: [
    "", "a", " a", "a ", ":a", "<a", "a:<", "ü", "a\0", "a\nb", "a\r", "12345678\n", "1234567ü",
    "123456789abcdef0\r", "\u{7F}", "\t",
  ])
  func whatIsWrittenIsWhatIsRead(text: String) throws {
    let spool = try write { writer in text.withByteView { writer.line(ByteView("cn"), $0) } }
    #expect(value(spool, "cn") == Array(text.utf8))
  }

  @Test func everyLengthIsFoldedRightly() throws {
    for length in 0...400 {
      for byte in [UInt8(ascii: "x"), 0xFF] {
        let bytes = [UInt8](repeating: byte, count: length)
        let spool = try write { writer in
          bytes.withByteView { writer.line(ByteView("description"), $0) }
        }
        #expect(value(spool, "description") == bytes)
        #expect(spool.text.split(separator: "\n").allSatisfy { $0.utf8.count <= 76 })
      }
    }
  }

  @Test func everyByteEverywhereSurvives() throws {
    for byte in UInt8.min...UInt8.max {
      for position in 0..<10 {
        var bytes = Array("abcdefghij".utf8)
        bytes[position] = byte
        let spool = try write { writer in bytes.withByteView { writer.line(ByteView("cn"), $0) } }
        #expect(value(spool, "cn") == bytes)
      }
    }
  }

  @Test func aLargeValueNeedsNoLargerBuffer() throws {
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let spool = try write { writer in bytes.withByteView { writer.line(ByteView("jpegPhoto"), $0) }
    }
    #expect(value(spool, "jpegPhoto") == bytes)
  }

  @Test func commentsStayComments() throws {
    let spool = try write {
      $0.comment("base: a\nversion: 1\r\n" + String(repeating: "x", count: 99))
    }
    #expect(spool.text.split(separator: "\n").dropFirst().allSatisfy { $0.hasPrefix(" ") })
    #expect(spool.lines.first == "# base: a version: 1 " + String(repeating: "x", count: 99))
  }

  @Test func bytesAreCounted() throws {
    let spool = Spool()
    var writer = SpoolWriter(spool.descriptor)
    writer.append("version: 1")
    writer.blankLine()
    #expect(writer.bytes == 12)
    try writer.flush(server: "x")
    #expect(spool.text == "version: 1\n\n")
    #expect(writer.bytes == 12)
  }
}
