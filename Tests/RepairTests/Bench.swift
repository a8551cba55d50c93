import BuiltinRules
import Bytes
import Checks
import Directory
import Findings
import LDIF
import Lint
import Remediation
import RulePacks
import Testing

/// Lints and repairs forests, and applies patches as a strict server would.
struct Bench: Sendable {
  /// One way to run the program.
  struct Way: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var allowsUnsafe: Bool
    var settings: CheckSettings
  }

  static let ways: [Way] = {
    var mapped = CheckSettings()
    mapped.suffixMap = ["corp.local": "contoso.com"]
    mapped.verifiedDomains = ["contoso.com", "fabrikam.com"]
    mapped.transliteratesGerman = true
    return [
      Way(testDescription: "safe", allowsUnsafe: false, settings: CheckSettings()),
      Way(testDescription: "unsafe", allowsUnsafe: true, settings: CheckSettings()),
      Way(testDescription: "safe, mapped", allowsUnsafe: false, settings: mapped),
      Way(testDescription: "unsafe, mapped", allowsUnsafe: true, settings: mapped),
    ]
  }()

  let way: Way
  let ruleSet: RuleSet
  var threads = 1

  init(_ way: Way) throws {
    self.way = way
    let library = PackLibrary(packs: BuiltinRules.packs, documents: BuiltinRules.documents)
    let pack = try library.pack("entra-id")
    var settings = way.settings
    settings.parameters = pack.parameters
    ruleSet = try RuleSet(packs: [pack], rules: pack.rules, settings: settings)
  }

  /// What the rules say of `forest`.
  func lint(_ forest: Forest) throws -> LintResult {
    var sources: [LintSource] = []
    for (number, records) in forest.sources.enumerated() {
      var text = OutputBuffer()
      for record in records { LDIFWriter().write(record, to: &text) }
      let target = try Spool.make(in: Spool.defaultFolder)
      try text.withByteView { view throws(SystemError) in try Spool.write(view, to: target) }
      var source = LintSource(
        name: "source \(number)", forest: "forest \(number)",
        input: LDIFInput(file: try ReadableFile(adopting: target), firstByte: 0))
      source.kind = .ad
      sources.append(source)
    }
    var options = LintOptions()
    options.threads = threads
    options.keepUniqueValues()
    return try LintRun(ruleSet: ruleSet, sources: sources, options: options).run()
  }

  /// The plan for `result`, tried.
  func fix(_ result: LintResult) throws -> VerifiedPlan {
    var request = RepairRequest()
    request.allowsUnsafe = way.allowsUnsafe
    return try VerifiedPlan.make(result, request: request, spoolFolder: Spool.defaultFolder)
  }

  func fix(_ forest: Forest) throws -> VerifiedPlan { try fix(lint(forest)) }

  /// What a finding is about.
  struct Triple: Hashable, CustomStringConvertible {
    var rule: String
    var dn: [UInt8]
    var attribute: String
    /// Nil where values are not told apart.
    var value: [UInt8]?
    var description: String { "\(rule) \(attribute) \(String(decoding: dn, as: UTF8.self))" }
  }

  /// How often each triple is found; with the values, too, if they are wanted.
  static func triples(_ result: LintResult, withValues: Bool = false) -> [Triple: Int] {
    var all: [Triple: Int] = [:]
    result.render { objects, _ in
      objects.flatMap { $0 }
        .map { finding in
          Triple(
            rule: "\(finding.rule) \(finding.name)", dn: finding.dn,
            attribute: finding.attribute ?? "",
            value: withValues ? finding.value ?? finding.repair?.target : nil)
        }
    } consume: { part in
      for triple in part { all[triple, default: 0] += 1 }
      return true
    }
    return all
  }

  /// The patch's text and that of its undo.
  static func texts(_ plan: RepairPlan) -> (forward: [UInt8], backward: [UInt8]) {
    func text(_ records: [ChangeRecord]) -> [UInt8] {
      var out = OutputBuffer()
      for record in records { LDIFWriter().write(record, to: &out) }
      return Array(out.bytes)
    }
    return (
      text(plan.objects.map(PatchRecords.forward)),
      text(plan.objects.reversed().map(PatchRecords.backward))
    )
  }

  struct Refused: Error, CustomStringConvertible {
    var description: String
  }
}

extension Forest {
  /// The forest after a server has taken `patch`: values must be there to be deleted, match
  /// without regard to case, first come first served, and must not be there to be added.
  func applying(_ patch: [UInt8]) throws -> Forest {
    let list = patch.withByteView { ChangeRecordReader.read($0) }
    guard list.errors.isEmpty else { throw Bench.Refused(description: "\(list.errors)") }
    var result = self
    for change in list.records {
      guard case .modify(let modifications) = change.kind, let place = place(of: change.dn) else {
        throw Bench.Refused(description: String(decoding: change.dn, as: UTF8.self))
      }
      for modification in modifications {
        try Self.apply(modification, to: &result.sources[place.source][place.index])
      }
    }
    return result
  }

  private func place(of dn: [UInt8]) -> (source: Int, index: Int)? {
    for (source, records) in sources.enumerated() {
      if let index = records.firstIndex(where: { $0.dn == dn }) { return (source, index) }
    }
    return nil
  }

  private static func folded(_ value: [UInt8]) -> [UInt8] {
    value.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
  }

  private static func apply(
    _ modification: ChangeRecord.Modification, to record: inout ContentRecord
  ) throws {
    var values = record.values(modification.attribute)
    for value in modification.values {
      let found = values.firstIndex { folded($0) == folded(value) }
      let text = String(decoding: value, as: UTF8.self)
      if modification.operation == .delete {
        guard let found else { throw Bench.Refused(description: "no value \(text)") }
        values.remove(at: found)
      } else {
        values.append(value)
      }
    }
    record.attributes.removeAll { $0.name == modification.attribute }
    if !values.isEmpty { record.attributes.append(Attribute(modification.attribute, values)) }
  }

  /// Every value of every attribute, by DN; without order, which a directory does not keep.
  var content: [[UInt8]: [String: [[UInt8]]]] {
    var result: [[UInt8]: [String: [[UInt8]]]] = [:]
    for record in sources.joined() {
      for attribute in record.attributes {
        result[record.dn, default: [:]][attribute.name] = attribute.values.sorted {
          $0.lexicographicallyPrecedes($1)
        }
      }
    }
    return result
  }
}
