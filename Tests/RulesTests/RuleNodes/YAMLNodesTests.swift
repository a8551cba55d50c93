import RuleNodes
import Testing

@Suite struct YAMLNodesTests {
  @Test func everyNodeHasItsPlaceAndStyle() throws {
    let text = "a: plain\n'b': [x, \"y\"]\nc: |\n\n  one\n  two\n"
    let node = try YAMLNodes.parse(text, file: "f")
    #expect(node["a"]?.text == "plain")
    #expect(node["a"]?.line == 1)
    #expect(node["a"]?.column == 4)
    guard case .sequence(let items) = node["b"]?.content, case .scalar(let y) = items[1].content
    else {
      Issue.record("b is not a list of scalars")
      return
    }
    #expect(y == Node.Scalar(text: "y", style: .quoted, textLine: 2, textColumn: 11))
    guard case .scalar(let block) = node["c"]?.content else {
      Issue.record("c is not a scalar")
      return
    }
    #expect(block == Node.Scalar(text: "\none\ntwo\n", style: .block, textLine: 4, textColumn: 3))
    guard case .mapping(let members) = node.content else {
      Issue.record("the document is not a mapping")
      return
    }
    #expect(members.map(\.key) == ["a", "b", "c"])
    #expect(members[1].line == 2)
  }

  @Test func linesEndInEveryWay() throws {
    let node = try YAMLNodes.parse("a: 1\r\nb: |\r\n   x\r\n   y\r\n", file: "f")
    guard case .scalar(let block) = node["b"]?.content else {
      Issue.record("b is not a scalar")
      return
    }
    #expect(block == Node.Scalar(text: "x\ny\n", style: .block, textLine: 3, textColumn: 4))
  }

  @Test func aByteOrderMarkIsNoText() throws {
    let node = try YAMLNodes.parse("\u{FEFF}a: b\n", file: "f")
    #expect(node["a"]?.text == "b")
    #expect(node["a"]?.column == 4)
    #expect(error("\u{FEFF}a: &x 1\n")?.hasPrefix("f:1:4: anchors") == true)
    #expect(error("\u{FEFF}bc\u{1}d: 2\n")?.hasPrefix("f:1:3: not YAML") == true)
  }

  @Test(arguments: [
    ("", "f:1:1: the file is empty"),
    ("# only a comment\n", "f:1:1: the file is empty"),
    ("a: 1\nb: 2\na: 3\n", "f:1:1: the key \"a\" is given twice"),
    ("a: 1\n\"a\": 3\n", "f:1:1: the key \"a\" is given twice"),
    ("1: x\n\"1\": y\n", "f:1:1: the key \"1\" is given twice"),
    ("a: &x 1\n", "f:1:4: anchors (&name) and aliases (*name) are not allowed in rules"),
    ("a: &x [1]\nb: *x\n", "f:1:4: anchors (&name) and aliases (*name) are not allowed in rules"),
    ("a: *x\n", "f:1:4: not YAML: found undefined alias"),
    ("a: 1\n---\nb: 2\n", "f:2:1: one document per file; another one begins here"),
    ("a: !!int 5\n", "f:1:4: tags (!name) are not allowed in rules; quote the text"),
    ("a: !x {b: c}\n", "f:1:4: tags (!name) are not allowed in rules; quote the text"),
    ("? [a]\n: b\n", "f:1:3: a key must be a text, without an anchor"),
    ("&k a: b\n", "f:1:1: a key must be a text, without an anchor"),
    (
      "a: [1, 2\n",
      "f:2:1: not YAML: did not find expected ',' or ']' (while parsing a flow sequence)"
    ),
    (
      "a: %x\n",
      "f:1:4: not YAML: found character that cannot start any token (while scanning for the next token)"
    ),
    ("a: 'x\n", "f:2:1: not YAML: found unexpected end of stream (while scanning a quoted scalar)"),
    ("a: b: c\n", "f:1:5: not YAML: mapping values are not allowed in this context"),
    ("a: 1\nbc\u{1}d: 2\n", "f:2:3: not YAML: control characters are not allowed"),
    (
      "a:\n\t- b\n",
      "f:2:1: not YAML: found character that cannot start any token (while scanning for the next token)"
    ),
  ])
  func whatIsNotARuleIsRefusedWithItsPlace(_ text: String, _ message: String) {
    #expect(error(text) == message)
  }

  @Test func deepNestingIsRefused() {
    let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
    #expect(error(deep) == "f:1:33: nested deeper than 32 levels")
    let hostile = String(repeating: "[", count: 100_000)
    #expect(error(hostile)?.hasPrefix("f:1:") == true)
    let indented = String(repeating: "- ", count: 100_000)
    #expect(error(indented)?.hasPrefix("f:1:") == true)
  }

  @Test func largeFilesAreRefused() {
    let text = "a: " + String(repeating: "x", count: YAMLNodes.maximumLength)
    #expect(error(text) == "f:1:1: the file is larger than 1048576 bytes")
  }

  /// Every beginning of a rule is either YAML or an error with a place, never a crash.
  @Test func everyPrefixIsReadOrRefused() {
    let text = "id: \"U\\u0041\"\nb: [x, 'y', { z: \"ä\" }]\nc: |2\n   one\nd: >-\n  e\n"
    for length in 0...text.unicodeScalars.count {
      let prefix = String(String.UnicodeScalarView(text.unicodeScalars.prefix(length)))
      if let error = error(prefix) { #expect(error.hasPrefix("f:")) }
    }
  }

  private func error(_ text: String) -> String? {
    do throws(NodeError) {
      _ = try YAMLNodes.parse(text, file: "f")
      return nil
    } catch {
      return error.description
    }
  }
}
