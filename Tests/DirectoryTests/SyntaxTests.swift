import Bytes
import Testing

@testable import Directory

@Suite struct ObjectGUIDTests {
  static let stored: [UInt8] = [
    0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF,
  ]
  static let text = "00112233-4455-6677-8899-aabbccddeeff"

  @Test func bytesAndTextAgree() throws {
    let guid = try #require(Self.stored.withByteView { ObjectGUID(bytes: $0) })
    #expect(guid.text == Self.text)
    #expect(guid.storedBytes == Self.stored)
    let arena = ByteArena()
    #expect(guid.text(into: arena).string == Self.text)
    for spelling in [Self.text, Self.text.uppercased(), "{\(Self.text)}"] {
      #expect(withView(spelling) { ObjectGUID(text: $0) } == guid)
    }
  }

  @Test func everythingElseIsRefused() {
    for count in 0..<40 where count != 16 {
      #expect([UInt8](repeating: 1, count: count).withByteView { ObjectGUID(bytes: $0) } == nil)
    }
    withView("{\(Self.text)}") { bytes in
      for end in 0..<bytes.count { #expect(ObjectGUID(text: bytes.upTo(end)) == nil) }
      for start in 2..<bytes.count { #expect(ObjectGUID(text: bytes.from(start)) == nil) }
    }
    for place in 0..<36 {
      var wrong = Array(Self.text.utf8)
      wrong[place] = UInt8(ascii: "g")
      #expect(wrong.withByteView { ObjectGUID(text: $0) } == nil)
    }
    #expect(withView("(\(Self.text))") { ObjectGUID(text: $0) } == nil)
  }
}

@Suite struct SecurityIdentifierTests {
  static let stored: [UInt8] = [
    1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 2, 3, 4, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0,
    0xF4, 1, 0, 0,
  ]
  static let text = "S-1-5-21-67305985-4294967295-0-500"

  @Test func bytesAndTextAgree() throws {
    let sid = try #require(Self.stored.withByteView { SecurityIdentifier(bytes: $0) })
    #expect(sid.text == Self.text)
    #expect(sid.storedBytes == Self.stored)
    #expect(sid.authority == 5)
    #expect(sid.subAuthorities.last == 500)
    #expect(withView(Self.text) { SecurityIdentifier(text: $0) } == sid)
    #expect(withView(Self.text.lowercased()) { SecurityIdentifier(text: $0) } == sid)
    let arena = ByteArena()
    let written = Self.stored.withByteView { SecurityIdentifier.text(of: $0, into: arena)?.string }
    #expect(written == Self.text)
  }

  @Test func wideAuthoritiesAreHexadecimal() throws {
    let stored: [UInt8] = [1, 1, 0xAB, 0, 0, 0, 0, 1, 7, 0, 0, 0]
    let sid = try #require(stored.withByteView { SecurityIdentifier(bytes: $0) })
    #expect(sid.text == "S-1-0xab0000000001-7")
    #expect(withView(sid.text) { SecurityIdentifier(text: $0) } == sid)
    let bare: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 5]
    #expect(bare.withByteView { SecurityIdentifier(bytes: $0)?.text } == "S-1-5")
  }

  @Test func everythingElseIsRefused() {
    Self.stored.withByteView { bytes in
      for end in 0..<bytes.count { #expect(SecurityIdentifier(bytes: bytes.upTo(end)) == nil) }
    }
    #expect((Self.stored + [0]).withByteView { SecurityIdentifier(bytes: $0) } == nil)
    var revision = Self.stored
    revision[0] = 2
    #expect(revision.withByteView { SecurityIdentifier(bytes: $0) } == nil)
    let sixteen: [UInt8] = [1, 16, 0, 0, 0, 0, 0, 5] + [UInt8](repeating: 0, count: 64)
    #expect(sixteen.withByteView { SecurityIdentifier(bytes: $0) } == nil)
    for wrong in [
      "", "S", "S-1-", "S-1-x", "S-1-5-", "S-1-5-4294967296", "S-1-5-1x", "S-2-5", "S-1-5 ",
      "S-1-5-99999999999999999999", "S-1-281474976710656",
      "S-1-5" + String(repeating: "-1", count: 16),
      String(repeating: "S-1-5", count: 1000),
    ] {
      #expect(withView(wrong) { SecurityIdentifier(text: $0) } == nil)
    }
  }
}

@Suite struct LDAPSyntaxTests {
  @Test(arguments: [
    ("0", 0), ("-0", 0), ("007", 7), ("-1", -1), ("9223372036854775807", Int64.max),
    ("-9223372036854775808", Int64.min), ("9223372036854775808", nil),
    ("-9223372036854775809", nil), ("99999999999999999999999", nil), ("", nil), ("-", nil),
    ("+1", nil), (" 1", nil), ("1 ", nil), ("1.0", nil), ("0x1", nil), ("--1", nil), ("1\0", nil),
  ])
  func integers(_ text: String, _ expected: Int64?) {
    #expect(withView(text) { LDAPInteger.parse($0) } == expected)
  }

  @Test(.timeLimit(.minutes(1)))
  func aMegabyteOfDigits() {
    let zeros = [UInt8](repeating: 0x30, count: 1_000_000)
    #expect(zeros.withByteView { LDAPInteger.parse($0) } == 0)
    #expect((zeros + [0x31]).withByteView { LDAPInteger.parse($0) } == 1)
  }

  @Test func accountControl() throws {
    let control = try #require(UserAccountControl(ByteView("262658")))
    #expect(control == [.smartcardRequired, .normalAccount, .accountDisable])
    #expect(!control.contains(.interdomainTrustAccount))
    #expect(UserAccountControl(ByteView("-2147483648"))?.rawValue == 0x8000_0000)
    #expect(UserAccountControl(ByteView("4294967296")) == nil)
    #expect(UserAccountControl(ByteView("x")) == nil)
  }
}

@Suite struct DirectoryTimeTests {
  @Test(arguments: [
    ("20261121091500.0Z", "2026-11-21T09:15:00Z"),
    ("20261121091500Z", "2026-11-21T09:15:00Z"),
    ("202611210915Z", "2026-11-21T09:15:00Z"),
    ("2026112109Z", "2026-11-21T09:00:00Z"),
    ("2026112109.5Z", "2026-11-21T09:30:00Z"),
    ("202611210915,5z", "2026-11-21T09:15:30Z"),
    ("20261121101500+0100", "2026-11-21T09:15:00Z"),
    ("20261121041500-05", "2026-11-21T09:15:00Z"),
    ("20261231233000-0100", "2027-01-01T00:30:00Z"),
    ("20161231235960Z", "2017-01-01T00:00:00Z"),
    ("20240229000000Z", "2024-02-29T00:00:00Z"),
    ("20000229000000Z", "2000-02-29T00:00:00Z"),
    ("16010101000000Z", "1601-01-01T00:00:00Z"),
    ("00010101000000Z", "0001-01-01T00:00:00Z"),
    ("99991231235959.9999999999Z", "9999-12-31T23:59:59Z"),
    ("20230229000000Z", nil), ("19000229000000Z", nil), ("20261301000000Z", nil),
    ("20261121246000Z", nil), ("20261121240000Z", nil), ("2026112109150Z", nil),
    ("20261121091500", nil), ("20261121091500.Z", nil), ("20261121091500Zx", nil),
    ("20261121091500+1", nil), ("20261121091500+2400", nil), ("20261121091500 Z", nil),
    ("261121091500Z", nil), ("", nil), ("00000101000000Z", nil), ("20261121091561Z", nil),
  ])
  func generalizedTimes(_ text: String, _ expected: String?) {
    #expect(withView(text) { DirectoryTime(generalizedTime: $0)?.iso8601 } == expected)
  }

  @Test(arguments: [
    ("133500000000000000", "2024-01-17T21:20:00Z"),
    ("1", "1601-01-01T00:00:00Z"),
    ("0", nil), ("9223372036854775807", nil), ("-1", nil), ("x", nil),
  ])
  func fileTimes(_ text: String, _ expected: String?) {
    #expect(withView(text) { DirectoryTime(fileTimeText: $0)?.iso8601 } == expected)
  }

  @Test func unixSeconds() throws {
    #expect(try #require(DirectoryTime(unixSeconds: 0)).fileTime == 116_444_736_000_000_000)
    #expect(DirectoryTime(fileTime: 116_444_736_000_000_000).unixSeconds == 0)
    #expect(DirectoryTime(fileTime: 116_444_735_999_999_999).unixSeconds == -1)
    #expect(DirectoryTime(unixSeconds: .max) == nil)
    #expect(DirectoryTime(unixSeconds: .min) == nil)
  }

  @Test func everyDayOfFourCenturiesComesBack() throws {
    var days = 0
    for year in 1601...2000 {
      for month in 1...12 {
        for day in 1...DirectoryTime.daysIn(month, of: year) {
          let parts = DirectoryTime.Components(year: year, month: month, day: day, hour: 23)
          let time = try #require(DirectoryTime(parts))
          let seconds = time.fileTime / DirectoryTime.ticksPerSecond
          if seconds != Int64(days * 86400 + 82800) || time.components != parts {
            Issue.record("\(time.iso8601)")
          }
          days += 1
        }
      }
    }
    #expect(days == 146_097)
  }

  @Test func extremesDoNotCrash() {
    for ticks in [Int64.min, -1, 0, Int64.max] {
      let time = DirectoryTime(fileTime: ticks)
      #expect(!time.iso8601.isEmpty)
      #expect(!time.generalizedTime.isEmpty)
    }
    #expect(DirectoryTime(fileTime: 0).generalizedTime == "16010101000000.0Z")
    #expect(DirectoryTime(fileTime: 1) < DirectoryTime(fileTime: 2))
  }

  @Test func everyPrefixAndHostileBytes() {
    withView("20261121091500.123+0130") { bytes in
      for end in 0..<bytes.count {
        // Only a zone's hours without its minutes are a time of their own.
        let time = DirectoryTime(generalizedTime: bytes.upTo(end))
        #expect((time != nil) == (end == bytes.count - 2))
      }
    }
    for hostile in hostileBytes {
      (Array("20261121091500Z".utf8) + hostile).withByteView {
        #expect(DirectoryTime(generalizedTime: $0) == nil)
      }
    }
    let long = [UInt8](repeating: 0x39, count: 1_000_000)
    #expect(long.withByteView { DirectoryTime(generalizedTime: $0) } == nil)
  }
}

extension DirectoryTime {
  /// `2026-11-21T09:15:00Z`, without fractions.
  fileprivate var iso8601: String {
    let parts = components
    func digits(_ value: Int, _ width: Int) -> String {
      String(repeating: "0", count: max(0, width - String(value).count)) + String(value)
    }
    return "\(digits(parts.year, 4))-\(digits(parts.month, 2))-\(digits(parts.day, 2))"
      + "T\(digits(parts.hour, 2)):\(digits(parts.minute, 2)):\(digits(parts.second, 2))Z"
  }
}
