import Testing

@testable import Rules

@Suite struct TemplateTests {
  @Test(
    arguments: [
      ("", [], []),
      ("a", [.text("a")], []),
      ("{value}", [.placeholder(.value)], []),
      ("{dn}{class}", [.placeholder(.dn), .placeholder(.class)], []),
      ("é {predicted-upn}!", [.text("é "), .placeholder(.predictedUPN), .text("!")], []),
      ("SystemMailbox{", [.text("SystemMailbox{")], []),
      (
        "{} {1} {a b} {{value}}",
        [
          .text("{} {1} {a b} {"), .placeholder(.value), .text("}"),
        ], []
      ),
      ("{vlaue}", [.text("{vlaue}")], ["vlaue"]),
      ("{Value", [.text("{Value")], []),
    ] as [(String, [Template.Piece], [String])])
  func textIsSplitAtPlaceholders(_ text: String, _ pieces: [Template.Piece], _ unknown: [String]) {
    let result = Template.split(text)
    #expect(result.template.pieces == pieces)
    #expect(result.unknown == unknown)
  }
}
