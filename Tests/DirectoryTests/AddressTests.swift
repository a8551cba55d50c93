import Bytes
import Testing

@testable import Directory

@Suite struct AddressTests {
  struct Case: Sendable {
    var value: String
    var type: String?
    var kind: Address.Kind
    var isPrimary: Bool
    var local: String?
    var domain: String?
    var atCount = 1
  }

  static let cases: [Case] = [
    Case(
      value: "SMTP:ann@contoso.com", type: "SMTP", kind: .smtp, isPrimary: true, local: "ann",
      domain: "contoso.com"),
    Case(
      value: "smtp:ann@contoso.com", type: "smtp", kind: .smtp, isPrimary: false, local: "ann",
      domain: "contoso.com"),
    Case(
      value: "Smtp:a@b", type: "Smtp", kind: .smtp, isPrimary: false, local: "a", domain: "b"),
    Case(
      value: "SIP:a@b@c", type: "SIP", kind: .sip, isPrimary: true, local: "a@b", domain: "c",
      atCount: 2),
    Case(
      value: "x500:/o=x/cn=a", type: "x500", kind: .x500, isPrimary: false, local: nil,
      domain: nil, atCount: 0),
    Case(
      value: "X400:c=us;a= ;", type: "X400", kind: .x400, isPrimary: true, local: nil, domain: nil,
      atCount: 0),
    Case(
      value: "EUM:1@x", type: "EUM", kind: .eum, isPrimary: true, local: "1", domain: "x"),
    Case(
      value: "MS.A+B-1:z", type: "MS.A+B-1", kind: .other, isPrimary: true, local: nil,
      domain: nil, atCount: 0),
    Case(
      value: "12:a@b", type: "12", kind: .other, isPrimary: false, local: "a", domain: "b"),
    Case(
      value: "ann@contoso.com", type: nil, kind: .none, isPrimary: false, local: "ann",
      domain: "contoso.com"),
    Case(
      value: ":a@b", type: nil, kind: .none, isPrimary: false, local: ":a", domain: "b"),
    Case(
      value: "sm tp:a@b", type: nil, kind: .none, isPrimary: false, local: "sm tp:a", domain: "b"),
    Case(
      value: "smtp:", type: "smtp", kind: .smtp, isPrimary: false, local: nil, domain: nil,
      atCount: 0),
    Case(value: "@", type: nil, kind: .none, isPrimary: false, local: "", domain: ""),
    Case(
      value: "SMTP:x:y@z", type: "SMTP", kind: .smtp, isPrimary: true, local: "x:y", domain: "z"),
    Case(value: "", type: nil, kind: .none, isPrimary: false, local: nil, domain: nil, atCount: 0),
  ]

  @Test(arguments: cases)
  func parts(_ example: Case) {
    withView(example.value) { bytes in
      let address = Address(bytes)
      #expect(address.type?.string == example.type)
      #expect(address.kind == example.kind)
      #expect(address.isPrimary == example.isPrimary)
      #expect(address.local?.string == example.local)
      #expect(address.domain?.string == example.domain)
      #expect(address.atCount == example.atCount)
      #expect(address.value.array == bytes.array)
      #expect(address.body.array == bytes.from(address.bodyOffset).array)
      #expect(address.domainOffset.map { bytes.from($0).string } == example.domain)
      #expect(address.hasType(ByteView("none")) == (example.type == nil))
    }
  }

  @Test func anUntypedValueKeepsItsColon() {
    let address = Address(ByteView("smtp:a@b"), typed: false)
    #expect(address.type == nil)
    #expect(address.kind == .none)
    #expect(address.local?.string == "smtp:a")
  }

  @Test func typesAreComparedWithoutCase() {
    #expect(Address(ByteView("Notes:x")).hasType(ByteView("notes")))
    #expect(!Address(ByteView("Notes:x")).hasType(ByteView("note")))
    #expect(!Address(ByteView("None:x")).hasType(ByteView("smtp")))
  }

  @Test(arguments: hostileBytes)
  func hostileBytesEverywhere(_ bytes: [UInt8]) {
    let value = Array("SMTP:a@b.c".utf8)
    for place in 0...value.count {
      var hostile = value
      hostile.insert(contentsOf: bytes, at: place)
      hostile.withByteView { view in
        let address = Address(view)
        #expect(address.bodyOffset + address.body.count == view.count)
        #expect(address.atCount == 1)
      }
    }
  }

  @Test func everyPrefix() {
    withView("SMTP:ann@contoso.com") { bytes in
      for end in 0...bytes.count {
        let address = Address(bytes.upTo(end))
        #expect((address.type != nil) == (end > 4))
        #expect((address.domain != nil) == (end > 8))
      }
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: [UInt8(ascii: "a"), UInt8(ascii: "@")])
  func aMegabyte(_ byte: UInt8) {
    [UInt8](repeating: byte, count: 1_000_000).withByteView { bytes in
      #expect(Address(bytes).atCount == (byte == UInt8(ascii: "@") ? 1_000_000 : 0))
    }
  }
}
