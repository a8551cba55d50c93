import RuleNodes
import Testing

@Suite struct NodeArchiveTests {
  static let yaml = """
    id: UPN006
    empty: ''
    nothing:
    quoted: "a:b \\0 \\u0085 \\U0001F600 \\" \\\\ 12 3:"
    block: |
      one
        two
    list: [a, [], {}, 'b']
    map:
      k: { l: [m] }
    """

  @Test func whatIsEncodedComesBack() throws {
    let node = try YAMLNodes.parse(Self.yaml, file: "f")
    #expect(try NodeArchive.decode(NodeArchive.encode(node)) == node)
  }

  @Test func theFormIsTheDocumentedOne() throws {
    let node = try YAMLNodes.parse("id: UPN006\nx: ['ä']\ny: |\n  z\n", file: "f")
    let expected = "m1 1 3:k1 1 2:idp1 5 6:UPN006k2 1 1:xs2 4 1:q2 5 2:äk3 1 1:yb3 4 4 3 2:z\n"
    #expect(NodeArchive.encode(node) == expected)
  }

  @Test func everyPrefixIsRefused() throws {
    let archive = NodeArchive.encode(try YAMLNodes.parse(Self.yaml, file: "f"))
    for length in 0..<archive.utf8.count {
      let prefix = String(decoding: archive.utf8.prefix(length), as: UTF8.self)
      #expect(throws: NodeArchive.Malformed.self) { try NodeArchive.decode(prefix) }
    }
  }

  @Test(arguments: [
    "", "x", "p", "p1 1 5:ab", "p1 1 -1:a", "p1 1 :a", "p1 1 99999999999999999999:a", "p1  1:a",
    "s1 1 999999999:", "s1 1 5:p1 1 1:a", "m1 1 1:p1 1 1:a", "m1 1 1:k1 1 1:a", "p1 1 1:ab",
    "b1 1 1:a", String(repeating: "s1 1 1:", count: 10_000),
  ])
  func hostileArchivesAreRefused(_ archive: String) {
    #expect(throws: NodeArchive.Malformed.self) { try NodeArchive.decode(archive) }
  }
}
