import Bytes
import Checks
import Directory
import Findings
import LDIF
import Rules
import System

/// Runs the examples of a rule through the whole engine: each is a test of the rule and of us.
public struct ExampleRunner {
  /// An example that does not come out as its rule says.
  public struct Failure: Error, Sendable, CustomStringConvertible {
    /// Where the example stands.
    public var place: SourcePlace
    /// What was expected and what came, in one line.
    public var message: String

    /// `file:line:column: message`.
    public var description: String { "\(place): \(message)" }
  }

  /// How an example's LDIF is written before it is read: what comes out must be the same.
  public typealias Rewriting = @Sendable (String) -> [UInt8]

  private let pack: Pack
  private let rule: Rule

  /// A runner for `rule` in the scope of `pack`.
  public init(pack: Pack, rule: Rule) {
    self.pack = pack
    self.rule = rule
  }

  /// Runs all examples of `document`; what fails comes back.
  ///
  /// `isOrdered` says whether findings must come in the order of the example's list.
  public func failures(
    _ document: RuleDocument, isOrdered: Bool = true,
    rewriting: Rewriting = { Array($0.utf8) }
  ) -> [Failure] {
    document.bad.flatMap { failures($0, isBad: true, isOrdered, rewriting) }
      + document.good.flatMap { failures($0, isBad: false, isOrdered, rewriting) }
      + missingFixed(document)
  }

  /// A rule that knows a repair shows what comes of it.
  private func missingFixed(_ document: RuleDocument) -> [Failure] {
    guard rule.repairs.contains(where: { $0.kind != .leave }),
      !document.bad.contains(where: { $0.fixed != nil }), let first = document.bad.first
    else { return [] }
    return [
      Failure(
        place: first.place,
        message: "the rule has a fix; write the LDIF that comes of this example as \"fixed\"")
    ]
  }

  private func failures(
    _ example: RuleExample, isBad: Bool, _ isOrdered: Bool, _ rewriting: Rewriting
  ) -> [Failure] {
    do {
      let findings = try lint(example, example.sources.map { rewriting($0.ldif) })
      let found = findings.map {
        Expected(
          dn: String(decoding: DistinguishedName.key(of: $0.dn), as: UTF8.self),
          attribute: $0.attribute)
      }
      let wanted = example.finds.map {
        Expected(
          dn: String(decoding: DistinguishedName.key(of: Array($0.dn.utf8)), as: UTF8.self),
          attribute: $0.attribute)
      }
      guard Self.isSame(found, wanted, isOrdered: isOrdered) else {
        return [
          Failure(
            place: example.place,
            message: "expected \(Self.described(wanted)), found \(Self.described(found))")
        ]
      }
      guard isBad, let fixed = example.fixed else { return [] }
      return try checkFixed(example, fixed, findings)
    } catch let failure as Failure {
      return [failure]
    } catch let error as RuleError {
      return [Failure(place: error.place, message: error.message)]
    } catch {
      return [Failure(place: example.place, message: "\(error)")]
    }
  }

  // MARK: Findings

  private struct Expected: Hashable {
    var dn: String
    var attribute: String?
  }

  private static func isSame(
    _ found: [Expected], _ wanted: [Expected], isOrdered: Bool
  ) -> Bool {
    // A list without an attribute means any attribute of the object.
    guard found.count == wanted.count else { return false }
    func matches(_ left: Expected, _ right: Expected) -> Bool {
      left.dn == right.dn && (right.attribute == nil || left.attribute == right.attribute)
    }
    if isOrdered { return zip(found, wanted).allSatisfy(matches) }
    var remaining = wanted
    for finding in found {
      guard let index = remaining.firstIndex(where: { matches(finding, $0) }) else { return false }
      remaining.remove(at: index)
    }
    return true
  }

  private static func described(_ list: [Expected]) -> String {
    list.isEmpty
      ? "nothing" : list.map { "\($0.dn) \($0.attribute ?? "(any)")" }.joined(separator: "; ")
  }

  // MARK: Running

  private func lint(_ example: RuleExample, _ texts: [[UInt8]]) throws -> [Finding] {
    var all: [Finding] = []
    try run(example, texts).render { objects, _ in
      objects.flatMap { $0 }
    } consume: { part in
      all += part
      return true
    }
    return all
  }

  /// The result of this rule alone over `texts`, one source each.
  func run(_ example: RuleExample, _ texts: [[UInt8]]) throws -> LintResult {
    let ruleSet = try RuleSet(
      packs: [pack], rules: [rule], settings: settings(of: example))
    var sources: [LintSource] = []
    for (number, text) in texts.enumerated() {
      let name = example.sources.indices.contains(number) ? example.sources[number].name : nil
      var source = LintSource(
        name: name ?? "example", forest: name ?? "example \(number)",
        input: LDIFInput(file: try Self.file(text), firstByte: 0))
      source.kind = example.options.directory
      sources.append(source)
    }
    var options = LintOptions()
    options.keepUniqueValues()
    let result = try LintRun(ruleSet: ruleSet, sources: sources, options: options).run()
    if let problem = result.summary.problems.first(where: \.makesIncomplete) {
      throw Failure(place: example.place, message: "the LDIF is not good: \(problem.message)")
    }
    return result
  }

  private static func file(_ text: [UInt8]) throws(SystemError) -> ReadableFile {
    let descriptor = try Spool.make(in: Spool.defaultFolder)
    try text.withByteView { (view) throws(SystemError) in
      try Spool.write(view, to: descriptor)
    }
    return try ReadableFile(adopting: descriptor)
  }

  private func settings(of example: RuleExample) throws -> CheckSettings {
    let options = example.options
    var settings = CheckSettings()
    settings.tenant.verifiedDomains = Set(options.verifiedDomains.map { $0.lowercased() })
    settings.tenant.initialDomain = options.initialDomain
    settings.tenant.loginAttribute = options.loginAttribute
    for order in options.upnSuffixes {
      do throws(SuffixOrders.Malformed) {
        try settings.suffixOrders.add(order)
      } catch {
        throw Failure(place: example.place, message: "upn-suffix \(order): \(error.reason)")
      }
    }
    settings.parameters = pack.parameters.merging(options.parameters) { $1 }
    let digits = (options.now ?? "").filter(\.isNumber)
    if digits.count == 14 {
      settings.now =
        (digits + "Z").withByteView { DirectoryTime(generalizedTime: $0) }?.fileTime ?? 0
    }
    return settings
  }

  // MARK: Repairs

  /// Applies the proposals to the example and compares with what the rule says comes out.
  private func checkFixed(
    _ example: RuleExample, _ fixed: String, _ findings: [Finding]
  ) throws -> [Failure] {
    let text = example.sources.map(\.ldif).joined(separator: "\n")
    var records = Self.records(text)
    for finding in findings {
      guard let repair = finding.proposal, repair.action != .none,
        repair.isSafe || example.options.allowsUnsafe
      else { continue }
      records = records.map { $0.dn == finding.dn ? Self.repaired($0, finding, repair) : $0 }
    }
    let wanted = Self.records(fixed)
    for (record, expected) in zip(records, wanted) where !Self.isSame(record, expected) {
      return [
        Failure(
          place: example.place,
          message: "fixed is not what comes out: got \(Self.difference(record, expected))")
      ]
    }
    guard records.count == wanted.count else {
      return [Failure(place: example.place, message: "fixed has another number of entries")]
    }
    let after = try lint(example, [Array(fixed.utf8)])
    return after.isEmpty
      ? []
      : [
        Failure(place: example.place, message: "the rule still fires on fixed: \(after[0].message)")
      ]
  }

  private static func records(_ text: String) -> [ContentRecord] {
    text.withByteView { ContentReader.read($0) }.records
  }

  private static func repaired(
    _ record: ContentRecord, _ finding: Finding, _ repair: Proposal
  ) -> ContentRecord {
    guard let name = finding.attribute else { return record }
    let old = repair.action == .add ? nil : repair.target ?? finding.value
    guard old != nil || repair.action == .add else { return record }
    let edit = ValueEdit(old: old, new: repair.action == .remove ? nil : repair.value)
    var record = record
    // What another proposal has changed before stays as that has left it.
    try? record.change(name) { values throws(EditObjection) in
      try edit.applied(to: values, as: .inPlace)
    }
    return record
  }

  private static func isSame(_ left: ContentRecord, _ right: ContentRecord) -> Bool {
    left.dn == right.dn && byName(left) == byName(right)
  }

  private static func byName(_ record: ContentRecord) -> [String: [[UInt8]]] {
    var values: [String: [[UInt8]]] = [:]
    for attribute in record.attributes {
      values[attribute.name.lowercased(), default: []] += attribute.values
    }
    return values.mapValues { $0.sorted { $0.lexicographicallyPrecedes($1) } }
  }

  private static func difference(_ left: ContentRecord, _ right: ContentRecord) -> String {
    let (got, wanted) = (byName(left), byName(right))
    let name = Set(got.keys).union(wanted.keys).sorted().first { got[$0] != wanted[$0] } ?? "dn"
    func shown(_ values: [[UInt8]]?) -> String {
      (values ?? []).map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ")
    }
    return "\(name) \"\(shown(got[name]))\", expected \"\(shown(wanted[name]))\""
  }
}
