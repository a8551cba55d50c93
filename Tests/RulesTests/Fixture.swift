import Foundation
import RuleNodes
import Testing

@testable import Rules

/// The files that the tests read and write.
enum Fixture {
  /// The folder of packs beside this file.
  static let rules = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/rules").path

  /// A library without packs.
  static let emptyLibrary = PackLibrary(packs: [:], documents: [:])

  /// The library that the plugin would make of the packs in `files`, by pack and file name.
  static func library(_ files: [String: [String: String]]) throws -> PackLibrary {
    var packs: [String: [String: String]] = [:]
    var documents: [String: [String: String]] = [:]
    for (pack, files) in files {
      for (name, text) in files {
        let node = try YAMLNodes.parse(text, file: name)
        documents[pack, default: [:]][name] = NodeArchive.encode(node)
        let stripped = node.removing(["why", "references", "examples"])
        packs[pack, default: [:]][name] = NodeArchive.encode(stripped)
      }
    }
    let whole = documents
    return PackLibrary(packs: packs, documents: whole)
  }

  /// Runs `body` with a new folder that holds `files` by path, and removes it.
  static func withFolder<Result>(
    _ files: [String: String], _ body: (String) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ldaplint-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (path, text) in files {
      let file = folder.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return try body(folder.path)
  }

  /// A rule without anything that is not required; `edits` replace whole lines by number, an
  /// empty text removes one.
  static func rule(
    id: String = "UPN006", name: String = "sample", _ edits: [Int: String] = [:]
  ) -> String {
    let lines = [
      "id: \(id)", "name: \(name)", "severity: error", "summary: It is long.", "why: Facts.",
      "objects: [user]", "attribute: userPrincipalName", "check: { length: { max: 5 } }",
      "message: '{value} is long'",
      "examples: { bad: [{ ldif: 'dn: a', finds: [{ dn: a }] }], good: [{ ldif: 'dn: b' }] }",
    ]
    return lines.enumerated().map { edits[$0.offset + 1] ?? $0.element }
      .filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
  }

  /// A pack with every class in scope; `more` is added at its end.
  static func pack(_ name: String, _ more: String = "") -> String {
    "name: \(name)\ntitle: A pack\nversion: '1'\n" + more
  }

  /// What is wrong with a rule, a line each, without the file's name.
  static func errors(_ text: String, name: String = "sample") -> [String] {
    do throws(NodeError) {
      let node = try YAMLNodes.parse(text, file: "f")
      var decoder = RuleDecoder(file: "f", fileName: name, pack: "p", isStripped: false)
      let rule = decoder.rule(node)
      #expect((rule == nil) == !decoder.reader.errors.isEmpty)
      return RulePackErrors(decoder.reader.errors).errors
        .map { "\($0.place.line):\($0.place.column): \($0.message)" }
    } catch {
      return ["\(error.line):\(error.column): \(error.message)"]
    }
  }

  /// The rule that `text` describes.
  static func decoded(_ text: String, name: String = "sample") throws -> Rule {
    let node = try YAMLNodes.parse(text, file: "f")
    var decoder = RuleDecoder(file: "f", fileName: name, pack: "p", isStripped: false)
    let rule = decoder.rule(node)
    #expect(decoder.reader.errors == [])
    return try #require(rule)
  }
}
