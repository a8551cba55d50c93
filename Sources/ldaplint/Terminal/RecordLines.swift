import Bytes
import Directory
import LDIF
import Repairs

/// Says what becomes of a patch's records, and how far things are.
final class RecordLines {
  private let count: Int
  private let status: StatusLine
  private var seen = 0
  /// What would be changed, of a trial.
  private var values = ValueTotals()

  /// For `count` records.
  init(count: Int, isQuiet: Bool) {
    self.count = count
    status = StatusLine(isQuiet: isQuiet)
  }

  /// Says what became of `record`. What was done is in the journal and needs no line.
  func show(_ record: ChangeRecord, _ outcome: PatchRun.Outcome) {
    seen += 1
    if let line = Self.line(record, outcome) {
      finish()
      var text = HostileText.shown(line) + "\n"
      if outcome == .wouldBeDone, case .modify(let modifications) = record.kind {
        values.add(modifications)
        text += Self.changes(modifications)
      }
      // What is being sent goes on; the journal has it.
      Terminal.put(text, to: 1)
    }
    draw()
  }

  private func draw() {
    status.draw { seconds in
      "\(seen) of \(count) records, \(Int(Double(seen) / max(0.001, seconds)))/s"
    }
  }

  /// Takes the progress away.
  func finish() { status.finish() }

  // MARK: Text

  private static func line(_ record: ChangeRecord, _ outcome: PatchRun.Outcome) -> String? {
    let dn = String(decoding: SecretLine.shown(dn: record.dn), as: UTF8.self)
    let place = record.line > 0 ? " (line \(record.line))" : ""
    switch outcome {
    case .done, .doneEarlier: return nil
    case .wouldBeDone: return "would change  \(dn)\(place)"
    case .already: return "as wanted     \(dn)\(place)"
    case .refused(let reason): return "refused       \(dn)\(place): \(reason)"
    case .notSent(let reason): return "not sent      \(dn)\(place): \(reason)"
    }
  }

  /// A line for each value, `mail: "old" -> "new"` where one takes the place of another.
  private static func changes(_ modifications: [Modification]) -> String {
    var text = ""
    var index = 0
    while index < modifications.count {
      let one = modifications[index]
      index += 1
      var lines = one.values.map { "\(one.operation.rawValue) \(quoted($0))" }
      if lines.isEmpty { lines = ["\(one.operation.rawValue) all"] }
      if index < modifications.count, case let next = modifications[index],
        one.operation == .delete, next.operation == .add, next.attribute == one.attribute,
        one.values.count == 1, next.values.count == 1
      {
        lines = ["\(quoted(one.values[0])) -> \(quoted(next.values[0]))"]
        index += 1
      }
      for line in lines { text += "  \(HostileText.shown(one.attribute)): \(line)\n" }
    }
    return text
  }

  private static func quoted(_ value: [UInt8]) -> String { "\"\(HostileText.shown(value))\"" }

  /// `3 records: 2 done, 1 refused`, and of a trial what would be changed and `where`.
  func summary(_ totals: PatchRun.Totals, isTrial: Bool, where place: String) -> String {
    let parts = [
      (totals.done, "done"), (totals.doneEarlier, "done earlier"),
      (totals.wouldBeDone, "would be changed"), (totals.already, "as wanted already"),
      (totals.refused, isTrial ? "would be refused" : "refused"), (totals.notSent, "not sent"),
    ]
    let shown = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    let text = "\(count) \(count == 1 ? "record" : "records")" + (shown.isEmpty ? "" : ": \(shown)")
    guard isTrial else { return text }
    let changed = totals.wouldBeDone > 0 ? " (values: \(values.text))" : ""
    return "\(text)\(changed); nothing was sent to \(place), --yes sends"
  }
}
