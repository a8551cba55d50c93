import Bytes
import Findings
import Tables

/// A row per value that can be repaired or that a person must decide about, to be edited in a
/// spreadsheet and read back by `fix --decisions`.
///
/// * A row has all findings about the value: their rules, messages and fingerprints, the worst of their
///   severities and consequences. Where the plan changes a value that nothing is found about, because it
///   is equal to another one that changes, there is a row without fingerprints.
/// * `ACTION` is what is to be done: `EDIT`, `REMOVE`, `ADD`, `COMPLETE` (leave it as it is) or nothing
///   (not decided). It is filled in where the repair is safe, or where others were asked for; what is
///   filled in is what becomes of the value after all of them.
/// * `NEWVALUE` is what `EDIT` and `ADD` write; `emptyNEWVALUE` says what they do where it is empty.
/// * `safeValue` is what `fix` writes without `--unsafe-fixes`, where the proposal goes on from it.
/// * `value` is the value that would change, which for a finding about the number of values is the one
///   that the proposal is about. One that is not UTF-8 is spelled out, `M\xfcller`; its fingerprints
///   name it.
/// * Of a masked attribute nothing is offered: the mask is no value, and what is not seen is not decided.
///   Nor is a new value that is not UTF-8, which a spreadsheet cannot hold.
/// * The file begins with a byte order mark, for Excel.
struct DecisionsReport: Report {
  private struct Row {
    /// At least one; the first has the proposal.
    var findings: [Finding]
    var repair: Proposal
    var decision: Decision?

    var first: Finding { findings[0] }

    /// What `text` says of each finding, each once.
    func joined(by separator: String = " ", _ text: (Finding) -> String?) -> String {
      var texts: [String] = []
      for case let text? in findings.lazy.map(text) where !texts.contains(text) {
        texts.append(text)
      }
      return texts.joined(separator: separator)
    }
  }

  private let table: CSVTable<Row>

  init(_ cells: CSVCells) { table = CSVTable(Self.columns, cells) }

  func begin(_ header: RunHeader, isComplete: Bool, into out: inout OutputBuffer) {
    table.header(to: &out)
  }

  func object(_ findings: [Finding], isFirst: Bool, into out: inout OutputBuffer) {
    for value in Self.values(findings) {
      if let row = Self.row(value) { table.append(row, to: &out) }
    }
  }

  func end(_ summary: RunSummary, _ header: RunHeader, into out: inout OutputBuffer) {}

  /// The findings of an object and what else is done about it, by value, in their order.
  private static func values(_ findings: [Finding]) -> [[Finding]] {
    var values: [[Finding]] = []
    for finding in findings + (findings.first?.annotations.followers ?? []) {
      let place = values.firstIndex { $0[0].isAbout(sameAs: finding) }
      if let place { values[place].append(finding) } else { values.append([finding]) }
    }
    return values
  }

  private static func row(_ findings: [Finding]) -> Row? {
    let leading =
      findings.firstIndex { $0.proposal.map { $0.action != .none } ?? false }
      ?? findings.firstIndex { $0.proposal != nil }
    guard let leading, var repair = findings[leading].proposal else { return nil }
    var row = Row(findings: findings, repair: repair, decision: nil)
    row.findings.swapAt(0, leading)
    row.decision = row.first.annotations.decision
    let isHidden = findings.contains { $0.annotations.isWithheld }
    let isText = repair.value.map { ScalarScan.isUTF8($0.span) } ?? true
    if isHidden || !isText {
      repair.action = .none
      repair.value = nil
      repair.safeValue = nil
      repair.reason =
        isHidden
        ? "The values of \(row.first.attribute ?? "it") are masked: nothing is offered here."
        : "What fix would write is not UTF-8, which this file cannot hold; fix does it without the file."
      row.repair = repair
      row.decision = nil
    }
    return row
  }

  private typealias Column = CSVTable<Row>.Column

  private static let columns = matter + offer + rest

  private static let matter = [
    Column("fingerprints") { $0.joined { $0.fingerprint.isEmpty ? nil : $0.fingerprint } },
    Column("dn") { row, cells, out in cells.append(dn: row.first.dn, to: &out) },
    Column("attribute") { $0.first.attribute },
    Column("value", value: { $0.first.decidedValue.map(CSVCells.text) }),
    Column("rules") { $0.joined(\.rule) },
    Column("names") { $0.joined(\.name) },
  ]

  private static let offer = [
    Column("proposedAction") { $0.repair.action.rawValue },
    Column("proposedValue", value: { $0.repair.value }),
    Column("safety") { $0.repair.safety },
    Column("reason", sentence: { $0.repair.reason }),
    Column("ACTION") { $0.decision?.action.rawValue.uppercased() },
    Column("NEWVALUE", value: { $0.decision?.value }),
    Column("emptyNEWVALUE") { row in
      switch row.repair.action {
      case _ where row.findings.contains { $0.annotations.isWithheld }:
        "nothing can be decided here"
      case .edit: "EDIT then writes proposedValue"
      case .add: "ADD then writes proposedValue"
      case .remove, .none: "EDIT then is refused: write what is to stand there"
      }
    },
  ]

  private static let rest = [
    Column("severity") { $0.findings.lazy.map(\.severity).max()?.name },
    Column("consequence") { $0.findings.lazy.compactMap(\.consequence).max()?.rawValue },
    Column("messages", sentence: { $0.joined(by: "; ", \.message) }),
    Column("role") { $0.joined { $0.role?.rawValue } },
    Column("groupKey") { $0.joined(\.groupKey) },
    Column("safeValue", value: { $0.repair.safeValue }),
  ]
}

extension Finding {
  /// The value that a decision about it changes.
  fileprivate var decidedValue: [UInt8]? { proposal?.target ?? value }

  /// The value that comes to those that are there: several can.
  private var addedValue: [UInt8]? { proposal?.action == .add ? proposal?.value : nil }

  fileprivate func isAbout(sameAs other: Finding) -> Bool {
    attribute == other.attribute && (decidedValue ?? []) == (other.decidedValue ?? [])
      && addedValue == other.addedValue
  }
}
