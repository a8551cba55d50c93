import Bytes
import Directory
import LDIF
import Repairs

/// Says what becomes of a patch's records, and how far things are.
final class RecordLines {
  private let count: Int
  private let status: StatusLine
  private var seen = 0

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
      // What is being sent goes on; the journal has it.
      Terminal.put(HostileText.shown(line) + "\n", to: 1)
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

  /// `3 records: 2 done, 1 refused`.
  static func summary(_ totals: PatchRun.Totals, count: Int, isTrial: Bool) -> String {
    let parts = [
      (totals.done, "done"), (totals.doneEarlier, "done earlier"),
      (totals.wouldBeDone, "would be changed"), (totals.already, "as wanted already"),
      (totals.refused, isTrial ? "would be refused" : "refused"), (totals.notSent, "not sent"),
    ]
    let shown = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    let text = "\(count) \(count == 1 ? "record" : "records")" + (shown.isEmpty ? "" : ": \(shown)")
    return isTrial ? text + "; nothing was sent, --yes sends" : text
  }
}
