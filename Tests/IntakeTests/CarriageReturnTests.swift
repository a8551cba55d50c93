import Bytes
import LDIF
import System
import TestKit
import Testing

@testable import Intake

/// Lines that end with a carriage return alone.
@Suite struct CarriageReturnTests {
  private func contents(_ bytes: [UInt8]) throws -> String {
    let input = try opened(bytes).input
    let window = FileWindow(file: input.file, capacity: 16)
    try window.load(at: input.firstByte, count: input.file.size + 1)
    return window.bytes.array.text
  }

  @Test(arguments: [
    ("dn: a\rcn: b\r\rdn: c\r", "dn: a\ncn: b\n\ndn: c\n"),
    ("dn: a\rcn: b", "dn: a\ncn: b"), ("\r\rdn: a\r", "\n\ndn: a\n"),
    // A line or two that another tool has added.
    ("dn: a\rcn: b\rsn: c\rl: d\r\r\n", "dn: a\ncn: b\nsn: c\nl: d\r\r\n"),
    // Others end lines with a line feed; carriage returns inside are values, or part of line ends.
    ("dn: a\ncn: b\rc\nsn: d\n", "dn: a\ncn: b\rc\nsn: d\n"),
    ("dn: a\r\ncn: b\r\n\r\n", "dn: a\r\ncn: b\r\n\r\n"),
    ("dn: a\r\r\ncn: b\r\r\n", "dn: a\r\r\ncn: b\r\r\n"), ("dn: a\r", "dn: a\r"),
  ]) func becomeLineFeeds(_ text: String, _ expected: String) throws {
    #expect(try contents(text.bytes) == expected)
  }

  /// Runs of line ends that lie across the pieces in which the file is read.
  @Test func piecesDoNotShow() throws {
    for shift in 0..<4 {
      let text =
        "dn: " + String(repeating: "x", count: shift) + "\r"
        + String(repeating: "cn: abc\r\r", count: 300_000)
      #expect(try contents(text.bytes) == text.replacing("\r", with: "\n"))
    }
  }
}
