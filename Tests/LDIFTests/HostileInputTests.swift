import Bytes
import Directory
import TestKit
import Testing

@testable import LDIF

/// Input that was made to cost time or memory. Quadratic time would take hours here.
@Suite(.serialized, .timeLimit(.minutes(2))) struct HostileInputTests {
  #if DEBUG
    private static let scale = 1
  #else
    private static let scale = 10
  #endif

  private func repeated(_ text: String, _ count: Int) -> [UInt8] {
    let piece = text.bytes
    var out: [UInt8] = []
    out.reserveCapacity(piece.count * count)
    for _ in 0..<count { out.append(contentsOf: piece) }
    return out
  }

  /// What comes out with chunks of the usual size, which must be what the bytes say at once.
  private func read(_ bytes: [UInt8]) throws -> [Seen] {
    let (seen, lines) = try chunked(input(bytes), chunkSize: ChunkReader.chunkSize)
    let newlines = bytes.withByteView { $0.newlineCount }
    #expect(lines == newlines + (bytes.last == 0x0A ? 0 : 1))
    return seen
  }

  @Test func longLine() throws {
    let count = Self.scale * Self.scale * 1_000_000
    let value = [UInt8](repeating: 0x61, count: count)
    let seen = try read("dn: a\ncn: ".bytes + value + "\n\ndn: b\n".bytes)
    #expect(seen.map(\.dn) == ["a", "b"])
    #expect(try #require(seen[0].values)["cn"]?.first?.count == count)
    #expect(try read("dn: a\nnotWanted: ".bytes + value).map(\.dn) == ["a"])
    #expect(try read("dn: a\n".bytes + value)[0].error?.raw.count == LDIFError.maximumRaw)
    #expect(try read(value + ": x".bytes)[0].error?.reason.contains("begin with") == true)
    #expect(try read("dn: ".bytes + value)[0].dn?.utf8.count == count)
    #expect(try read("#".bytes + value + "\ndn: a".bytes).map(\.dn) == ["a"])
    let encoded = [UInt8](repeating: 0x41, count: count)
    let decoded = try read("dn: a\ncn:: ".bytes + encoded)[0].values
    #expect(try #require(decoded)["cn"]?.first?.count == count / 4 * 3)
  }

  @Test func longNames() throws {
    let name = String(repeating: "x", count: 50_000 * Self.scale)
    let names = (0..<10).map { "\(name)\($0): v\n" }.joined()
    let seen = try read("dn: a\n\(names)cn: x\n".bytes)
    #expect(seen[0].texts("cn") == ["x"])
  }

  @Test func millionValues() throws {
    let count = Self.scale * 100_000
    let seen = try read(
      "dn: a\n".bytes + repeated("cn: x\n", count) + repeated("member: cn=x\n", count)
        + "\ndn: b".bytes)
    guard case .entry(_, let values, let counts) = seen[0].outcome else {
      Issue.record("no entry")
      return
    }
    #expect(values["cn"]?.count == count)
    #expect(counts == ["cn": count, "member": count])
    #expect(seen[1].dn == "b")
  }

  @Test func millionNames() throws {
    var bytes = "dn: a\n".bytes
    for number in 0..<(Self.scale * 50_000) { bytes += "name\(number): x\n".bytes }
    let seen = try read(bytes + "cn: x\n".bytes)
    #expect(seen[0].texts("cn") == ["x"])
    let list = bytes.withByteView { ContentReader.read($0) }
    #expect(list.records[0].attributes.count == Self.scale * 50_000)
  }

  @Test func oneCharacterLines() throws {
    let count = Self.scale * 300_000
    for (lineEnd, name) in [("\n", "cn"), ("\r\n", "cn"), ("\n", "notWanted")] {
      let seen = try read(
        "dn: a\n\(name): ".bytes + repeated("\(lineEnd) x", count) + "\n\ndn: b".bytes)
      #expect(seen.map(\.dn) == ["a", "b"])
      let values = try #require(seen[0].values)
      #expect(values["cn"] == (name == "cn" ? [[UInt8](repeating: 0x78, count: count)] : nil))
    }
    #expect(try read(repeated("d\n ", count))[0].error?.reason.contains("colon") == true)
  }

  @Test func fileWithoutEmptyLine() throws {
    let seen = try read("dn: a\n".bytes + repeated("other: value\n", Self.scale * 300_000))
    #expect(seen.map(\.dn) == ["a"])
    let bad = try read(repeated("bad\n", Self.scale * 300_000))
    #expect(bad.count == 1)
  }

  @Test func onlyEmptyLines() throws {
    for lineEnd in ["\n", "\r\n"] {
      let many = repeated(lineEnd, Self.scale * 1_000_000)
      #expect(try read(many).isEmpty)
      let seen = try read(many + "dn: a\n".bytes + many + "dn: b".bytes)
      #expect(seen.map(\.dn) == ["a", "b"])
      #expect(seen.map(\.line) == [Self.scale * 1_000_000, Self.scale * 2_000_000 + 1])
    }
  }

  @Test func manyTinyRecords() throws {
    let count = Self.scale * 50_000
    #expect(try read(repeated("dn:\n\n", count)).count == count)
    #expect(try read(repeated("x\n\n", count)).count == count)
  }

  /// NUL and bytes that are no text are values like others.
  @Test func binaryRubbish() throws {
    var dice = Dice(21)
    for _ in 0..<50 {
      let rubbish = dice.bytes(3000)
      _ = try read(rubbish)
      let value = rubbish.filter { $0 != 0x0A && $0 != 0x0D }
      let seen = try read("dn: a\nuserCertificate: x".bytes + value + "\n\ndn: b".bytes)
      guard case .entry(_, let values, _) = seen[0].outcome else {
        Issue.record("no entry")
        return
      }
      #expect(values["userCertificate"] == [[0x78] + value])
    }
    #expect(try read([UInt8](repeating: 0, count: 100_000))[0].error != nil)
  }

  @Test func hugePatch() throws {
    let count = Self.scale * 30_000
    let bytes =
      "dn: a\nchangetype: modify\nadd: cn\n".bytes + repeated("cn: x\n", count)
      + repeated("-\ndelete: cn\n", count) + "-\n".bytes
    let list = try ChangeRecordReader.read(input(bytes))
    guard case .modify(let modifications) = list.records.first?.kind else {
      Issue.record("no modify")
      return
    }
    #expect(modifications.count == count + 1)
    #expect(modifications[0].values.count == count)
  }
}
