import Bytes
import Testing

@testable import Tables

@Suite struct CSVCellsTests {
  @Test(arguments: [
    ("plain", "plain"), ("a b", "a b"), (" a", "\" a\""), ("a ", "\"a \""), ("", ""),
    ("a,b", "\"a,b\""), ("\"", "\"\"\"\""), ("a\"\"b", "\"a\"\"\"\"b\""), ("a;b", "\"a;b\""),
    ("=1", "\"'=1\""), ("'=1", "\"''=1\""), ("'s", "\"'s\""), ("\"=1", "\"'\"\"=1\""),
    ("\t=1", "\"'\t=1\""), ("＠x", "\"'＠x\""), ("a=1", "a=1"), ("ö\n", "\"ö\n\""),
  ])
  func cellIsQuotedAndGuarded(_ text: String, _ expected: String) {
    var out = OutputBuffer()
    CSVCells().append(text.utf8Span.span, to: &out)
    #expect(String(decoding: out.bytes, as: UTF8.self) == expected)
  }

  @Test(arguments: [
    ("CN=a\\,b", "CN=a\\,b"), ("CN=a\nb", "CN=a\\0Ab"), ("CN=a\\\nb", "CN=a\\0Ab"),
    ("CN=a\\\\\nb", "CN=a\\\\\\0Ab"), ("CN=\u{202E}ü", "CN=\\E2\\80\\AEü"),
    ("CN=\\\u{85}", "CN=\\C2\\85"),
  ])
  func nameIsEscapedAsRFC4514Allows(_ dn: String, _ expected: String) {
    var out = OutputBuffer()
    out.append(cellDN: dn.utf8Span.span)
    #expect(String(decoding: out.bytes, as: UTF8.self) == expected)
  }
}
