import Bytes
import TestKit
import Testing

@testable import LDIF

@Suite struct ChangeRecordReaderTests {
  private func read(_ text: String) -> RecordList<ChangeRecord> {
    text.withByteView { ChangeRecordReader.read($0) }
  }

  /// A patch with every kind of change; the records are those of `expected`.
  static let patch = """
    # Head of the file.

    version: 1

    # Old value goes,
    #  new one comes.
    #
    dn: CN=A,DC=x
    changetype: modify
    delete: mail
    mail: old
    -
    # inside
    add: mail
    MAIL: new
    mail:: w7Y=
    -
    replace: userCertificate;binary
    userCertificate;binary:: AAH/
    -
    replace: sn
    -

    dn:: Q049w7YsREM9eA==
    control: 1.2.840.113556.1.4.805 true
    control: 1.2.3
    control: 1.2.4 false: plain value
    control: 1.2.5:: AAE=
    changetype: delete

    dn: CN=B,
     DC=x
    ChangeType: ADD
    objectClass: top
    cn: B
    objectClass: per
     son
    description:

    dn: CN=C
    changetype: modrdn
    newrdn: CN=D
    deleteoldrdn: 1


    dn: CN=E
    changetype: moddn
    newrdn: CN=F
    deleteoldrdn: 0
    newsuperior: OU=G
    """

  static let expected = [
    ChangeRecord(
      dn: "CN=A,DC=x".bytes,
      kind: .modify([
        .init(.delete, "mail", ["old".bytes]),
        .init(.add, "mail", ["new".bytes, "ö".bytes]),
        .init(.replace, "userCertificate;binary", [[0, 1, 0xFF]]),
        .init(.replace, "sn"),
      ]), comments: ["Old value goes,", " new one comes.", ""], line: 8),
    ChangeRecord(
      dn: "CN=ö,DC=x".bytes, kind: .delete,
      controls: [
        .init(oid: "1.2.840.113556.1.4.805", isCritical: true), .init(oid: "1.2.3"),
        .init(oid: "1.2.4", value: "plain value".bytes), .init(oid: "1.2.5", value: [0, 1]),
      ], line: 24),
    ChangeRecord(
      dn: "CN=B,DC=x".bytes,
      kind: .add([
        Attribute("objectClass", text: "top", "person"), Attribute("cn", text: "B"),
        Attribute("description", text: ""),
      ]), line: 31),
    ChangeRecord(
      dn: "CN=C".bytes,
      kind: .rename(newRDN: "CN=D".bytes, deleteOld: true, newSuperior: nil), line: 40),
    ChangeRecord(
      dn: "CN=E".bytes,
      kind: .rename(newRDN: "CN=F".bytes, deleteOld: false, newSuperior: "OU=G".bytes), line: 46),
  ]

  @Test(arguments: [patch, patch + "\n", crlf(patch), "\u{FEFF}" + patch, patch + "\n\n\n"])
  func everyKindOfChangeIsRead(_ text: String) throws {
    let list = read(text)
    #expect(list.errors == [])
    #expect(list.records == Self.expected)
    let fromFile = try ChangeRecordReader.read(input(text.bytes))
    #expect(fromFile == list)
  }

  private static let mistakes: [(String, line: Int, raw: String, reason: String)] = [
    ("cn: x\nchangetype: delete", 1, "cn: x", "does not begin with \"dn:\""),
    ("dn: x", 1, "dn: x", "\"changetype:\" is missing"),
    ("dn: x\ncn: y", 2, "cn: y", "\"changetype:\" is missing after the DN"),
    ("dn: x\nchangetype: move", 2, "changetype: move", "not known"),
    ("dn: x\nchangetype: delete\ncn: y", 3, "cn: y", "nothing may follow"),
    ("dn: x\nchangetype: add", 2, "changetype: add", "no attributes"),
    ("dn: x\nchangetype: add\n-", 3, "-", "no colon"),
    ("dn: x\nchangetype: modify\nmail: y\n-", 3, "mail: y", "expected \"add:\""),
    ("dn: x\nchangetype: modify\nincrement: a\na: 1\n-", 3, "increment: a", "expected \"add:\""),
    ("dn: x\nchangetype: modify\nadd: mail\n-", 3, "add: mail", "names no value"),
    ("dn: x\nchangetype: modify\nadd: mail\nsn: y\n-", 4, "sn: y", "expected a value of mail"),
    ("dn: x\nchangetype: modify\nadd: a b\na b: y\n-", 3, "add: a b", "not an attribute name"),
    (
      "dn: x\nchangetype: modify\nadd: a\na:< file:///etc/passwd\n-", 4, "a:< file:///etc/passwd",
      "given by URL, which is never fetched"
    ),
    ("dn: x\nchangetype: add\na:: ????", 3, "a:: ????", "not valid Base64"),
    ("dn:: =\nchangetype: delete", 1, "dn:: =", "not valid Base64"),
    ("dn: x\nchangetype: add\na: b\ndn: y", 4, "dn: y", "second \"dn:\""),
    ("dn: x\nchangetype: modrdn", 2, "changetype: modrdn", "\"newrdn:\" is missing"),
    ("dn: x\nchangetype: modrdn\ncn: y", 3, "cn: y", "expected \"newrdn:\""),
    ("dn: x\nchangetype: modrdn\nnewrdn: y", 3, "newrdn: y", "\"deleteoldrdn:\" is missing"),
    ("dn: x\nchangetype: modrdn\nnewrdn: y\ndeleteoldrdn: yes", 4, "deleteoldrdn: yes", "0 or 1"),
    ("dn: x\nchangetype: modrdn\nnewrdn: y\ndeleteoldrdn: 1\ncn: z", 5, "cn: z", "newsuperior"),
    ("dn: x\ncontrol: yes\nchangetype: delete", 2, "control: yes", "object identifier"),
    ("dn: x\ncontrol: 1.2 maybe\nchangetype: delete", 2, "control: 1.2 maybe", "true or false"),
    ("dn: x\ncontrol: 1.2:< y\nchangetype: delete", 2, "control: 1.2:< y", "never fetched"),
    (" dn: x\nchangetype: delete", 1, " dn: x", "no line before it"),
    ("version: 2\ndn: x\nchangetype: delete", 1, "version: 2", "only 1 is"),
    ("dn: x\nchange type: delete", 2, "change type: delete", "not an attribute name"),
  ]

  @Test(arguments: mistakes)
  func mistakeIsNamedAndTheNextRecordIsRead(
    _ text: String, _ line: Int, _ raw: String, _ reason: String
  ) throws {
    let head = "dn: before\nchangetype: delete\n\n"
    let whole = head + text + "\n\ndn: after\nchangetype: delete\n"
    for (file, shift) in [(whole, 0), (crlf(whole), 1)] {
      let list = read(file)
      #expect(list.records.map(\.dn.text) == ["before", "after"])
      let error = try #require(list.errors.first)
      #expect(list.errors.count == 1)
      #expect(error.line == line + 3)
      #expect(error.raw.text == raw)
      #expect(error.reason.contains(reason))
      let before = text.split(separator: "\n").prefix(line - 1).map { $0.utf8.count + 1 + shift }
      #expect(error.byteOffset == head.utf8.count + 3 * shift + before.reduce(0, +))
      #expect(error.description == "line \(line + 3): \(error.reason)")
    }
  }

  @Test(arguments: ["add: mail\nmail: y", "delete: mail", "add: sn\nsn: x\n-\nreplace: mail"])
  func lastDashMayBeMissingWhereAnEmptyLineIs(_ text: String) throws {
    let head = "dn: x\nchangetype: modify\n"
    for end in ["", "\n"] {
      let list = read(head + text + end)
      #expect(list.records.isEmpty)
      #expect(list.errors.map(\.line) == [2 + text.split(separator: "\n").count])
      #expect(list.errors[0].reason.contains("does not end with \"-\"; perhaps the file was cut"))
      let whole = read(head + text + "\n-")
      #expect(whole.records.count == 1)
      #expect(read(head + text + "\n\n") == whole)
      #expect(read(crlf(head + text + "\n\n") + "dn: y\nchangetype: delete").records.count == 2)
    }
  }

  /// A patch cut short never does more than its whole records do, nor another thing.
  @Test(arguments: [patch, crlf(patch)])
  func everyPrefixIsReadOrRefused(_ text: String) {
    let whole = text.bytes
    for end in 0...whole.count {
      let list = Array(whole[..<end]).withByteView { ChangeRecordReader.read($0) }
      let count = list.records.count
      #expect(list.records.dropLast() == Self.expected.prefix(max(count - 1, 0)))
      #expect(list.errors.count <= 1)
    }
  }

  @Test func readingStopsWhenNoMoreIsWanted() throws {
    var seen: [String] = []
    try ChangeRecordReader.forEach(input(Self.patch.bytes)) { result in
      if case .success(let record) = result { seen.append(record.dn.text) }
      return seen.count < 2
    }
    #expect(seen == ["CN=A,DC=x", "CN=ö,DC=x"])
  }

  /// Records that lie across the places where the file is read in pieces.
  @Test(arguments: [4096, 5000, 8191])
  func windowDoesNotMatter(_ windowSize: Int) throws {
    var text = ""
    var dice = Dice(7)
    for number in 0..<300 {
      let value = String(repeating: "v", count: dice.roll(number % 50 == 0 ? 30_000 : 300))
      text += "# \(number)\ndn: cn=\(number)\nchangetype: add\ncn: \(value)\n"
      text += String(repeating: "\n", count: 1 + dice.roll(3))
    }
    let expected = read(text)
    #expect(expected.records.count == 300)
    var list: [String] = []
    var lines: [Int] = []
    var reader = BlockReader(endsAtDN: false)
    try reader.read(input(text.bytes), windowSize: windowSize) { block in
      lines.append(block.lines[0].number)
      list.append(block.comments.joined())
      return true
    }
    #expect(list == (0..<300).map(String.init))
    #expect(lines == expected.records.map(\.line))
  }

  /// What tools write otherwise and mean the same.
  @Test func otherSpellingsMeanTheSame() throws {
    let plain = """
      version: 1

      dn: CN=A,DC=x
      control: 1.2.840.113556.1.4.805 true
      control: 1.2.3 false
      changetype: modify
      delete: mail;lang-de;x-a
      mail;lang-de;x-a: old value
      -
      add: userCertificate
      userCertificate:: AAH/
      -

      """
    let expected = read(plain)
    try #require(expected.records.count == 1)
    let others = [
      plain.replacing(" true", with: " TRUE").replacing(" false", with: "  False"),
      plain.replacing("mail;lang-de;x-a: ", with: "MAIL;X-A;lang-DE: "),
      plain.replacing("userCertificate:: ", with: "userCertificate;binary:: "),
      plain.replacing("version: 1", with: "version:  1 \t"),
      plain.replacing("old value", with: "old\n\t value"), crlf(plain), crcrlf(plain),
      crcrlf(plain.replacing("AAH/", with: "AA\n\tH/")),
    ]
    for text in others {
      let list = read(text)
      #expect(list.errors == [], "\(text)")
      #expect(list.records == expected.records, "\(text)")
    }
    let binary = read(plain.replacing("add: userCertificate", with: "add: userCertificate;binary"))
    #expect(binary.errors == [])
    // Another option is another attribute.
    for name in ["mail;lang-de: ", "mail;lang-de;x-b: ", "mail;lang-de;x-a;x-c: ", "mail: "] {
      let list = read(plain.replacing("mail;lang-de;x-a: ", with: name))
      #expect(list.errors.map(\.line) == [8], "\(name)")
    }
    #expect(read(plain.replacing(" true", with: " yes")).errors.map(\.line) == [4])
  }
}
