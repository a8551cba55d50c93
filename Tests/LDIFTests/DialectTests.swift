import Bytes
import TestKit
import Testing

@testable import LDIF

/// Small files as tools write them, whole, cut anywhere and with any one byte changed.
@Suite struct DialectTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    /// The entries, in order.
    var names: [String]

    init(_ tool: String, _ names: [String], _ text: String) {
      testDescription = tool
      self.names = names
      self.text = text
    }
  }

  static let samples = [
    Sample(
      "ldifde", ["CN=Ann,DC=x", "CN=Jörg,DC=x"],
      """
      dn: CN=Ann,DC=x
      changetype: add
      objectClass: user
      cn: Ann
      objectGUID:: AAECAwQFBgcICQoLDA0ODw==
      description:
       A value that ldifde has put on a line of its own, because it is rather long

      dn:: Q049SsO2cmcsREM9eA==
      changetype: add
      cn:: SsO2cmc=

      """.replacing("\n", with: "\r\n")),
    Sample(
      "ldapsearch", ["cn=a,dc=x", "cn=b,dc=x"],
      """
      # extended LDIF
      #
      # LDAPv3
      # base <dc=x> with scope subtree
      #

      # a, x
      dn: cn=a,dc=x
      cn: a
      mail: a@x

      # search reference
      ref: ldap://ForestDnsZones.x/DC=ForestDnsZones,DC=x

      # b, x
      dn: cn=b,dc=x
      cn: b

      # search result
      search: 2
      result: 0 Success
      control: 1.2.840.113556.1.4.319 false MAUCAQAEAA==
      pagedresults: cookie=

      # numResponses: 4
      # numEntries: 2
      # numReferences: 1

      """),
    Sample(
      "files one behind the other", ["cn=a,dc=x", "cn=b,dc=x", "cn=c,dc=x"],
      """
      dn: cn=a,dc=x
      cn: a

      \u{FEFF}dn: cn=b,dc=x
      cn: b
      \u{FEFF}dn: cn=c,dc=x
      cn: c

      """),
    Sample(
      "ldapsearch, names with line breaks", ["cn=a\\0ACNF:0a,dc=x", "cn=b\\0ADEL:0b,dc=x"],
      """
      # a
      CNF:0a, x
      dn: cn=a\\0ACNF:0a,dc=x
      cn: a

      # b
      DEL:0b, Deleted Objects, with a name that is long enough to be folded by the
       tool, x
      dn:: Y249YlwwQURFTDowYixkYz14
      cn: b

      """),
    Sample(
      "ldapsearch -LLL", ["cn=a,dc=x", "cn=b,dc=x"],
      """
      dn: cn=a,dc=x
      cn: a
      sn: A name that is long enough to be cut where ldapsearch cuts it, at column 78
       9 or so
      jpegPhoto:< file:///tmp/ldapsearch-jpegPhoto-x

      dn: cn=b,dc=x
      cn: b
      member;range=0-1: cn=a,dc=x
      # refldap://y.x/DC=y,DC=x

      """),
    Sample(
      "ldbsearch", ["CN=a,DC=x", "CN=b,DC=x"],
      """
      # record 1
      dn: CN=a,DC=x
      cn: a
      objectSid: S-1-5-21-1-2-3-1000

      # record 2
      dn: CN=b,DC=x
      cn: b
      mail: b@x

      # Referral
      ref: ldap:///CN=Configuration,DC=x

      # returned 3 records
      # 2 entries
      # 1 referrals

      """),
    Sample(
      "slapcat", ["dc=x", "uid=a,dc=x"],
      """
      dn: dc=x
      objectClass: dcObject
      structuralObjectClass: organization
      entryUUID: 2b5e8f6c-0000-1000-8000-000000000000
      entryCSN: 20260101000000.000000Z#000000#000#000000

      dn: uid=a,dc=x
      cn: a
      mail: a@x
      userPassword:: e1NTSEF9eA==

      """),
    Sample(
      "db2ldif -r", ["dc=x", "uid=a,dc=x"],
      """
      version: 1

      # entry-id: 1
      dn: dc=x
      nsUniqueId: 2b5e8f6c-00001000-80000000-00000000

      # entry-id: 2
      dn: uid=a,dc=x
      cn;vucsn-5f1e2d3c000000010000;mdcsn-5f1e2d3c000000010000: a
      sn;adcsn-5f1e2d3c000000010001;vucsn-5f1e2d3c000000010000: b

      """),
    Sample(
      "Studio", ["cn=a,dc=x"],
      """
      #!RESULT OK
      #!CONNECTION ldap://x:389
      #!DATE 2026-01-01T00:00:00.000
      dn: cn=a,dc=x
      cn: a
      description: b

      """),
    Sample(
      "JXplorer", ["cn=a,dc=x", "cn=b,dc=x"],
      """
      version: 1

      dn: cn=a,dc=x
      cn: a
      sn: b


      dn: cn=b,dc=x
      cn: b


      """),
    Sample(
      "ldap3", ["cn=a,dc=x", "cn=b,dc=x", "cn=c,dc=x"],
      """
      version: 1

      dn: cn=a,dc=x
      cn: a
      dn: cn=b,dc=x
      cn: b
      mail:: YkB4
      dn: cn=c,dc=x
      sn: c
      """),
  ]

  /// The text with its own line ends, and with those that conversions make of them.
  private static func files(_ sample: Sample) -> [[UInt8]] {
    [sample.text.bytes, crlf(sample.text.replacing("\r\n", with: "\n")).bytes]
      + [crcrlf(sample.text.replacing("\r\n", with: "\n")).bytes]
  }

  @Test(arguments: samples) func entriesAreRead(_ sample: Sample) {
    for file in Self.files(sample) {
      #expect(scanned(file).compactMap(\.dn) == sample.names)
      #expect(scanned(file).compactMap(\.error) == [])
      let list = file.withByteView { ContentReader.read($0) }
      #expect(list.records.map(\.dn.text) == sample.names)
    }
  }

  /// What has been cut off takes nothing of the records before.
  @Test(arguments: samples) func everyPrefix(_ sample: Sample) throws {
    for file in Self.files(sample) {
      let whole = scanned(file)
      for end in 0...file.count {
        let prefix = Array(file[..<end])
        let seen = scanned(prefix)
        for (block, next) in zip(whole, whole.dropFirst())
        where next.offset + Self.mark(file, at: next.offset) <= end {
          #expect(seen.contains(block), "cut at \(end)")
        }
        try Self.expectAgreement(prefix, seen)
      }
    }
  }

  /// A changed byte changes the record that it is in, or two that it joins, and no other.
  @Test(arguments: samples) func everyChangedByte(_ sample: Sample) throws {
    let file = sample.text.bytes
    let whole = scanned(file)
    for place in file.indices {
      for byte in [0x0A, 0x0D, 0x20, 0x3A, 0x09, 0x64, 0x23, 0xFF] as [UInt8]
      where file[place] != byte {
        var changed = file
        changed[place] = byte
        let seen = scanned(changed)
        for (index, block) in whole.enumerated() {
          let end = index + 1 < whole.count ? whole[index + 1].offset : file.count
          guard place < block.offset - 4 || place > end + Self.mark(file, at: end) else { continue }
          #expect(
            seen.contains { $0.offset == block.offset && $0.outcome == block.outcome },
            "\(byte) at \(place)")
        }
        try Self.expectAgreement(changed, seen, chunkSizes: [64])
      }
    }
  }

  /// The bytes that tell that a record begins: `dn:`, perhaps behind a byte order mark.
  private static func mark(_ file: [UInt8], at place: Int) -> Int {
    file[place...].starts(with: [0xEF, 0xBB, 0xBF]) ? 6 : 3
  }

  /// All readers read the same entries, in chunks of whatever size.
  private static func expectAgreement(
    _ bytes: [UInt8], _ seen: [Seen], chunkSizes: [Int] = [16, 50]
  ) throws {
    let names = seen.compactMap(\.dn)
    let list = bytes.withByteView { ContentReader.read($0) }
    #expect(list.records.map(\.dn.text) == names, "\(bytes.text)")
    guard !bytes.isEmpty else { return }
    let file = LDIFInput(file: try spooled(bytes), firstByte: 0)
    for size in chunkSizes {
      let chunks = try chunked(file, chunkSize: size)
      #expect(
        chunks.seen.filter { $0.outcome != .nothing }.map(\.outcome)
          == seen.filter { $0.outcome != .nothing }.map(\.outcome), "\(bytes.text)")
    }
  }
}
