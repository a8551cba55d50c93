import Bytes
import TestKit
import Testing

@testable import Tables

@Suite struct JSONReaderTests {
  private func tokens(_ bytes: [UInt8]) throws(JSONReader.Malformed) -> [JSONReader.Token] {
    try bytes.withByteView { (view) throws(JSONReader.Malformed) in
      var reader = JSONReader(view)
      var tokens: [JSONReader.Token] = []
      while let token = try reader.next() { tokens.append(token) }
      return tokens
    }
  }

  private func line(_ text: String) -> Int? {
    do throws(JSONReader.Malformed) {
      _ = try tokens(text.bytes)
      return nil
    } catch {
      return error.line
    }
  }

  @Test func everyKindOfValueIsRead() throws {
    let text = #"{"a":[1,-2.5e3,true,false,null,"x"], "b":{} , "c":[]}"# + "\n\"next\"\n7"
    #expect(
      try tokens(text.bytes) == [
        .beginObject, .name("a"), .beginArray, .number("1"), .number("-2.5e3"), .bool(true),
        .bool(false), .null, .string("x"), .endArray, .name("b"), .beginObject, .endObject,
        .name("c"), .beginArray, .endArray, .endObject, .string("next"), .number("7"),
      ])
  }

  @Test func escapesStandForCharacters() throws {
    let text = #""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\ud83d!\u0000""#
    #expect(
      try tokens(text.bytes) == [
        .string("\"\\/\u{8}\u{C}\n\r\t\u{E9}\u{1F600}\u{FFFD}!\u{0}")
      ])
  }

  @Test(arguments: [
    "{", "[", "[1", "[1,", "[1,]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "]", "}", ",",
    "'a'",
    "tru", "nul", "0x1", "1.2.3", "-", "nan", "-inf", "\"a", "\"\\x\"", "\"\\u12\"", "\"a\nb\"",
    "[1 2]", "{\"a\":1 \"b\":2}", "[}", "{]", "// c", "\u{FEFF}1",
  ])
  func whatIsNoJSONIsRefused(_ text: String) {
    #expect(line("\n\n" + text) != nil)
  }

  @Test func theLineOfTheFaultIsTold() {
    #expect(line("[\n1,\n2,\nx]") == 4)
    #expect(line("{\"a\": 1,\n\"b\" 2}") == 2)
    #expect(line("[1,\n2\n") == 3)
  }

  @Test func depthIsBounded() throws {
    let deep = { (depth: Int) in
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(try tokens(deep(JSONReader.maximumDepth).bytes).count == 2 * JSONReader.maximumDepth)
    #expect(line(deep(JSONReader.maximumDepth + 1)) == 1)
    #expect(line(String(repeating: "[", count: 1_000_000)) == 1)
  }

  @Test func bytesThatAreNotUTF8AreRefused() {
    #expect(throws: JSONReader.Malformed.self) { try tokens([0x22, 0xE9, 0x22]) }
    #expect(throws: JSONReader.Malformed.self) { try tokens([0xE9]) }
  }

  @Test func anObjectIsSkippedWhole() throws {
    let text = "{\"a\":{\"b\":[1,{\"c\":2}]},\"d\":3}".bytes
    let rest = try text.withByteView { (view) throws(JSONReader.Malformed) in
      var reader = JSONReader(view)
      for _ in 0..<3 { _ = try reader.next() }
      try reader.skip()
      return try reader.next()
    }
    #expect(rest == .name("d"))
  }

  /// Of every beginning and every change of a byte comes JSON or an error; a beginning of an object is none.
  @Test func noBeginningAndNoChangeIsMisread() throws {
    let whole = #"{"value":[{"id":"contoso.com","isVerified":true,"n":[1,null,"\u00e9"]}]}"#.bytes
    for count in 1..<whole.count {
      #expect(throws: JSONReader.Malformed.self) { try tokens(Array(whole[..<count])) }
    }
    for index in whole.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = whole
        changed[index] = byte
        _ = try? tokens(changed)
      }
    }
  }
}
