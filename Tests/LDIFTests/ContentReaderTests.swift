import Bytes
import Directory
import TestKit
import Testing

@testable import LDIF

@Suite struct ContentReaderTests {
  private func read(_ text: String) -> RecordList<ContentRecord> {
    text.withByteView { ContentReader.read($0) }
  }

  @Test func nothingIsDropped() throws {
    let text = """
      version: 1
      # above
      #  indented
      dn:: Y249w7Y=
      objectClass: top
      CN: a
      objectclass: person
      # inside
      userCertificate;binary:: AAH/
      userCertificate: x
      empty:
      url:< file:///etc/passwd
      member;range=0-1: cn=a
      member;range=0-1: cn=b
      objectClass:  padded

      """
    let expected = ContentRecord(
      dn: "cn=ö".bytes,
      attributes: [
        Attribute("objectClass", text: "top", "person", "padded"), Attribute("CN", text: "a"),
        Attribute("userCertificate;binary", [[0, 1, 0xFF]]),
        Attribute("userCertificate", text: "x"), Attribute("empty", text: ""),
        Attribute("url", []), Attribute("member;range=0-1", text: "cn=a", "cn=b"),
      ], comments: ["above", " indented"],
      remarks: [
        RecordRemark(
          kind: .urlValue, attribute: "url", byteOffset: text.utf8Offset(of: "url:<")),
        RecordRemark(
          kind: .partialRange, attribute: "member;range=0-1",
          byteOffset: text.utf8Offset(of: "member;")),
      ], line: 4)
    for (file, isExact) in [(text, true), (crlf(text), false)] {
      let list = read(file)
      #expect(list.errors == [])
      var records = list.records
      if !isExact { for index in records.indices { records[index].remarks = expected.remarks } }
      #expect(records == [expected])
      #expect(try ContentReader.read(input(file.bytes)) == list)
    }
    #expect(expected.values("OBJECTCLASS").count == 3)
    #expect(expected.values("cn;lang-de").isEmpty)
  }

  @Test func changeIsRefused() {
    let list = read("dn: a\nchangetype: delete\n\ndn: b\ncontrol: 1.2\ncn: x\n\ndn: c\n")
    #expect(list.records.map(\.dn.text) == ["c"])
    #expect(list.errors.map(\.line) == [2, 6])
    #expect(list.errors.allSatisfy { $0.reason.contains("only content") })
  }

  @Test func anEntryToBeAddedIsOne() {
    let list = read(
      "dn: a\nchangetype: add\ncn: x\n\ndn: b\ncontrol: 1.2\nchangetype: add\ncn: y\n\n"
        + "dn: c\ncn: z\nchangetype: delete\n")
    #expect(list.errors.isEmpty)
    #expect(list.records.map(\.dn.text) == ["a", "b", "c"])
    #expect(list.records[0].attributes.map(\.name) == ["cn"])
    #expect(list.records[2].values("changetype").map(\.text) == ["delete"])
  }

  @Test func readingStopsWhenNoMoreIsWanted() throws {
    var lines: [Int] = []
    try ContentReader.forEach(input("dn: a\n\nbad\n\ndn: c\n\ndn: d\n".bytes)) { result in
      switch result {
      case .success(let record): lines.append(record.line)
      case .failure(let error): lines.append(-error.line)
      }
      return lines.count < 3
    }
    #expect(lines == [1, -3, 5])
  }

  @Test func whatIsWrittenIsReadBack() {
    var dice = Dice(8)
    for _ in 0..<200 {
      let record = ContentRecord(
        dn: dice.bytes(dice.roll(100)),
        attributes: (0..<dice.roll(5)).map { number in
          Attribute("a\(number);x", (0...dice.roll(3)).map { _ in dice.bytes(dice.roll(300)) })
        }, comments: ["long " + String(repeating: "ä", count: dice.roll(200))], line: 0)
      var out = OutputBuffer()
      LDIFWriter(lineEnd: dice.roll(2) == 0 ? .lf : .crlf).write(record, to: &out)
      var list = out.withByteView { ContentReader.read($0) }
      #expect(list.records.count == 1 && list.errors.isEmpty)
      list.records[0].line = 0
      #expect(list.records == [record])
    }
  }
}

extension String {
  fileprivate func utf8Offset(of text: String) -> Int {
    let range = firstRange(of: text) ?? endIndex..<endIndex
    return utf8.distance(from: startIndex, to: range.lowerBound)
  }
}

/// Changes of records that were read whole.
@Suite struct ContentRecordChangeTests {
  private static let record = ContentRecord(
    dn: "cn=a".bytes,
    attributes: [
      Attribute("mail", text: "a"), Attribute("Mail;binary", text: "b", "c"),
      Attribute("sn", text: "s"),
    ])

  private static func changed(
    _ name: String, anyForm: Bool = false, to values: String...
  ) -> [Attribute] {
    var record = record
    record.change(name, anyForm: anyForm) { _ in values.map(\.bytes) }
    return record.attributes
  }

  @Test func aDescriptionIsChangedAlone() {
    let others = Array(Self.record.attributes.dropFirst())
    #expect(Self.changed("MAIL", to: "x", "a") == [Attribute("mail", text: "x", "a")] + others)
    #expect(Self.changed("mail") == others)
    #expect(
      Self.changed("title", to: "t") == Self.record.attributes + [Attribute("title", text: "t")])
    #expect(Self.changed("title") == Self.record.attributes)
  }

  @Test func valuesStayUnderTheirDescriptions() {
    #expect(
      Self.changed("mail", anyForm: true, to: "a", "c", "x") == [
        Attribute("mail", text: "a", "x"), Attribute("Mail;binary", text: "c"),
        Attribute("sn", text: "s"),
      ])
    #expect(
      Self.changed("mail", anyForm: true, to: "b")
        == [Attribute("Mail;binary", text: "b"), Attribute("sn", text: "s")])
    #expect(
      Self.changed("mail", anyForm: true, to: "x") == [
        Attribute("mail", text: "x"), Attribute("sn", text: "s"),
      ])
  }

  @Test func otherOptionsAreOtherAttributes() {
    var record = ContentRecord(
      dn: "cn=a".bytes,
      attributes: [
        Attribute("mail;lang-de", text: "a"), Attribute("0.9.2342.19200300.100.1.3", text: "a"),
      ])
    record.change("mail", anyForm: true) { $0 + ["b".bytes] }
    #expect(
      record.attributes == [
        Attribute("mail;lang-de", text: "a"),
        Attribute("0.9.2342.19200300.100.1.3", text: "a", "b"),
      ])
  }

  @Test func whatCannotBeDoneChangesNothing() {
    var record = Self.record
    #expect(throws: EditObjection.empty) {
      try record.change("mail") { _ throws(EditObjection) in throw .empty }
    }
    #expect(record == Self.record)
  }
}
