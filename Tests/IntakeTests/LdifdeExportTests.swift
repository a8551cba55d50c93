import Bytes
import LDIF
import System
import TestKit
import Testing

@testable import Intake

/// What `ldifde` writes: entries to be added, and values of theirs in records behind them.
@Suite struct LdifdeExportTests {
  private func text(_ source: OpenedSource) throws -> String {
    let window = FileWindow(file: source.input.file, capacity: 16)
    try window.load(at: source.input.firstByte, count: source.input.file.size + 1)
    return window.bytes.array.text
  }

  /// The values of each entry by attribute, sorted.
  private func entries(_ source: OpenedSource) throws -> [String: [String: [String]]] {
    let list = try ContentReader.read(source.input)
    #expect(list.errors.isEmpty, "\(list.errors)")
    var result: [String: [String: [String]]] = [:]
    for record in list.records {
      #expect(result[record.dn.text] == nil)
      result[record.dn.text] = Dictionary(
        uniqueKeysWithValues: record.attributes.map {
          ($0.name.lowercased(), $0.values.map(\.text).sorted())
        })
    }
    return result
  }

  private static let group = """
    dn: CN=G,DC=b
    changetype: add
    cn: G
    member: CN=1,DC=b

    dn: CN=P,DC=b
    changetype: add
    cn: P

    dn: CN=G,DC=b
    changetype: modify
    add: member
    member: CN=2,DC=b
    member: CN=1,DC=b
    member:: Q049MyxEQz1i
    -
    add: description
    description: a
      b
    -

    dn: cn=g, DC=b
    changetype: modify
    add: member
    MEMBER: CN=4,DC=b
    -

    dn: CN=Q,DC=b
    cn: Q

    """

  private static let merged: [String: [String: [String]]] = [
    "CN=G,DC=b": [
      "cn": ["G"], "member": ["CN=1,DC=b", "CN=2,DC=b", "CN=3,DC=b", "CN=4,DC=b"],
      "description": ["a b"],
    ],
    "CN=P,DC=b": ["cn": ["P"]], "CN=Q,DC=b": ["cn": ["Q"]],
  ]

  @Test func additionsAreOfTheirEntry() throws {
    let utf16 = utf16LE(Self.group.replacing("\n", with: "\r\n"))
    for form in [
      Self.group.bytes, Self.group.replacing("\n", with: "\r\n").bytes, utf16, gzip(utf16),
      [0xEF, 0xBB, 0xBF] + Self.group.bytes, String(Self.group.dropLast(1)).bytes,
    ] {
      let source = try opened(form)
      #expect(try entries(source) == Self.merged)
      #expect(source.faults.isEmpty)
    }
  }

  /// A place of the merged text is the place of the same line in the file.
  @Test func placesAreThoseOfTheFile() throws {
    let source = try opened(Self.group.bytes)
    let given = Self.group.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let own = try text(source).split(separator: "\n", omittingEmptySubsequences: false)
    var offset = 0
    var lines: Set<Int> = []
    for (number, line) in own.enumerated() where number < own.count - 1 {
      let place = source.places.line(of: number + 1)
      #expect(given[place - 1] == line)
      #expect(line.isEmpty || lines.insert(place).inserted)
      let start = try #require(source.places.offset(of: offset))
      #expect(Self.group.bytes[start...].starts(with: line.utf8))
      offset += line.utf8.count + 1
    }
    // What is not there twice: a value, and what stands around values.
    #expect(lines.count + 11 == given.count { !$0.isEmpty })
  }

  @Test func theOrderOfRecordsDoesNotMatter() throws {
    var records = Self.group.split(separator: "\n\n").map { String($0).replacing(/\n$/, with: "") }
    var dice = Dice(3)
    for _ in 0..<50 {
      for index in records.indices { records.swapAt(index, dice.roll(records.count)) }
      let text = records.joined(separator: "\n\n")
      #expect(try entries(opened(text.bytes)) == Self.merged)
      #expect(try entries(opened((text + "\n").bytes)) == Self.merged)
    }
  }

  /// Values that cannot be given to an entry are named; other changes stay what they are.
  @Test func whatHasNoEntryIsSaid() throws {
    let orphans =
      Self.group
      + (1...15).map { "\ndn: CN=X\($0),DC=b\nchangetype: modify\nadd: member\nmember: a\n-\n" }
      .joined()
    let source = try opened(orphans.bytes)
    #expect(try entries(source) == Self.merged)
    #expect(source.faults.count == 11)
    #expect(source.faults[0].line == 31)
    #expect(source.faults[0].message.lowercased().contains("\"cn=x1,dc=b\""))
    #expect(source.faults[10].message.contains("5 more"))
    for change in [
      "changetype: modify\ndelete: member\n-\n", "changetype: delete\n",
      "changetype: modify\nadd: member\nmember: a\n-\nreplace: cn\ncn: x\n-\n",
      "changetype: modrdn\nnewrdn: CN=Z\ndeleteoldrdn: 1\n",
      "control: 1.2.3 true\nchangetype: modify\nadd: member\nmember: a\n-\n",
      "changetype: modify\nadd: member\ncn: a\n-\n", "changetype: modify\n",
    ] {
      let record = "dn: CN=G,DC=b\n\(change)"
      let source = try opened((Self.group + "\n" + record).bytes)
      #expect(try text(source).hasSuffix(record))
      #expect(source.faults.isEmpty)
    }
  }

  /// The records of a patch are left as they are.
  @Test func patchesAreNotMerged() throws {
    let source = try Intake.open(
      spooled(Self.group.bytes), for: .records, spoolFolder: Spool.defaultFolder)
    #expect(try text(source) == Self.group)
  }

  /// Of every beginning and with every changed byte: no value but those of the file, none twice.
  @Test func noDamageMakesValues() throws {
    let whole = Self.group.bytes
    for length in 0...whole.count { try hold(Array(whole[..<length])) }
    for place in whole.indices {
      for flip in [0x01, 0x20, 0x04, 0x4B] as [UInt8] {
        var changed = whole
        changed[place] ^= flip
        try hold(changed)
      }
    }
  }

  private func hold(_ bytes: [UInt8]) throws {
    let source = try opened(bytes)
    let lines = Set(bytes.text.split(separator: "\n", omittingEmptySubsequences: false))
    for line in try text(source).split(separator: "\n", omittingEmptySubsequences: false) {
      // A line end may have been put behind the last.
      #expect(lines.contains(line) || bytes.text.hasSuffix(line), "\(bytes.text)")
    }
    for offset in stride(from: 0, through: source.input.file.size, by: 11) {
      let place = try #require(source.places.offset(of: offset))
      #expect(place >= 0 && place <= bytes.count)
    }
  }

  /// Groups of any size, in files larger than the pieces in which they are read.
  @Test func manyGroupsWithManyAdditions() throws {
    var text = ""
    var expected: [String: [String: [String]]] = [:]
    for group in 0..<40 {
      text += "dn: CN=g\(group),DC=b\r\nchangetype: add\r\ncn: g\(group)\r\n\r\n"
      expected["CN=g\(group),DC=b"] = ["cn": ["g\(group)"], "member": []]
    }
    for part in 0..<30 {
      for group in 0..<40 {
        text += "dn: CN=g\(group),DC=b\r\nchangetype: modify\r\nadd: member\r\n"
        for member in 0..<50 {
          let value = "CN=person \(part * 45 + member) of group \(group),OU=Staff,DC=contoso,DC=com"
          text += "member: \(value)\r\n"
          // The last five are the first of the next part.
          if member < 45 || part == 29 {
            expected["CN=g\(group),DC=b"]?["member"]?.append(value)
          }
        }
        text += "-\r\n\r\n"
      }
    }
    for name in expected.keys { expected[name]?["member"]?.sort() }
    #expect(try entries(opened(text.bytes)) == expected)
  }
}
