import Bytes
import TestKit
import Testing

@testable import LDIF

@Suite struct LDIFWriterTests {
  private func written(
    _ lineEnd: LDIFWriter.LineEnd = .lf, _ body: (LDIFWriter, inout OutputBuffer) -> Void
  ) -> String {
    var out = OutputBuffer()
    body(LDIFWriter(lineEnd: lineEnd), &out)
    return out.bytes.text
  }

  @Test(
    arguments: [
      ("", "a:\n"), ("plain", "a: plain\n"), ("in side", "a: in side\n"),
      (" first", "a:: IGZpcnN0\n"), (":first", "a:: OmZpcnN0\n"), ("<first", "a:: PGZpcnN0\n"),
      ("last ", "a:: bGFzdCA=\n"), ("a:b<c", "a: a:b<c\n"), ("#x", "a: #x\n"), ("-", "a: -\n"),
      ("ö", "a:: w7Y=\n"), ("a\nb", "a:: YQpi\n"), ("a\rb", "a:: YQ1i\n"),
      ("a\u{0}b", "a:: YQBi\n"), ("\u{1}\t\u{7F}", "a: \u{1}\t\u{7F}\n"), (" ", "a:: IA==\n"),
    ])
  func valueIsSafeOrBase64(_ value: String, _ expected: String) {
    #expect(written { $0.field("a", value.bytes, to: &$1) } == expected)
  }

  @Test func everyByteIsWrittenAsTheStandardWants() {
    for byte in UInt8.min...UInt8.max {
      let isSafeInside = byte < 0x80 && ![0x00, 0x0A, 0x0D].contains(byte)
      let isSafeFirst = isSafeInside && ![0x20, 0x3A, 0x3C].contains(byte)
      #expect(isSafe([0x61, byte, 0x61]) == isSafeInside, "byte \(byte) inside")
      #expect(isSafe([byte, 0x61]) == isSafeFirst, "byte \(byte) first")
      #expect(
        isSafe([0x61, byte]) == (isSafeInside && byte != 0x20), "byte \(byte) last")
    }
  }

  @Test(arguments: [0, 1, 72, 73, 74, 75, 147, 148, 149, 150, 151, 500])
  func longLineIsFoldedAt76(_ count: Int) {
    let value = (0..<count).map { String($0 % 10) }.joined()
    let text = written { $0.field("a", value.bytes, to: &$1) }
    let lines = text.split(separator: "\n")
    #expect(lines.dropLast().allSatisfy { $0.utf8.count == 76 })
    #expect((lines.last?.utf8.count ?? 0) <= 76)
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix(" ") })
    #expect(text.replacing("\n ", with: "") == (count == 0 ? "a:\n" : "a: \(value)\n"))
  }

  @Test func commentIsOneLineWhateverItHolds() {
    let text = written { writer, out in
      writer.comment("", to: &out)
      writer.comment("plain\ttab", to: &out)
      writer.comment("a\ndn: x\r\n\u{0}\u{1B}[2J\u{85}\u{2028}\u{202E}\u{FEFF}end", to: &out)
    }
    #expect(
      text.replacing("\n ", with: "") == """
        #
        # plain\ttab
        # a\\u{a}dn: x\\u{d}\\u{a}\\u{0}\\u{1b}[2J\\u{85}\\u{2028}\\u{202e}\\u{feff}end

        """)
  }

  @Test func commentShowsWhatItHolds() {
    for code in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(code), scalar != "\t" else { continue }
      let text = written { $0.comment(String(scalar), to: &$1) }
      if !text.dropLast().unicodeScalars.allSatisfy(HostileText.isShown) {
        Issue.record("U+\(String(code, radix: 16))")
      }
    }
  }

  @Test func foldNeverCutsACharacterOfAComment() {
    for shift in 0..<8 {
      let comment = String(repeating: "x", count: shift) + String(repeating: "ö€😀", count: 60)
      let text = written { $0.comment(comment, to: &$1) }
      for line in text.split(separator: "\n") {
        #expect(String(validating: line.utf8, as: UTF8.self) != nil)
        #expect(line.utf8.count <= 76)
      }
      #expect(text.replacing("\n ", with: "") == "# \(comment)\n")
    }
  }

  @Test func nameCannotEndItsLine() {
    #expect(
      written { $0.field("cn\ndn: cn=evil", "x".bytes, to: &$1) } == "cn_dn__cn=evil: x\n")
    let change = ChangeRecord(
      dn: [], kind: .modify([.init(.delete, "a\n-\nb")]))
    #expect(
      written { $0.write(change, to: &$1) } == "dn:\nchangetype: modify\ndelete: a_-_b\n-\n\n")
  }

  @Test func contentIsWritten() {
    let record = ContentRecord(
      dn: "cn=a".bytes,
      attributes: [
        Attribute("objectClass", text: "top", "person"), Attribute("none", []),
        Attribute("cn;lang-de", text: "ä"),
      ], comments: ["one", "two"])
    let text = written { writer, out in
      writer.version(to: &out)
      writer.write(record, to: &out)
    }
    #expect(
      text == """
        version: 1

        # one
        # two
        dn: cn=a
        objectClass: top
        objectClass: person
        cn;lang-de:: w6Q=


        """)
  }

  private static let changes: [(ChangeRecord.Kind, String)] = [
    (.add([Attribute("cn", text: "a", "b")]), "changetype: add\ncn: a\ncn: b\n"),
    (.delete, "changetype: delete\n"), (.modify([]), "changetype: modify\n"),
    (
      .modify([
        .init(.delete, "mail", ["old".bytes]),
        .init(.add, "mail", ["new".bytes, "ö".bytes]),
        .init(.replace, "sn"),
      ]),
      """
      changetype: modify
      delete: mail
      mail: old
      -
      add: mail
      mail: new
      mail:: w7Y=
      -
      replace: sn
      -

      """
    ),
    (
      .rename(newRDN: "cn=ö".bytes, deleteOld: true, newSuperior: nil),
      "changetype: modrdn\nnewrdn:: Y249w7Y=\ndeleteoldrdn: 1\n"
    ),
    (
      .rename(newRDN: "cn=b".bytes, deleteOld: false, newSuperior: "ou=c".bytes),
      "changetype: modrdn\nnewrdn: cn=b\ndeleteoldrdn: 0\nnewsuperior: ou=c\n"
    ),
  ]

  @Test(arguments: changes)
  func changeIsWritten(_ kind: ChangeRecord.Kind, _ expected: String) {
    let record = ChangeRecord(
      dn: "cn=ü".bytes, kind: kind,
      controls: [
        .init(oid: "1.2.3"), .init(oid: "1.2.4", isCritical: true),
        .init(oid: "1.2.5", isCritical: true, value: "v".bytes),
        .init(oid: "1.2.6", value: [0xFF]),
      ], comments: ["why"])
    let all = """
      # why
      dn:: Y249w7w=
      control: 1.2.3
      control: 1.2.4 true
      control: 1.2.5 true: v
      control: 1.2.6:: /w==
      \(expected)

      """
    #expect(written { $0.write(record, to: &$1) } == all)
    #expect(written(.crlf) { $0.write(record, to: &$1) } == crlf(all))
  }

  @Test func whateverIsWrittenIsReadBack() {
    var dice = Dice(1)
    for _ in 0..<300 {
      var record = Self.randomChange(&dice)
      for lineEnd in [LDIFWriter.LineEnd.lf, .crlf] {
        var out = OutputBuffer()
        LDIFWriter(lineEnd: lineEnd).write(record, to: &out)
        let list = out.withByteView { ChangeRecordReader.read($0) }
        record.line = record.comments.count + 1
        #expect(list.errors.isEmpty)
        #expect(list.records.map { Self.withoutLine($0) } == [Self.withoutLine(record)])
        #expect(out.bytes.split(separator: 0x0A).allSatisfy { $0.count <= 77 })
      }
    }
  }

  private static func withoutLine(_ record: ChangeRecord) -> ChangeRecord {
    var record = record
    record.line = 0
    return record
  }

  private static func randomChange(_ dice: inout Dice) -> ChangeRecord {
    func value() -> [UInt8] {
      dice.roll(2) == 0 ? dice.bytes(dice.roll(200)) : Array(repeating: 0x20, count: dice.roll(90))
    }
    func values(_ least: Int) -> [[UInt8]] { (0..<(least + dice.roll(3))).map { _ in value() } }
    let kind: ChangeRecord.Kind =
      switch dice.roll(4) {
      case 0: .add([Attribute("cn", values(1)), Attribute("sn;x-y", values(1))])
      case 1: .delete
      case 2:
        .modify([
          .init(.add, "a", values(1)),
          .init(.delete, "userCertificate;binary", values(0)),
          .init(.replace, "b", values(0)),
        ])
      default:
        .rename(
          newRDN: value(), deleteOld: dice.roll(2) == 0,
          newSuperior: dice.roll(2) == 0 ? value() : nil)
      }
    let comment = String(repeating: "é#: ", count: dice.roll(60))
    return ChangeRecord(
      dn: value(), kind: kind, controls: [.init(oid: "1.2", isCritical: true, value: value())],
      comments: [comment, ""])
  }
}

private func isSafe(_ value: [UInt8]) -> Bool { value.withByteView { SafeString.isSafe($0) } }
