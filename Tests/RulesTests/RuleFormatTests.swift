import Foundation
import Testing

@testable import Rules

/// docs/rule-format.md says what the registry has, and nothing else.
@Suite struct RuleFormatTests {
  private static func page() throws -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = folder.appendingPathComponent("../../docs/rule-format.md")
    return try String(contentsOf: file, encoding: .utf8)
  }

  private static func section(_ title: String) throws -> String {
    let parts = try page().components(separatedBy: "\n### ")
    return try #require(parts.first { $0.hasPrefix(title) })
  }

  /// The first two cells of each row of the table of kinds: name and parameters.
  private static func kinds() throws -> [(name: String, parameters: String)] {
    try section("Check kinds").split(separator: "\n").filter { $0.hasPrefix("| `") }.map { row in
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      return (cells[0].replacingOccurrences(of: "`", with: ""), cells[1])
    }
  }

  @Test func everyKindHasItsRow() throws {
    #expect(try Self.kinds().map(\.name) == CheckKind.all.map(\.name))
  }

  @Test func everyKeyIsNamed() throws {
    for (name, parameters) in try Self.kinds() {
      let kind = try #require(CheckKind.all.first { $0.name == name })
      // A word in code is a key, alone or with its value, or one of a key's values.
      let words = parameters.split(separator: "`", omittingEmptySubsequences: false)
        .enumerated().filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
      let keys = words.map { String($0.prefix { $0 != ":" }) }
      for key in kind.keys { #expect(keys.contains(key), "\(name): \(key)") }
      if kind.keys.isEmpty { #expect(parameters == "–", "\(name)") }
      let first = keys.first
      #expect(first == nil || kind.keys.contains(first ?? ""), "\(name): \(first ?? "")")
    }
  }

  @Test func everyRepairOfAKindHasItsRow() throws {
    let repairs = try Self.section("Repairs")
    for name in CheckKind.all.flatMap(\.repairs) {
      #expect(repairs.contains("| `\(name)` |"))
      #expect(RepairKind.kinds.contains(name))
    }
  }

  @Test func everyPlaceholderIsListed() throws {
    let section = try Self.section("Placeholders")
    for placeholder in Template.Placeholder.allCases {
      #expect(section.contains("`{\(placeholder.rawValue)}`"), "\(placeholder)")
    }
  }
}
