import Bytes
import Foundation
import System
import TestKit
import Testing

@testable import LDIF

@Suite struct SnapshotWriterTests {
  func write(_ body: (inout SnapshotWriter) -> Void) throws -> Written {
    let spool = Written()
    var writer = SnapshotWriter(spool.descriptor)
    body(&writer)
    try writer.flush()
    return spool
  }

  /// What a reader of RFC 2849 makes of one line.
  func value(_ spool: Written, _ name: String) -> [UInt8]? {
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
    let spool = Written()
    var writer = SnapshotWriter(spool.descriptor)
    writer.version()
    #expect(writer.bytes == 12)
    try writer.flush()
    #expect(spool.text == "version: 1\n\n")
    #expect(writer.bytes == 12)
  }

  @Test(arguments: [
    ("cn", true), ("a;range=0-*", true), ("1.2.3", true), ("dn", false), ("Control", false),
    ("", false),
    ("CHANGETYPE", false), ("-a", false), ("a b", false), ("a:", false), ("ü", false),
    ("dns", true),
  ])
  func nameIsUsable(_ name: String, _ isUsable: Bool) {
    #expect(name.withByteView { SnapshotWriter.isUsable($0) } == isUsable)
  }

  @Test func whatItSaysOfItselfIsReadBack() throws {
    var head = SnapshotHead()
    (head.source, head.server, head.directory) = ("ldap://a", "a server", "ad")
    (head.time, head.scope, head.filter) = ("2026-11-21T06:36:38Z", "sub", "(a: b)")
    (head.bases, head.excludedBases) = (
      ["dc=x", "dc=" + String(repeating: "y", count: 90)], ["ou=a: b,dc=x"]
    )
    head.attributes = ["cn", "mail"]
    (head.notInSchema, head.notInGlobalCatalog) = (["a"], ["b", "c"])
    let tail = SnapshotTail(
      problems: [SnapshotTail.Problem(kind: "incomplete", message: "lost: the connection")],
      end: .incomplete(entries: 7))
    let spool = try write { writer in
      for line in head.lines { writer.comment(line) }
      writer.version()
      writer.line(ByteView("dn"), ByteView("cn=a"))
      writer.blankLine()
      for line in tail.lines { writer.comment(line) }
    }
    let input = LDIFInput(file: try ReadableFile(path: spool.path), firstByte: 0)
    #expect(try SnapshotComments.head(of: input) == head)
    #expect(try SnapshotComments.tail(of: input) == tail)
  }
}

/// A file that a snapshot is written to, gone when it goes.
final class Written {
  let path = FileManager.default.temporaryDirectory.appending(path: "ll-\(UUID().uuidString).ldif")
    .path
  let descriptor: Int32

  init() { descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600) }

  deinit {
    close(descriptor)
    unlink(path)
  }

  /// What was written.
  var text: String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }

  /// What was written, with folds undone.
  var lines: [String] {
    text.replacing("\n ", with: "").split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }
}
