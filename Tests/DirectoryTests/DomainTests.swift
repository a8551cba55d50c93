import Bytes
import Testing

@testable import Directory

@Suite struct DomainTests {
  @Test(arguments: [
    ("contoso.com", DomainVerdict.routable),
    ("CONTOSO.CoM", .routable),
    ("mail.contoso.co.uk", .routable),
    ("müller.de", .routable),
    ("x.рф", .routable),
    ("X.РФ", .routable),
    ("x.xn--p1ai", .routable),
    ("x.XN--P1AI", .routable),
    ("x.vermögensberatung", .routable),
    ("x.ck", .routable),
    ("x.travelersinsurance", .routable),
    ("contoso.local", .specialUse(name: "local", reference: "RFC 6762")),
    ("LOCAL", .specialUse(name: "local", reference: "RFC 6762")),
    ("a.b.test", .specialUse(name: "test", reference: "RFC 6761")),
    ("localhost", .specialUse(name: "localhost", reference: "RFC 6761")),
    ("x.invalid", .specialUse(name: "invalid", reference: "RFC 6761")),
    ("x.example", .specialUse(name: "example", reference: "RFC 6761")),
    ("Example.COM", .specialUse(name: "example.com", reference: "RFC 6761")),
    ("a.example.org", .specialUse(name: "example.org", reference: "RFC 6761")),
    ("myexample.com", .routable),
    ("notlocal.com", .routable),
    ("x.onion", .specialUse(name: "onion", reference: "RFC 7686")),
    ("x.alt", .specialUse(name: "alt", reference: "RFC 9476")),
    ("x.home.arpa", .specialUse(name: "home.arpa", reference: "RFC 8375")),
    ("ipv4only.arpa", .specialUse(name: "ipv4only.arpa", reference: "RFC 8880")),
    ("6tisch.arpa", .specialUse(name: "6tisch.arpa", reference: "RFC 9031")),
    ("1.10.in-addr.arpa", .specialUse(name: "10.in-addr.arpa", reference: "RFC 6761")),
    ("x.arpa", .specialUse(name: "arpa", reference: "RFC 3172")),
    (
      "contoso.internal",
      .reserved(name: "internal", reference: "ICANN Board, 29 July 2024")
    ),
    ("contoso", .singleLabel),
    ("com", .singleLabel),
    (
      "contoso.corp",
      .unknownTopLevelDomain(
        label: 8..<12,
        note: "not reserved, but ICANN deferred its delegation indefinitely in February 2018")
    ),
    (
      "contoso.LAN",
      .unknownTopLevelDomain(
        label: 8..<11,
        note: "not reserved, only seen on private networks (RFC 6762 Appendix G)")
    ),
    (
      "x.localdomain",
      .unknownTopLevelDomain(label: 2..<13, note: "not reserved, only seen on private networks")
    ),
    ("contoso.cmo", .unknownTopLevelDomain(label: 8..<11, note: nil)),
    ("10.0.0.1", .unknownTopLevelDomain(label: 7..<8, note: nil)),
    ("x.рфф", .unknownTopLevelDomain(label: 2..<8, note: nil)),
    ("", .malformed(.empty)),
    (".", .malformed(.emptyLabel(offset: 0))),
    (".com", .malformed(.emptyLabel(offset: 0))),
    ("a..com", .malformed(.emptyLabel(offset: 2))),
    ("contoso.com.", .malformed(.emptyLabel(offset: 12))),
    ("-a.com", .malformed(.hyphenAtEdge(label: 0..<2))),
    ("b.a-.com", .malformed(.hyphenAtEdge(label: 2..<4))),
    ("a_b.com", .malformed(.badCharacter(offset: 1))),
    ("a b.com", .malformed(.badCharacter(offset: 1))),
    ("[10.0.0.1]", .malformed(.badCharacter(offset: 0))),
    ("a\u{A0}b.com", .malformed(.badCharacter(offset: 1))),
    ("a€.com", .malformed(.badCharacter(offset: 1))),
    ("xn--bcher-kva.com", .routable),
    ("XN--Bcher-KVA.com", .routable),
    ("xn--.com", .malformed(.hyphenAtEdge(label: 0..<4))),
    ("a.xn--a.com", .malformed(.notPunycode(label: 2..<7))),
    ("xn--a-.com", .malformed(.hyphenAtEdge(label: 0..<6))),
    ("xn--abc-99999999999999.com", .malformed(.notPunycode(label: 0..<22))),
    // They stand for "bÜcher" with a capital, "a€" and an unassigned scalar.
    ("xn--bcher-2pa.com", .malformed(.notPunycode(label: 0..<13))),
    ("xn--a-xpn.com", .malformed(.notPunycode(label: 0..<9))),
    ("xn--zva.com", .malformed(.notPunycode(label: 0..<7))),
    ("a_b.local", .specialUse(name: "local", reference: "RFC 6762")),
  ])
  func verdicts(_ domain: String, _ expected: DomainVerdict) {
    withView(domain) { bytes in
      let verdict = Domain.verdict(of: bytes)
      #expect(verdict == expected)
      #expect(verdict.isRoutable == (expected == .routable))
      #expect(verdict.reason(for: bytes).isEmpty == verdict.isRoutable)
    }
  }

  @Test(arguments: [
    ("a.local", "\"local\" is a special-use name (RFC 6762)"),
    ("a.internal", "\"internal\" is reserved for private use (ICANN Board, 29 July 2024)"),
    ("a", "the domain has only one label"),
    (
      "a.zzz",
      "\"zzz\" is no top-level domain (list of \(TopLevelDomains.date))"
    ),
    (
      "a.lan",
      "\"lan\" is no top-level domain (list of \(TopLevelDomains.date); "
        + "not reserved, only seen on private networks (RFC 6762 Appendix G))"
    ),
    ("a_b.de", "no host name has the character \"_\" LOW LINE"),
    ("-a.de", "the label \"-a\" begins or ends with \"-\""),
  ])
  func reasons(_ domain: String, _ expected: String) {
    #expect(withView(domain) { Domain.verdict(of: $0).reason(for: $0) } == expected)
  }

  @Test func lengths() {
    let label63 = String(repeating: "a", count: 63)
    #expect(withView(label63 + ".com") { Domain.verdict(of: $0) } == .routable)
    #expect(
      withView(label63 + "a.com") { Domain.verdict(of: $0) }
        == .malformed(.labelTooLong(label: 0..<64)))
    let name = [label63, label63, label63, label63].joined(separator: ".")
    #expect(
      withView(name) { Domain.verdict(of: $0) } == .malformed(.nameTooLong(count: 255)))
    // 57 scalars of two bytes, all the same, take one digit each and fit; 70 do not.
    let greek = String(repeating: "α", count: 40)
    #expect(withView(greek) { Domain.isHostNameLabelValid($0) })
    #expect(withView(greek + greek) { !Domain.isHostNameLabelValid($0) })
  }

  @Test(arguments: [
    ("a", true), ("A-1", true), ("0", true), ("", false), ("-", false), ("a-", false),
    ("a.b", false), ("a_b", false), ("é", true), ("e\u{301}", true), ("\u{200B}", false),
    ("a\0", false), ("😀", false),
  ])
  func labels(_ label: String, _ expected: Bool) {
    #expect(withView(label) { Domain.isHostNameLabelValid($0) } == expected)
  }

  @Test(arguments: [
    ("Müller.DE", "xn--mller-kva.de"),
    ("x.рф", "x.xn--p1ai"),
    ("CONTOSO.com", "contoso.com"),
    ("contoso.com", "contoso.com"),
    ("bücher.пример.com", "xn--bcher-kva.xn--e1afmkfd.com"),
    ("ü..x.", "xn--tda..x."),
    // RFC 3492 §7.1 (A) and (L).
    ("ليهمابتكلموشعربي؟", "xn--egbpdaj6bu4bxfgehfvwxn"),
    ("3年b組金八先生", "xn--3b-ww4c5e180e575a65lsy2b"),
    ("", ""),
  ])
  func asciiForms(_ domain: String, _ expected: String) {
    #expect(withView(domain) { asciiForm($0) } == expected)
  }

  @Test(arguments: [
    ("a@bücher.com", "a@xn--bcher-kva.com"),
    ("ü@contoso.com", "ü@contoso.com"),
    ("ü@x@рф.bücher.", "ü@x@xn--p1ai.xn--bcher-kva."),
    ("bücher.com", "bücher.com"),
    ("a@", "a@"),
    ("a@.ü", "a@.xn--tda"),
    // Decomposed, capital, in full width, with dots of full width, with what cannot be seen.
    ("a@bu\u{308}cher.com", "a@xn--bcher-kva.com"),
    ("a@BU\u{308}CHER.com", "a@xn--bcher-kva.com"),
    ("a@\u{1112}\u{1161}\u{11AB}.kr", "a@xn--6q8b.kr"),
    ("a@q\u{307}\u{323}.com", "a@xn--q-9bb7f.com"), ("a@q\u{323}\u{307}.com", "a@xn--q-9bb7f.com"),
    ("a@ｃｏｎｔｏｓｏ．ｃｏｍ", "a@contoso.com"), ("a@ｂü。com", "a@xn--b-eha.com"),
    ("a@con\u{AD}to\u{200B}so\u{FE0F}.com", "a@contoso.com"),
    ("a@ｶﾞｷﾞ.jp", "a@xn--mcke.jp"), ("a@ガギ.jp", "a@xn--mcke.jp"), ("a@Kelvin.ſ", "a@kelvin.s"),
    // Small and capital sigma are one, the final one and ß are letters of their own.
    ("a@ΟΔΟΣ.gr", "a@xn--pxavbq.gr"), ("a@οδοσ.gr", "a@xn--pxavbq.gr"),
    ("a@οδος.gr", "a@xn--pxavbm.gr"), ("a@STRAẞE.de", "a@xn--strae-oqa.de"),
    ("a@b＠ü.de", "a@xn--b-eha3926q.de"), ("a@straße.de", "a@xn--strae-oqa.de"),
    ("a@\u{AD}.com", "a@\u{AD}.com"),
  ])
  func domainsOfAddressesAsTheDNSHasThem(_ address: String, _ expected: String) {
    let arena = ByteArena()
    #expect(withView(address) { Domain.withALabels($0, into: arena).string } == expected)
  }

  @Test func whatIsNoUTF8StaysInAnAddress() {
    let arena = ByteArena()
    let bytes: [UInt8] = [0x61, 0x40, 0xFF, 0x2E, 0xC3, 0xBC]
    let result = bytes.withByteView { Domain.withALabels($0, into: arena).array }
    #expect(result == [0x61, 0x40, 0xFF, 0x2E] + Array("xn--tda".utf8))
  }

  @Test func aLabelsGiveThemselves() {
    for label in ["bücher", "пример", "ليهمابتكلموشعربي", "3年b組金八先生", "ü", "αβγ-δ"] {
      let encoded = withView(label) { asciiForm($0) } ?? ""
      #expect(encoded.hasPrefix("xn--"))
      #expect(withView(encoded) { ASCIILabel.isALabel($0) }, "\(encoded)")
    }
  }

  @Test func asciiFormRefusesWhatDoesNotFit() {
    #expect(withView(String(repeating: "ж", count: 64)) { asciiForm($0) } == nil)
    #expect([0xFF, 0x2E].withByteView { asciiForm($0) } == nil)
  }

  @Test(arguments: [
    ("contoso.onmicrosoft.com", nil, false),
    ("contoso.mail.onmicrosoft.com", nil, false),
    ("Contoso.MAIL.onmicrosoft.com", "contoso", false),
    ("contoso.onmicrosoft.com", "contoso.onmicrosoft.com", false),
    ("contoso.onmicrosoft.com", "CONTOSO", false),
    ("contoso.mail.onmicrosoft.com", "contoso.onmicrosoft.com", false),
    ("fabrikam.onmicrosoft.com", "contoso.onmicrosoft.com", true),
    ("fabrikam.mail.onmicrosoft.com", "contoso", true),
    ("a.b.onmicrosoft.com", nil, true),
    ("mail.onmicrosoft.com", nil, false),
    (".mail.onmicrosoft.com", nil, true),
    ("onmicrosoft.com", nil, true),
    (".onmicrosoft.com", nil, true),
    ("microsoftonline.com", nil, true),
    ("contoso.MicrosoftOnline.com", "contoso", true),
    ("xonmicrosoft.com", nil, false),
    ("contoso.com", nil, false),
    ("", nil, false),
  ])
  func reservedForTheService(_ domain: String, _ initial: String?, _ expected: Bool) {
    let result = withView(domain) { bytes in
      withView(initial ?? "") {
        Domain.isReservedForService(bytes, initialDomain: initial == nil ? nil : $0)
      }
    }
    #expect(result == expected)
  }

  @Test func everyPrefixHasAVerdict() {
    withView("a-b.müller.xn--p1ai") { bytes in
      for end in 0...bytes.count {
        let prefix = bytes.upTo(end)
        let verdict = Domain.verdict(of: prefix)
        #expect(verdict.isRoutable == (end == bytes.count))
        #expect(verdict.reason(for: prefix).isEmpty == verdict.isRoutable)
      }
    }
  }

  @Test(arguments: hostileBytes)
  func hostileBytesAreNotRoutable(_ bytes: [UInt8]) {
    let name = Array("ab.com".utf8)
    for place in 0...name.count {
      var hostile = name
      hostile.insert(contentsOf: bytes, at: place)
      hostile.withByteView { view in
        let verdict = Domain.verdict(of: view)
        #expect(!verdict.isRoutable)
        _ = verdict.reason(for: view)
        _ = asciiForm(view)
        _ = Domain.isReservedForService(view, initialDomain: view)
      }
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["a.", "a", "é", "é."])
  func aMegabyte(_ piece: String) {
    let huge = Array(String(repeating: piece, count: 1_000_000 / piece.utf8.count).utf8)
    huge.withByteView { bytes in
      #expect(!Domain.verdict(of: bytes).isRoutable)
      #expect(Domain.verdict(of: bytes).reason(for: bytes).utf8.count < 300)
      _ = asciiForm(bytes)
    }
  }
}

/// The domain as the DNS has it, label by label; nil when a label cannot be in it.
private func asciiForm(_ domain: ByteView) -> String? {
  var labels: [String] = []
  for label in domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
    let bytes = Array(label)
    guard
      let ascii = bytes.withByteView({ view in
        ASCIILabel(view).map { label in (0..<label.count).map { label[$0] } }
      })
    else { return nil }
    labels.append(String(decoding: ascii, as: UTF8.self))
  }
  return labels.joined(separator: ".")
}
