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
      "dn: cn=a\nunknown: 1\ncn: a\nunknown;x: 2\nother:: AAAA\nmail: x@y\nurl:< file:///x\n",
      "dn: cn=a\ncn: a\n \nmail: x@y\n \n \n", "dn: cn=a\ncn: \n a\nmail: x\n @y\n",
      "dn: cn=a\ncn: \n\ta\nmail: x\n\t@\n y\n", "dn:: Y24\n\t9YQ==\ncn: a\nmail:: \n\teEB5\n",
      "version:  1 \ndn: cn=a\ncn: a\nmail: x@y\n", "version:: MSA=\ndn: cn=a\ncn: a\nmail: x@y\n",
      " \n\t \ndn: cn=a\ncn: a\nmail: x@y\n\n \n\t\n",
      "version: 1\n  \ndn: cn=a\ncn: a\nmail: x@y\n",
    ])
  func sameRecordInOtherWords(_ text: String) {
    for file in [text, crlf(text), crcrlf(text)] {
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

  /// A name that no attribute has costs what it names, and is told.
  @Test(arguments: ["_x", "ä", "-x", "x/y", "x,y", "\"cn\""])
  func nameThatNoAttributeHasCostsItAlone(_ name: String) throws {
    let text = "dn: a\ncn: x\n\(name): 1\n\(name):: !\n\(name):\nsn: y\n"
    let seen = scanned(text)
    #expect(seen[0].texts("cn") == ["x"])
    #expect(seen[0].texts("sn") == ["y"])
    #expect(seen[0].remarks.map(\.kind) == [.notAName, .notAName, .notAName])
    #expect(seen[0].remarks.map(\.attribute) == [name, name, name])
    #expect(seen[0].remarks.map(\.line) == [2, 3, 4])
    let record = try #require(text.withByteView { ContentReader.read($0) }.records.first)
    #expect(record.attributes.map(\.name) == ["cn", "sn"])
    #expect(record.remarks.map(\.kind) == [.notAName, .notAName, .notAName])
    let patch = "dn: a\nchangetype: modify\nadd: cn\n\(name): x\n-\n"
    #expect(patch.withByteView { ChangeRecordReader.read($0) }.errors.map(\.line) == [4])
  }

  /// Bytes that are not UTF-8 damage the value that has them, needed or not, and no other.
  @Test func damagedValuesAreLost() throws {
    let damaged: [UInt8] = "Bj".bytes + [0xF6] + "rn".bytes
    let text =
      "# \u{FC} ".bytes + damaged + "\ndn: cn=".bytes + damaged + "\ncn: ".bytes + damaged
      + "\ncn: Björn\ncn:: ".bytes + Base64.encode(damaged) + "\nunknown: ".bytes + damaged
      + "\nmember: ".bytes + damaged + "\nuserCertificate: ".bytes + damaged
      + "\nsn: Bj\n ".bytes + damaged + "\nmail: ö\n ".bytes + [0xC3] + "\n\t".bytes + [0xB6]
      + "\n".bytes
    let seen = scanned(text)
    #expect(seen[0].texts("cn") == ["Björn", "Bj\u{FFFD}rn"])
    let counts = try #require(seen[0].counts)
    #expect(counts["cn"] == 2 && counts["member"] == 1 && counts["sn"] == 1)
    #expect(seen[0].texts("sn") == [])
    #expect(seen[0].texts("mail") == ["öö"])
    #expect(try #require(seen[0].values)["userCertificate"] == [damaged])
    #expect(seen[0].remarks.allSatisfy { $0.kind == .notUTF8(isOfDOS: false) })
    #expect(seen[0].remarks.map(\.attribute) == ["dn", "cn", "unknown", "member", "sn"])
    #expect(seen[0].remarks.map(\.line) == [1, 2, 5, 6, 8])
    let list = text.withByteView { ContentReader.read($0) }
    #expect(
      list.records[0].remarks.map(\.kind) == Array(repeating: .notUTF8(isOfDOS: false), count: 5))
    #expect(list.records[0].remarks.map(\.attribute) == seen[0].remarks.map(\.attribute))
  }

  @Test func codePagesAreToldApart() throws {
    for (byte, isOfDOS) in [(0x94, true), (0x81, true), (0xF6, false), (0xDF, false)]
      as [(UInt8, Bool)]
    {
      let seen = scanned("dn: a\nsn: B".bytes + [byte] + "hm\n".bytes)
      #expect(seen[0].remarks.map(\.kind) == [.notUTF8(isOfDOS: isOfDOS)])
    }
  }

  // MARK: Records without an empty line between them

  static let dense = """
    version: 1
    dn: cn=a
    cn: a
    dn: cn=b
    cn: b
    sn: s
     t
    # of c
    DN:: Y249Yw==
    mail: x
    broken
    dn: cn=d
    cn: d
    dn: cn=e
    changetype: modify
    add: cn
    cn: e
    -
    dn: cn=f
    cn: f
    dn: cn=g
     g
    """

  /// Nothing is lost, neither behind a fault nor behind a change, and each such place is remarked.
  @Test func nextRecordBeginsWithoutAnEmptyLine() throws {
    for text in [Self.dense, crlf(Self.dense), crcrlf(Self.dense)] {
      let seen = scanned(text)
      #expect(seen.map(\.dn) == ["cn=a", "cn=b", nil, "cn=d", nil, "cn=f", "cn=gg"])
      #expect(seen.map(\.line) == [0, 3, 8, 11, 13, 18, 20])
      #expect(seen[1].texts("sn") == ["st"])
      #expect(seen[2].error?.line == 2)
      #expect(seen[4].outcome == .change)
      #expect(
        seen.map { $0.remarks.map(\.kind) } == Array(repeating: [.noEmptyLine], count: 6) + [[]])
      #expect(seen[1].remarks.first?.line == 5)
      let list = text.withByteView { ContentReader.read($0) }
      #expect(list.records.map(\.dn.text) == ["cn=a", "cn=b", "cn=d", "cn=f", "cn=gg"])
      #expect(list.records.map(\.line) == [2, 4, 12, 19, 21])
      #expect(list.errors.map(\.line) == [11, 15])
    }
  }

  /// Lines with blanks alone separate records, and take nothing of the values before them.
  @Test(arguments: [" ", "  ", "\t", " \t ", " \n ", "  \n\t\n  "])
  func lineOfBlanksSeparates(_ line: String) {
    let text = "dn: a\ncn: x\n\(line)\ndn: b\ncn: y\n\(line)\ndn: c\n\(line)\n sn: z\n"
    for text in [text, crlf(text), crcrlf(text)] {
      let seen = scanned(text)
      #expect(seen.prefix(2).map(\.dn) == ["a", "b"])
      #expect(seen.prefix(2).map { $0.texts("cn") } == [["x"], ["y"]])
      #expect(seen.allSatisfy { $0.remarks.isEmpty })
      // Not before anything else: there a value goes on.
      #expect(seen.last?.dn?.hasPrefix("c") == true)
      let list = text.withByteView { ContentReader.read($0) }
      #expect(list.records.prefix(2).map { $0.values("cn").map(\.text) } == [["x"], ["y"]])
    }
  }

  /// A patch does something else than meant where a line is missing.
  @Test func patchNeedsItsEmptyLines() {
    let patch = "dn: a\nchangetype: delete\ndn: b\nchangetype: delete\n"
    let list = patch.withByteView { ChangeRecordReader.read($0) }
    #expect(list.records.isEmpty)
    #expect(list.errors.map(\.line) == [3])
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
    let raw = scanned(
      "dn: ".bytes + [0xFF, 0x00, 0x0A] + "userCertificate: ".bytes + [0xC3, 0x28, 0x0A])
    #expect(raw[0].dn == "\u{FFFD}\u{0}")
    #expect(try #require(raw[0].values)["userCertificate"] == [[0xC3, 0x28]])
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
        for fold in ["\n ", "\r\n ", "\n \n ", "\n \r\n ", "\n\t", "\r\r\n ", "\r\n\t\r\r\r\n "] {
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
        RecordRemark(kind: .urlValue, attribute: "cn", byteOffset: 6, line: 1),
        RecordRemark(kind: .urlValue, attribute: "sn", byteOffset: 36, line: 3),
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
        == (isRemark
          ? [RecordRemark(kind: .partialRange, attribute: name, byteOffset: 6, line: 1)] : []))
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
    ("dn: x\n_cn:y", 1, "_cn:y", "not an attribute name"),
    ("_x: y\ncn: b", 0, "_x: y", "not an attribute name"),
    ("dn: x\nunknown:: YQ", 1, "unknown:: YQ", "not valid Base64"),
    ("dn: x\nunknown:: YQ==\nunknown:: Y\n Q=", 2, "unknown:: Y\n Q=", "not valid Base64"),
    ("dn: x\nmember:: !", 1, "member:: !", "not valid Base64"),
    ("dn: x\nOU=y,DC=z", 1, "OU=y,DC=z", "rest of the DN above it, it must begin with a blank"),
    ("dn: x\n# c\nhttp//y", 2, "http//y", "rest of the DN above it"),
    ("dn: x\ncn: a\n b\nand on", 3, "and on", "the value above it, it must begin with a blank"),
    ("dn: x\nsn: s\ncn:\nand on", 2, "cn:", "the value stands on the next line"),
    ("dn: x\ncn::\n# c\nYQ==", 1, "cn::", "the value stands on the next line"),
    ("dn:\ncn=x\ncn: x", 0, "dn:", "the value stands on the next line"),
    ("dn: x\ncn: a\nhome page: on", 2, "home page: on", "the value above it, it must begin"),
    ("cn=a,dc=x\ncn=a", 0, "cn=a,dc=x", "ldapsearch -LLL"),
    ("dn: x\n-", 1, "-", "no colon"),
    ("dn: x\ncn: a\nd\n n: y\ncn: b", 2, "dn: y", "second \"dn:\""),
    ("dn;x-y: x\ncn: b", 0, "dn;x-y: x", "does not begin with \"dn:\""),
    ("dn: x\ncn:: YQ=", 1, "cn:: YQ=", "not valid Base64"),
    ("dn:: ä", 0, "dn:: ä", "not valid Base64"),
    ("dn: x\n# c\n# d\n e\nmail::a", 4, "mail::a", "not valid Base64"),
    (" dn: x\ncn: a", 0, " dn: x", "no line before it"),
    ("\tdn: x\ncn: a", 0, "\tdn: x", "no line before it"),
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
    // What is wrong with one record costs nothing beside it.
    let next = text.contains("\ndn: x") ? ["x"] : []
    try #require(seen.count == 3 + next.count)
    #expect(seen.map(\.dn) == ["before", nil] + next + ["after"])
    #expect(seen[1].line == 2)
    let error = try #require(seen[1].error)
    let physical = text.split(separator: "\n")
    #expect(error.line == line)
    #expect(
      error.byteOffset == head.utf8.count
        + physical.prefix(line).reduce(0) { $0 + $1.utf8.count + 1 })
    #expect(error.raw.text == raw)
    #expect(error.reason.contains(reason))
    // The reader that keeps everything agrees.
    let list = (head + text + "\nsn: z\n\n\ndn: after\n").withByteView { ContentReader.read($0) }
    #expect(list.records.map(\.dn.text) == ["before"] + next + ["after"])
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
  @Test(arguments: [whole, crlf(whole), crcrlf(whole), dense, crcrlf(dense)])
  func everyPrefixKeepsTheRecordsBeforeTheCut(_ text: String) {
    let bytes = text.bytes
    let expected = scanned(bytes)
    for end in 0...bytes.count {
      let prefix = Array(bytes[..<end])
      let seen = scanned(prefix)
      #expect(seen.count <= expected.count)
      // A record is complete when the empty line after it is there, or the next one's first name.
      let complete = expected.prefix { block in
        guard let next = expected.first(where: { $0.offset > block.offset }) else { return false }
        return next.offset + (block.remarks.isEmpty ? 0 : 3) <= end
      }
      #expect(seen.starts(with: complete), "cut at \(end)")
      _ = prefix.withByteView { ContentReader.read($0) }
    }
  }

  /// With more to come, a cut block is incomplete and nothing else.
  @Test(arguments: [whole, crlf(whole), crcrlf(whole), dense, crcrlf(dense)])
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
      "\r\r\n", "\n \n", "\n\t\n", "_x: 1", "ref: ldap://x", "result: 0", "DN:", "cn;deleted: x",
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
