import BuiltinRules
import Bytes
import Checks
import Findings
import Foundation
import Intake
import LDIF
import Lint
import Rules
import System

/// The way from LDIF to findings, as tests go it: `Lint.of("dn: …")`.
package enum Lint {
  /// The built-in packs.
  package static let library = PackLibrary(
    packs: BuiltinRules.packs, documents: BuiltinRules.documents)

  /// The rules of `pack`, a built-in one's name or a folder, all of them or those called `ids`.
  package static func rules(
    _ pack: String = "entra-id", only ids: Set<String>? = nil,
    settings: CheckSettings = CheckSettings()
  ) throws -> RuleSet {
    try rules(try library.pack(pack), only: ids, settings: settings)
  }

  /// The rules of `pack`, all of them or those called `ids`.
  package static func rules(
    _ pack: Pack, only ids: Set<String>? = nil, settings: CheckSettings = CheckSettings()
  ) throws -> RuleSet {
    var settings = settings
    settings.parameters = pack.parameters
    let chosen = pack.rules.filter { ids?.contains($0.id) ?? true }
    return try RuleSet(packs: [pack], rules: chosen, settings: settings)
  }

  /// A pack of one's own of `rules`, each YAML by its name, with every user in scope.
  package static func pack(_ rules: [String: String]) throws -> Pack {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ldaplint-\(UUID())")
      .appending(path: "own")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
    var files = rules
    files["pack"] =
      files["pack"]
      ?? "name: own\ntitle: A pack\nversion: '1'\nscope: { ad: { user: [] }, ldap: { user: [] } }\n"
    for (name, text) in files {
      try Data(text.utf8).write(to: folder.appending(path: "\(name).yaml"))
    }
    return try library.pack(folder.path)
  }

  /// A source that holds `text`, in a forest of its own.
  package static func source(_ text: [UInt8], name: String = "source") throws -> LintSource {
    LintSource(name: name, forest: name, input: LDIFInput(file: try spooled(text), firstByte: 0))
  }

  /// The file at `path` as a source, in a forest of its own.
  package static func source(file path: String, name: String? = nil) throws -> LintSource {
    LintSource(
      name: name ?? path, forest: name ?? path,
      input: try Intake.open(path: path, spoolFolder: Spool.defaultFolder).input)
  }

  /// What `rules` say of each of `texts`, LDIF of a forest of its own.
  package static func of(
    _ texts: String..., rules: RuleSet? = nil, options: LintOptions = LintOptions()
  ) throws -> LintResult {
    let sources = try texts.enumerated().map { number, text in
      try source(Array(text.utf8), name: "\(number)")
    }
    return try LintRun(
      ruleSet: try rules ?? Self.rules(), sources: sources, options: options
    ).run()
  }
}

extension LintResult {
  /// The findings, after `stages`.
  package func findings(through stages: FindingStages = FindingStages()) -> [Finding] {
    var all: [Finding] = []
    _ = report(through: stages) { objects, _ in
      objects.flatMap { $0 }
    } consume: { part in
      all += part
      return true
    }
    return all
  }
}
