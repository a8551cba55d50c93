import Bytes
import Directory
import TestKit
import Testing

@testable import LDIF

/// The examples of RFC 2849 and what real tools write.
@Suite struct RecordScannerTests {
  @Test(
    arguments: [
      "version: 1\ndn: cn=a\ncn: a\nmail: x@y\n", "version:1\ndn:cn=a\ncn:a\nmail:x@y\n",
      "version: 1\n\ndn: cn=a\ncn: a\nmail: x@y\n\n", "dn: cn=a\ncn: a\nmail: x@y",
      "\n\n\ndn: cn=a\ncn: a\nmail: x@y\n\n\n\n", "dn:: Y249YQ==\ncn:: YQ==\nmail:: eEB5\n",
      "# c\n#\n# long\n comment\n  with folds\ndn: cn=a\n# in between\ncn: a\nmail: x@y\n",
      "d\n n: c\n n=a\nc\n n: \n a\nmail\n : x@\n y\n",
      "dn:: Y24\n 9YQ==\ncn:: \n YQ==\nmail: x@y\n",
      "dn: cn=a\nCN: a\nMAIL: x@y\n", "DN:    cn=a\ncn;binary;: a\nmail;binary: x@y\n",
      "dn: cn=a\nunknown: 1\ncn: a\nunknown;x: 2\nother:: !!!\nmail: x@y\nurl:< file:///x\n",
      "dn: cn=a\ncn: a\n \nmail: x@y\n \n \n", "dn: cn=a\ncn: \n a\nmail: x\n @y\n",
    ])
  func sameRecordInOtherWords(_ text: String) {
    for file in [text, crlf(text)] {
      let entries = scanned(file).filter { $0.outcome != .nothing }
      #expect(entries.map(\.dn) == ["cn=a"])
      #expect(entries.first?.texts("cn") == ["a"])
      #expect(entries.first?.texts("mail") == ["x@y"])
      #expect(entries.first?.remarks == [])
    }
  }

  @Test func lineEndsMayBeMixed() {
    let seen = scanned(
      "dn: a\r\ncn: x\nsn: a\r\n b\n c\r\n\ndn: b\ncn: y\r\n\r\n\ndn: c\n\r\ndn: d\r\n")
    #expect(seen.map(\.dn) == ["a", "b", "c", "d"])
    #expect(seen[0].texts("sn") == ["abc"])
    #expect(seen[0].texts("cn") == ["x"])
    #expect(seen[1].texts("cn") == ["y"])
    #expect(seen.map(\.line) == [0, 6, 10, 12])
  }

  @Test func emptyValueIsAValue() {
    let seen = scanned("dn:\ncn:\nsn: \nmail::\ndescription:: \n\ndn: \n")
    #expect(seen.map(\.dn) == ["", ""])
    for name in ["cn", "sn", "mail", "description"] { #expect(seen[0].texts(name) == [""]) }
  }

  @Test func blanksAndBytesOfAValueAreKept() throws {
    let seen = scanned("dn: a\ncn:   x  \nsn:\tx\nmail: a: b:: c< \u{0}\u{FF}\ndescription: #x\n")
    #expect(seen[0].texts("cn") == ["x  "])
    #expect(seen[0].texts("sn") == ["\tx"])
    #expect(seen[0].texts("mail") == ["a: b:: c< \u{0}\u{FF}"])
    #expect(seen[0].texts("description") == ["#x"])
    let raw = scanned("dn: ".bytes + [0xFF, 0x00, 0x0A] + "cn: ".bytes + [0xC3, 0x28, 0x0A])
    #expect(raw[0].dn == "\u{FFFD}\u{0}")
    #expect(try #require(raw[0].values)["cn"] == [[0xC3, 0x28]])
  }

  @Test func foldMayCutACharacter() {
    let value = "äöü€😀".bytes
    for cut in 0...value.count {
      let file = "dn: a\ncn: ".bytes + value[..<cut] + "\n ".bytes + value[cut...] + [0x0A]
      #expect(scanned(file)[0].texts("cn") == ["äöü€😀"])
    }
  }

  /// Every place of a record may be folded, names included.
  @Test func foldMayBeAnywhereButAtTheBeginning() {
    let lines = ["dn:: Y249YQ==", "userCertificate;binary:: AAEC", "sn;binary: x y"]
    let expected = scanned(lines.joined(separator: "\n"))
    #expect(expected[0].texts("sn") == ["x y"])
    for (index, line) in lines.enumerated() {
      for cut in 1...line.utf8.count {
        for fold in ["\n ", "\r\n ", "\n \n ", "\n \r\n "] {
          var folded = lines
          folded[index] = String(line.prefix(cut)) + fold + line.dropFirst(cut)
          let seen = scanned(folded.joined(separator: "\n"))
          #expect(seen.map(\.outcome) == expected.map(\.outcome), "\(folded)")
        }
      }
    }
  }

  @Test func valuesKeepTheirOrder() throws {
    let seen = scanned(
      "dn: a\ncn: 1\nsn: x\ncn: 2\nCN;lang-de: 3\ncn:: NA==\nmember: a\nmember: b\n")
    // "CN;lang-de" is another attribute.
    #expect(seen[0].texts("cn") == ["1", "2", "4"])
    #expect(try #require(seen[0].counts)["member"] == 2)
    #expect(try #require(seen[0].values)["member"] == nil)
  }

  @Test(arguments: [
    "changetype: modify", "ChangeType: delete", "control: 1.2.3 true", "control:: MQ==",
    "control: 1.2.3 true\nchangetype: modify",
  ])
  func changeIsNotContent(_ line: String) {
    let seen = scanned("dn: a\n\(line)\ncn: x\n-\nadd: y\n\ndn: b\n")
    #expect(seen.map(\.dn) == [nil, "b"])
    #expect(seen[0].outcome == .change)
  }

  @Test func everyLineOfAModifyIsPassedOver() {
    let seen = scanned(ChangeRecordReaderTests.patch)
    // The third change is an entry to be added.
    #expect(seen[4].dn == "CN=B,DC=x")
    #expect(
      (seen[..<4] + seen[5...]).map(\.outcome) == [
        .nothing, .nothing, .change, .change, .change, .change,
      ])
  }

  @Test func urlIsNeverFetched() {
    let seen = scanned("dn: a\ncn:< file:///etc/passwd\nsn: x\nsn:< http://y\n\ndn:< file:///x\n")
    #expect(seen[0].texts("cn") == [])
    #expect(seen[0].texts("sn") == ["x"])
    #expect(
      seen[0].remarks == [
        RecordRemark(kind: .urlValue, attribute: "cn", byteOffset: 6),
        RecordRemark(kind: .urlValue, attribute: "sn", byteOffset: 36),
      ])
    #expect(seen[1].error?.reason.contains("never fetched") == true)
  }

  @Test(
    arguments: [
      ("member;range=0-1499", true), ("member;Range=1500-*", true), ("member;range=0-*", false),
      ("member", false), ("MEMBER;binary;range=0-9", true), ("cn;range=0-1", true),
      ("unknown;range=0-1", false),
    ])
  func rangeIsARemark(_ name: String, _ isRemark: Bool) {
    let text = "dn: a\n\(name): 1\n\(name): 2\n\(name): 3\nsn: x\n"
    let seen = scanned(text)
    #expect(seen[0].texts("sn") == ["x"])
    #expect(
      seen[0].remarks
        == (isRemark ? [RecordRemark(kind: .partialRange, attribute: name, byteOffset: 6)] : []))
    let list = text.withByteView { ContentReader.read($0) }
    #expect(
      list.records[0].remarks.map(\.kind)
        == (isRemark || name == "unknown;range=0-1" ? [.partialRange] : []))
    #expect(list.records[0].values(name).count == 3)
  }

  static let mistakes: [(String, line: Int, raw: String, reason: String)] = [
    ("dn: x\nno colon here", 1, "no colon here", "no colon"),
    ("dn: x\nno col\n on here", 1, "no colon here", "no colon"),
    ("dn: x\ncn: a\n: y", 2, ": y", "not an attribute name"),
    ("dn: x\na b: y", 1, "a b: y", "not an attribute name"),
    ("dn: x\ncn : y", 1, "cn : y", "not an attribute name"),
    ("dn: x\nä: y", 1, "ä: y", "not an attribute name"),
    ("dn: x\n-x: y", 1, "-x: y", "not an attribute name"),
    ("dn: x\n\tcn: y", 1, "\tcn: y", "not an attribute name"),
    ("dn: x\n-", 1, "-", "no colon"),
    ("dn: x\ncn: a\ndn: y\ncn: b", 2, "dn: y", "second \"dn:\""),
    ("dn: x\ncn:: YQ=", 1, "cn:: YQ=", "not valid Base64"),
    ("dn:: ä", 0, "dn:: ä", "not valid Base64"),
    ("dn: x\n# c\n# d\n e\nmail::a", 4, "mail::a", "not valid Base64"),
    (" dn: x\ncn: a", 0, " dn: x\ncn: a", "no line before it"),
    ("cn: a\ndn: x", 0, "cn: a", "does not begin with \"dn:\""),
    ("changetype: add\ndn: x", 0, "changetype: add", "does not begin with \"dn:\""),
    ("version: 2\ndn: x", 0, "version: 2", "only 1 is"),
    ("version:\ndn: x", 0, "version:", "only 1 is"),
  ]

  @Test(arguments: mistakes)
  func mistakeIsNamedAndTheNextRecordIsRead(
    _ text: String, _ line: Int, _ raw: String, _ reason: String
  ) throws {
    let head = "dn: before\n\n"
    let seen = scanned(head + text + "\nsn: z\n\n\ndn: after\n")
    try #require(seen.count == 3)
    #expect([seen[0].dn, seen[2].dn] == ["before", "after"])
    #expect(seen[1].line == 2)
    let error = try #require(seen[1].error)
    let physical = text.split(separator: "\n")
    #expect(error.line == line)
    #expect(
      error.byteOffset == head.utf8.count
        + physical.prefix(line).reduce(0) { $0 + $1.utf8.count + 1 })
    #expect(error.raw.text == raw.split(separator: "\n")[0])
    #expect(error.reason.contains(reason))
    // The reader that keeps everything agrees.
    let list = (head + text + "\nsn: z\n\n\ndn: after\n").withByteView { ContentReader.read($0) }
    #expect(list.records.map(\.dn.text) == ["before", "after"])
    #expect(list.errors.map(\.line) == [3 + line])
    #expect(list.errors.map(\.byteOffset) == [error.byteOffset])
    #expect(list.errors.map(\.reason) == [error.reason])
  }

  @Test func rawLineIsCutShort() {
    let seen = scanned("dn: x\n" + String(repeating: "y", count: 10_000))
    #expect(seen[0].error?.raw.count == LDIFError.maximumRaw)
  }

  @Test func versionAloneIsNothing() {
    #expect(
      scanned("version: 1\n\n# only\n\n#\n\ndn: a\n").map(\.outcome).prefix(3) == [
        .nothing, .nothing, .nothing,
      ])
    #expect(scanned("").isEmpty)
    #expect(scanned("\n").map(\.outcome) == [.nothing])
    #expect(scanned("\r\n\r\n\r").map(\.outcome) == [.nothing])
    #expect(scanned("\r").map(\.outcome) == [.nothing])
  }

  static let whole = """
    version: 1

    # first
    dn: cn=a,dc=x
    objectClass: top
    cn: a
    mail:: w7Y=
    userCertificate;binary:: AAEC
     AwQF

    dn:: Y249w7Y=
    cn: \u{E9}t\u{E9}
    unknown: x
    sn: fol
     ded
    # inside


    dn: cn=c
    member: cn=a
    member: cn=b
    description:
    """

  /// However a file is cut, nothing breaks and what was complete before the cut is the same.
  @Test(arguments: [whole, crlf(whole)])
  func everyPrefixKeepsTheRecordsBeforeTheCut(_ text: String) {
    let bytes = text.bytes
    let expected = scanned(bytes)
    for end in 0...bytes.count {
      let prefix = Array(bytes[..<end])
      let seen = scanned(prefix)
      #expect(seen.count <= expected.count)
      // A record is complete when the empty line after it is there.
      let complete = expected.prefix { block in
        guard let next = expected.first(where: { $0.offset > block.offset }) else { return false }
        return next.offset <= end
      }
      #expect(seen.starts(with: complete), "cut at \(end)")
      _ = prefix.withByteView { ContentReader.read($0) }
    }
  }

  /// With more to come, a cut block is incomplete and nothing else.
  @Test(arguments: [whole, crlf(whole)])
  func everyPrefixWithMoreToComeIsIncompleteOrTheSame(_ text: String) {
    let bytes = text.bytes
    let expected = scanned(bytes)
    var scanner = RecordScanner(table: testTable)
    let entry = Entry(table: testTable)
    for block in expected {
      for end in block.offset...bytes.count {
        bytes.withByteView { view in
          let outcome = scanner.scan(
            view.upTo(end), at: block.offset, offset: 0, isEnd: false, into: entry)
          if case .incomplete = outcome { return }
          let seen = Seen(
            offset: block.offset, line: block.line, outcome, scanner.remarks, entry, testTable)
          #expect(seen == block)
        }
      }
    }
  }

  /// Any bytes at all: no crash, every byte belongs to one block, the lines are those of the file.
  @Test func randomBytesAreReadToTheEnd() {
    var dice = Dice(3)
    let pieces = [
      "dn: a", "\n", "\r\n", "\r", " ", ":", "::", ":<", "cn", "mail: x", "#", "version: 1", "-",
      "YQ==", "\u{0}", "ä", "changetype: add", "member;range=0-1: x", "\n\n", "\t",
    ].map(\.bytes)
    for _ in 0..<3000 {
      var bytes: [UInt8] = []
      for _ in 0..<dice.roll(40) { bytes += pieces[dice.roll(pieces.count)] }
      if dice.roll(4) == 0, !bytes.isEmpty { bytes[dice.roll(bytes.count)] = UInt8(dice.roll(256)) }
      var scanner = RecordScanner(table: testTable)
      let entry = Entry(table: testTable)
      bytes.withByteView { view in
        var position = 0
        while position < view.count {
          _ = scanner.scan(view, at: position, offset: 0, isEnd: true, into: entry)
          let lines = view[position..<scanner.next].newlineCount
          let last = scanner.next == view.count && view[scanner.next - 1] != 0x0A ? 1 : 0
          let counted = scanner.lines
          #expect(counted == lines + last)
          guard scanner.next > position else {
            Issue.record("no progress in \(bytes)")
            return
          }
          position = scanner.next
        }
      }
      let list = bytes.withByteView { ContentReader.read($0) }
      let entries = scanned(bytes)
      #expect(list.records.map(\.dn.text) == entries.compactMap(\.dn), "\(bytes.text)")
    }
  }
}
