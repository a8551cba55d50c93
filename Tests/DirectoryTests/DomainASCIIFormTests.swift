import Bytes
import Directory
import Testing

/// The form in which a domain is registered; made with the idna package for Python (IDNA 2008, UTS 46).
@Suite struct DomainASCIIFormTests {
  private static func form(_ domain: String) -> String? {
    domain.withByteView { Domain.asciiForm(of: $0) }.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: [
    ("müller.de", "xn--mller-kva.de"), ("MÜLLER.DE", "xn--mller-kva.de"),
    ("mu\u{308}ller.de", "xn--mller-kva.de"), ("Mail.Bücher.Example", "mail.xn--bcher-kva.example"),
    ("пример.рф", "xn--e1afmkfd.xn--p1ai"), ("ПРИМЕР.РФ", "xn--e1afmkfd.xn--p1ai"),
    ("例え。テスト", "xn--r8jz45g.xn--zckzah"), ("ｃｏｎｔｏｓｏ.com", "contoso.com"),
    ("straße.de", "xn--strae-oqa.de"), ("STRAẞE.de", "xn--strae-oqa.de"),
    ("βόλος.com", "xn--nxasmm1c.com"), ("paral·lel.cat", "xn--parallel-koa.cat"),
    ("İstanbul.com", "xn--istanbul-o0e.com"), ("שלום.com", "xn--9dbne9b.com"),
    ("قطر.com", "xn--wgbl6a.com"), ("contoso.com", "contoso.com"), ("Contoso.COM", "contoso.com"),
    ("xn--mller-kva.de", "xn--mller-kva.de"), ("zoë.müller.de", "xn--zo-ija.xn--mller-kva.de"),
  ]) func whatIsRegistered(_ domain: String, _ expected: String) {
    #expect(Self.form(domain) == expected)
    // What has been encoded stays.
    #expect(Self.form(expected) == expected)
  }

  @Test(arguments: [
    "", ".", "müller..de", ".müller.de", "müller.de.", "mül ler.de", "müller .de", "mül_ler.de",
    "mü\u{0}ller.de", "-müller.de", "müller-.de", "ab--müller.de", "\u{301}a.de", "ﬁrma.de",
    "a①.de", "café🙂.de", "\u{200C}ü.de", "ü\u{200D}.de", "a·b.de", "ü\u{E000}.de", "cоntoso.com",
    "αbc.com", "aשלום.com", "שלוםa.com", "1שלום.com", "ⅷ.de", "ـقطر.com", "xn--a.müller.de",
    "xn--ü.de",
  ]) func whatIsNone(_ domain: String) {
    #expect(Self.form(domain) == nil)
  }

  @Test func whatDoesNotFitIsNone() {
    #expect(Self.form(String(repeating: "ж", count: 60) + ".de") == nil)
    #expect(Self.form(String(repeating: "a", count: 64) + ".müller.de") == nil)
    let long = Array(repeating: "müllermüllermüller", count: 10).joined(separator: ".")
    #expect(Self.form(long) == nil)
    #expect([0x61, 0xFF, 0x2E, 0x64, 0x65].withByteView { Domain.asciiForm(of: $0) } == nil)
  }

  @Test func namesOfTwoStandardsDiffer() {
    for (domain, differs) in [("straße.de", true), ("βόλος.com", true), ("müller.de", false)] {
      #expect(domain.withByteView(Domain.isNamedDifferently) == differs, "\(domain)")
    }
  }
}
