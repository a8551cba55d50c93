import Bytes
import Directory
import Findings
import Rules
import Sync

/// Explains findings on the entry in an evaluator: evidence, sentences, repair, fingerprint.
public struct FindingBuilder {
  let evaluator: RuleEvaluator
  private var ruleSet: RuleSet { evaluator.ruleSet }
  private var view: ObjectView { evaluator.view }

  private let namesValues: Bool
  private let tellsCauses: Bool

  /// A builder for the entry in `evaluator`, of findings with the keys of their values or without, and
  /// with what they have in common with others or without.
  public init(_ evaluator: RuleEvaluator, namesValues: Bool = true, tellsCauses: Bool = true) {
    self.evaluator = evaluator
    self.namesValues = namesValues
    self.tellsCauses = tellsCauses
  }

  /// What of a finding is the object's: made once for all findings of one object.
  public struct ObjectPart {
    var dn: [UInt8]
    var objectGUID: String?
    var objectKey: [UInt8]
    var objectClass: ObjectClass
    var commonName: [UInt8]
    var isEnabled: Bool
    var hasMailbox: Bool
    var unit: [UInt8]
    var source: String
    var line: Int?
  }

  /// How many levels of OUs are told apart.
  private static let levelsOfUnits = 2

  /// The object in the entry, from `source` at `line`.
  public func object(_ objectClass: ObjectClass, source: String, line: Int?) -> ObjectPart {
    let entry = view.entry
    let attributes = view.attributes
    let guid = entry.first(attributes.objectGUID).flatMap {
      (ObjectGUID(bytes: $0) ?? ObjectGUID(text: $0))?.text
    }
    return ObjectPart(
      dn: entry.dn.array, objectGUID: guid, objectKey: objectKey(guid),
      objectClass: objectClass, commonName: commonName, isEnabled: view.isEnabled,
      hasMailbox: view.hasMailbox,
      unit: tellsCauses
        ? DistinguishedName.unit(of: entry.dn, levels: Self.levelsOfUnits)?.array ?? [] : [],
      source: source, line: line)
  }

  private var commonName: [UInt8] {
    let entry = view.entry
    if let cn = entry.first(view.attributes.cn) { return cn.array }
    return DistinguishedName.leftmostValue(of: entry.dn, into: entry.arena)?.array ?? []
  }

  /// What names the object from run to run: objectGUID, else entryUUID, else the normalised DN.
  private func objectKey(_ guid: String?) -> [UInt8] {
    let entry = view.entry
    if let guid { return Array(guid.utf8) }
    if let uuid = entry.first(view.attributes.entryUUID) {
      return uuid.map(\.asciiLowercased)
    }
    guard
      let name = try? DistinguishedName.normalise(entry.dn, into: entry.arena)
    else { return entry.dn.array }
    return name.array
  }

  /// The finding that `record` stands for; `related` are the other holders of a duplicate.
  ///
  /// - Parameter proposing: whether the finding has what its rule proposes, or but the word that a person
  ///   must decide; nil for neither.
  public func finding(
    _ record: FindingRecord, of object: ObjectPart, related: [Finding.Related], omitted: Int,
    proposing: Bool? = true
  ) -> Finding {
    let rule = ruleSet.compiled[record.rule]
    let attribute = record.attribute
    let value = value(attribute, record.ordinal)
    let split = value.map { self.split(rule, attribute, $0) }
    var explanation = explain(rule, attribute, value, split)
    if let first = related.first {
      let more = related.count - 1 + omitted
      explanation.facts[.other] =
        String(decoding: first.dn, as: UTF8.self) + (more > 0 ? " and \(more) more" : "")
      explanation.facts[.others] = String(more + 1)
    }
    let facts = Facts(
      builder: self, rule: rule, attribute: attribute, value: value, split: split,
      explanation: explanation)
    var finding = Finding(
      rule: rule.rule.id, name: rule.rule.name, severity: record.severity ?? rule.rule.severity,
      source: object.source, dn: object.dn, objectClass: object.objectClass.name,
      message: facts.render(rule.rule.message))
    finding.consequence = rule.rule.consequence
    finding.category = rule.rule.category
    finding.syncError = rule.rule.syncError
    finding.line = object.line
    finding.objectGUID = object.objectGUID
    finding.commonName = object.commonName
    finding.isEnabled = object.isEnabled
    finding.hasMailbox = object.hasMailbox
    finding.unit = object.unit
    finding.attribute = name(attribute)
    finding.value = value?.array
    finding.evidence = explanation.evidence
    finding.cloud = evaluator.cloud(rule, object.objectClass).map(facts.render)
    if tellsCauses { finding.cause = facts.cause }
    finding.related = related
    finding.relatedOmitted = omitted
    if let proposing, !rule.rule.repairs.isEmpty {
      let repairs = RepairProposal(builder: self, rule: rule, attribute: attribute, facts: facts)
      finding.proposal = proposing ? repairs.propose(value) : repairs.left
    }
    let keys = FindingKeys(builder: self, object: object, attribute: attribute, value: value)
    let message = keys.message(rule.rule.id)
    finding.fingerprint = FindingKeys.fingerprint(message)
    if namesValues {
      finding.valueKey = FindingKeys.valueKey(message, rule.rule.id)
      if record.group >= 0 { finding.groupKey = keys.groupKey(rule) }
    }
    return finding
  }

  /// Names the value of `object`, which is the entry's, as findings about it do.
  public func valueKey(
    of object: ObjectPart, _ attribute: AttributeID, _ value: [UInt8]?
  ) -> String? {
    guard namesValues else { return nil }
    return (value ?? []).withByteView { text in
      let keys = FindingKeys(
        builder: self, object: object, attribute: attribute, value: value.map { _ in text })
      return FindingKeys.valueKey(keys.message(""), "")
    }
  }

  /// The ways to repair what rule number `rule` says of a value of the entry.
  func candidates(
    rule number: Int, attribute: AttributeID, ordinal: Int
  ) -> [RepairProposal.Candidate] {
    let rule = ruleSet.compiled[number]
    let value = value(attribute, ordinal)
    let split = value.map { self.split(rule, attribute, $0) }
    let facts = Facts(
      builder: self, rule: rule, attribute: attribute, value: value, split: split,
      explanation: explain(rule, attribute, value, split))
    return RepairProposal(builder: self, rule: rule, attribute: attribute, facts: facts)
      .candidates(value)
  }

  /// The name of `attribute` as rules spell it.
  func name(_ attribute: AttributeID) -> String {
    attribute == CompiledRule.dnAttribute ? "dn" : ruleSet.table.name(attribute)
  }

  private func value(_ attribute: AttributeID, _ ordinal: Int) -> ByteView? {
    if attribute == CompiledRule.dnAttribute { return view.entry.dn }
    return ordinal < 0 ? nil : view.entry.value(attribute, ordinal)
  }

  // MARK: Explaining

  /// What the rule's check has to say about `value`, which it sees as `split`.
  func explain(
    _ rule: CompiledRule, _ attribute: AttributeID, _ value: ByteView?, _ split: ScannedValue?
  ) -> Explanation {
    switch rule.check {
    case .value(let check):
      guard let split else { return Explanation() }
      return check.explain(split, view)
    case .object(let checks):
      return checks.lazy.compactMap { $0.explain(attribute, view) }.first ?? Explanation()
    case .unique(.confusable):
      return value.map(Self.marked) ?? Explanation()
    case .unique, .off: return Explanation()
    }
  }

  /// The characters that make a value look like another one.
  private static func marked(_ value: ByteView) -> Explanation {
    var names: [String] = []
    for (_, element) in UnicodeText.elements(value) where element.scalar?.isASCII != true {
      let name = element.displayName
      if names.count < 8, !names.contains(name) { names.append(name) }
    }
    return Explanation(evidence: names, facts: [.characters: names.joined(separator: ", ")])
  }

  /// `value` of `attribute` as `rule` sees it.
  func split(
    _ rule: CompiledRule, _ attribute: AttributeID, _ value: ByteView
  ) -> ScannedValue {
    rule.seesRaw ? view.scanRaw(value, of: attribute) : view.scan(value, of: attribute)
  }
}
