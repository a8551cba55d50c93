import Bytes
import Foundation
import LDIF
import System
import TestKit
import Testing

@testable import Intake

@Suite struct IntakeTests {
  private func input(_ bytes: [UInt8]) throws -> LDIFInput { try opened(bytes).input }

  private func utf16(_ text: String, little: Bool, bom: Bool = true) -> [UInt8] {
    ((bom ? [0xFEFF] : []) + Array(text.utf16)).flatMap { bytes(of: $0, little: little) }
  }

  private func bytes(of unit: UInt16, little: Bool) -> [UInt8] {
    let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    return little ? pair.reversed() : pair
  }

  private func contents(_ input: LDIFInput) throws -> [UInt8] {
    let window = FileWindow(file: input.file, capacity: 16)
    try window.load(at: input.firstByte, count: input.file.size + 1)
    return window.bytes.array
  }

  @Test(arguments: [true, false])
  func utf16IsTranscoded(_ little: Bool) throws {
    let text = ("dn: CN=ä€😀\u{10FFFF}\ncn: \u{0}\u{FEFF}\u{FFFD}x\n\n")
    #expect(try contents(input(utf16(text, little: little))).text == text)
    #expect(try contents(input(utf16("", little: little))) == [])
  }

  /// An odd last byte is the half of a character: what it ends is not taken for whole, and that is said.
  @Test(arguments: [true, false]) func halfACharacterCutsTheText(_ little: Bool) throws {
    for (text, kept) in [("dn: a", ""), ("dn: a\n\ndn: b\ncn: c", "dn: a\n\n"), ("", "")] {
      let cut = try opened(utf16(text, little: little) + [0x41])
      #expect(try contents(cut.input).text == kept)
      #expect(cut.faults.count == 1)
      // Half a line end is a line end, or what tools put at the end of text.
      for last in [0x00, 0x0A, 0x0D, 0x1A] as [UInt8] {
        let whole = try opened(utf16(text, little: little) + [last])
        #expect(try contents(whole.input).text == text)
        #expect(whole.faults.isEmpty)
      }
    }
  }

  /// Without a mark, as some editors and scripts write it.
  @Test(arguments: [true, false]) func utf16NeedsNoMark(_ little: Bool) throws {
    for text in ["dn: CN=ä€😀\ncn: x\n\n", "# ä\ndn: a\n", "\r\n\r\ndn: a\r\n", "version: 1\n"] {
      #expect(try contents(input(utf16(text, little: little, bom: false))).text == text)
    }
  }

  /// `copy /b a.ldf+b.ldf` leaves marks inside; each may change the order of bytes.
  @Test(arguments: [true, false], [true, false])
  func marksBetweenFilesAreNoText(_ little: Bool, _ other: Bool) throws {
    let parts = ["dn: a\n\n", "dn: ä\ncn: \u{FEFF}x\r\n\r\n", "dn: c\n"]
    let file =
      utf16(parts[0], little: little) + utf16(parts[1], little: other)
      + utf16(parts[2], little: little)
    let source = try opened(file)
    #expect(try contents(source.input).text == parts.joined())
    let third = parts[0].utf8.count + parts[1].utf8.count
    #expect(source.places.offset(of: third) == file.count - parts[2].utf16.count * 2)
  }

  @Test func halvesOfPairsAreSaid() throws {
    let units: [UInt16] = [
      0xFEFF, 0x64, 0x6E, 0x3A, 0x0A, 0x62, 0x0A, 0xD800, 0x62, 0xDC00,
    ]
    let faults = try opened(units.flatMap { bytes(of: $0, little: true) }).faults
    #expect(faults.map(\.line) == [3])
    #expect(faults[0].message.contains("2 halves"))
  }

  @Test(arguments: [true, false])
  func loneSurrogateIsReplaced(_ little: Bool) throws {
    let units: [UInt16] = [
      0xFEFF, 0x64, 0x6E, 0x3A, 0x61, 0xD800, 0x62, 0xDC00, 0x63, 0xD800, 0xD801, 0xDC01, 0xDFFF,
      0xDBFF,
    ]
    let file = units.flatMap { bytes(of: $0, little: little) }
    #expect(
      try contents(input(file)).text == "dn:a\u{FFFD}b\u{FFFD}c\u{FFFD}\u{10401}\u{FFFD}\u{FFFD}")
  }

  /// Characters that lie across the pieces in which the file is read.
  @Test func largeUTF16IsTheSame() throws {
    for shift in 0..<3 {
      let text =
        "dn:" + String(repeating: "x", count: shift) + String(repeating: "😀a€", count: 300_000)
      #expect(try contents(input(utf16(text, little: true))) == text.bytes)
    }
  }

  @Test func recordsOfUTF16AreThoseOfUTF8() throws {
    let text = "version: 1\n\ndn: a\ncn: ä\n b\n\ndn: b\ncn:: YQ==\n\n# c\ndn: c\ncn: x\ncn: y\n"
    let expected = try ContentReader.read(input(text.bytes))
    #expect(expected.records.count == 3)
    for little in [true, false] {
      #expect(
        try ContentReader.read(input(utf16(text.replacing("\n", with: "\r\n"), little: little)))
          .records.map(\.attributes)
          == expected.records.map(\.attributes))
    }
  }

  /// What is said of a place leads to the user's own bytes, whatever stands before it.
  @Test(arguments: [true, false]) func offsetsOfUTF16AreThoseOfTheFile(_ little: Bool) throws {
    let text = "dn: " + String(repeating: "ä€😀x", count: 250_000) + "\u{10FFFF}"
    let file = utf16(text, little: little)
    let source = try opened(file)
    let copy = try contents(source.input)
    var dice = Dice(7)
    for _ in 0..<50 {
      var own = dice.roll(copy.count)
      while copy[own] & 0xC0 == 0x80 { own -= 1 }
      let before = String(decoding: copy[..<own], as: UTF8.self)
      #expect(source.places.offset(of: own) == 2 + before.utf16.count * 2)
    }
    #expect(source.places.line(of: 17) == 17)
  }

  @Test func byteOrderMarkIsPassedOver() throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    #expect(try input(mark + "dn: a".bytes).firstByte == 3)
    #expect(try contents(input(mark + "dn: a".bytes)).text == "dn: a")
    #expect(try input(mark).firstByte == 3)
    for head in [[], [0xEF], [0xEF, 0xBB], [0xFF], [0xFE], [0x64, 0xEF, 0xBB, 0xBF]] as [[UInt8]] {
      #expect(try input(head).firstByte == 0)
      #expect(try contents(input(head)) == head)
    }
  }

  @Test func pipeIsSpooled() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ldaplint-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "pipe").path
    try #require(mkfifo(path, 0o600) == 0)
    let expected = Array(repeating: "dn: a\n\n".bytes, count: 100_000).flatMap { $0 }
    let writing = Task.detached {
      let handle = FileHandle(forWritingAtPath: path)
      try handle?.write(contentsOf: Data(expected))
      try handle?.close()
    }
    let input = try Intake.open(path: path, spoolFolder: folder.path).input
    try await writing.value
    #expect(try contents(input) == expected)
    // Nothing but the pipe itself is left in the folder.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["pipe"])
  }

  @Test func fileIsReadInPlace() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "ldaplint-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("dn: a\n".utf8).write(to: URL(filePath: path))
    #expect(try contents(Intake.open(path: path, spoolFolder: "/nowhere").input).text == "dn: a\n")
  }

  @Test func failuresAreNamed() throws {
    let missing = "/nowhere/at/all.ldif"
    #expect(throws: SystemError(operation: "open", code: ENOENT)) {
      try Intake.open(path: missing, spoolFolder: "/tmp")
    }
    #expect(throws: SystemError(operation: "read", code: EISDIR)) {
      try Intake.open(path: "/tmp", spoolFolder: "/tmp")
    }
    #expect(throws: SystemError(operation: "create a spool file", code: ENOENT)) {
      try Intake.open(path: "/dev/null", spoolFolder: "/nowhere")
    }
    #expect(throws: SystemError(operation: "write to the spool file", code: EBADF)) {
      try "x".bytes.withByteView { (view) throws(SystemError) in try Spool.write(view, to: -1) }
    }
  }

  @Test func spoolIsPrivate() throws {
    let descriptor = try Spool.make(in: Spool.defaultFolder)
    defer { close(descriptor) }
    var status = stat()
    try #require(fstat(descriptor, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    #expect(status.st_nlink == 0)
    #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0)
  }
}
