import Findings
import Foundation
import Rules
import TestKit
import Testing

/// What all rules of all packs have in common, and a table of them.
@Suite struct RuleTableTests {
  private static func rules() throws -> [Rule] {
    try Lint.library.packs(Lint.library.names).rules
  }

  @Test func everyRuleSaysWhatWouldHappen() throws {
    var table = "rule     consequence  severity  lowered\n"
    var faults: [String] = []
    for rule in try Self.rules() {
      let lowered = rule.lowered.map { "\($0.severity.name) where \($0.when.text)" }
      let columns = [rule.consequence?.rawValue ?? "-", rule.severity.name].map {
        $0.padding(toLength: 12, withPad: " ", startingAt: 0)
      }
      table += "\(rule.id)   \(columns.joined()) \(lowered.joined(separator: "; "))\n"
      guard let consequence = rule.consequence else {
        faults.append("\(rule.id): no consequence")
        continue
      }
      if !consequence.severities.contains(rule.severity), rule.because == nil {
        faults.append("\(rule.id): \(rule.severity.name) for \(consequence.rawValue)")
      }
      if rule.cause == nil { faults.append("\(rule.id): no cause") }
      for place in rule.lowered where place.severity >= rule.severity {
        faults.append("\(rule.id): \(place.severity.name) is not below its severity")
      }
    }
    print(table)
    #expect(faults == [])
  }

  // MARK: Texts

  /// What objects of a class do not have, by words that speak of it.
  private static func absent(_ member: ObjectClass) -> [String] {
    switch member {
    case .group:
      ["licen", "signs in", "sign in", "sign-in", "password", "mailbox", "the user"]
    case .contact: ["licen", "signs in", "sign in", "sign-in", "password", "the user"]
    case .computer, .foreignSecurityPrincipal:
      ["licen", "password", "mailbox", "the user"]
    default: []
    }
  }

  /// Texts in which such a word is right, and why.
  private static let exceptions: [(rule: String, word: String, reason: String)] = [
    ("EXC001", "mailbox", "the names of commands"),
    ("DUP002", "licen", "one of the two may be a user"),
  ]

  @Test func textsFitTheClassesOfTheirObjects() throws {
    var faults: [String] = []
    for rule in try Self.rules() {
      for member in ObjectClass.allCases where rule.objects.contains(member) {
        // The last of the sentences without a condition ends the list for the class.
        let cloud = rule.cloud.filter { $0.objects.contains(member) }
        let end = cloud.firstIndex { $0.when == nil }.map { $0 + 1 } ?? cloud.count
        let texts = cloud[..<end].map(\.text) + [rule.message] + rule.repairs.map(\.reason)
        for text in texts.map(Self.words) {
          for word in Self.absent(member) where text.lowercased().contains(word) {
            if Self.exceptions.contains(where: { $0.rule == rule.id && $0.word == word }) {
              continue
            }
            faults.append("\(rule.id): \"\(word)\" of a \(member.name): \(text)")
          }
        }
      }
    }
    #expect(faults == [])
  }

  private static func words(_ template: Template) -> String {
    template.pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .placeholder(let placeholder): "{\(placeholder.rawValue)}"
      }
    }.joined()
  }

  @Test func whatNeedsALicenceIsNoError() throws {
    let errors = try Self.rules().filter { rule in
      rule.severity == .error && rule.cloud.contains { Self.words($0.text).contains("licen") }
    }
    #expect(errors.map(\.id) == [])
  }

  @Test func refusedOrRenamedIsSaidInTheSameWords() throws {
    for rule in try Self.rules() {
      for text in rule.cloud.map({ Self.words($0.text) })
      where text.contains("refused") && text.contains("signs in") {
        #expect(text == "The user is refused, or signs in as {predicted-upn}.", "\(rule.id)")
      }
    }
  }

  @Test func noMessageLeavesTheCharacterOpen() throws {
    for rule in try Self.rules() {
      #expect(!Self.words(rule.message).contains("another character"), "\(rule.id)")
    }
  }

  @Test func whatMeansTheSameWeighsTheSame() throws {
    let rules = try Self.rules()
    for (one, other) in [("PRX009", "PRX010"), ("IMT016", "IDD023")] {
      let pair = try [one, other].map { id in try #require(rules.first { $0.id == id }) }
      #expect(pair[0].severity == pair[1].severity && pair[0].consequence == pair[1].consequence)
      #expect(
        pair[0].cloud.map { Self.words($0.text) } == pair[1].cloud.map { Self.words($0.text) },
        "\(one) \(other)")
    }
    let primary = try #require(rules.first { $0.id == "PRX011" })
    let domain = try #require(rules.first { $0.id == "PRX009" })
    #expect(primary.severity > domain.severity)
  }
}
