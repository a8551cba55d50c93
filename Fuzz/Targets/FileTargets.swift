import Bytes
import Directory
import Repairs
import Tables

extension FuzzTarget {
  static let files = [
    FuzzTarget(
      "decisions", upTo: 600,
      words: ["EDIT", "REMOVE", "COMPLETE", "fingerprint", "distinguishedName", #"\x0d\x0a"#, ";"],
      decisions),
    FuzzTarget(
      "journal", upTo: 600,
      words: [
        "ldaplint-journal 1 ", "begin 1 ", #"done 1\x0a"#, "already 1", "refused 1 ", "undone 1",
      ],
      journal),
    FuzzTarget("shown", upTo: 160, words: [#"\xe2\x80\xae"#, "=", "'", "\\x1b["], shown),
  ]

  /// Decisions that people have filled in.
  private static func decisions(_ bytes: ByteView) throws(Broken) {
    _ = try? DecisionsFile(bytes.array)
    guard var rows = CSVRows(bytes.array) else { return }
    var count = 0
    while rows.next() != nil { count += 1 }
    try expect(count <= bytes.count + 1, "\(count) rows in \(bytes.count) bytes")
  }

  /// Journals: no more is taken back than there is.
  private static func journal(_ bytes: ByteView) throws(Broken) {
    guard let journal = try? Journal(bytes.array), let undos = try? journal.undos() else { return }
    try expect(undos.count <= max(1, journal.patch.records), "more is undone than there is")
  }

  /// What reaches a terminal or a spreadsheet is harmless and can be taken back.
  private static func shown(_ bytes: ByteView) throws(Broken) {
    let text = HostileText.shown(bytes.array)
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        throw Broken("U+\(String(scalar.value, radix: 16)) is shown")
      default: break
      }
    }
    try expect(!HostileText.oneLine(bytes.string).utf8.contains(0x0A), "more than one line")
    let cell = bytes.array
    let guarded = SpreadsheetGuard.guards(cell.span) ? [0x27] + cell : cell
    try expect(SpreadsheetGuard.unguarded(guarded) == cell, "the guard cannot be taken off")
  }
}
