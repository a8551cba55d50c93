import Bytes
import Directory
import Repairs
import Sync
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
    FuzzTarget(
      "json", upTo: 600, words: ["{\"", "\":", "\\u", "true", "null", "-1e5", "[", "]"], json),
    FuzzTarget(
      "listed", upTo: 600,
      words: [
        "IsVerified", "Id", #"\x0d\x0a"#, "--", " : ", "contoso.com", "True", "@odata.nextLink",
        "value",
        "sep=", "#TYPE",
      ],
      listed),
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

  /// JSON: what is opened is closed, every name has a value, the lines go on.
  private static func json(_ bytes: ByteView) throws(Broken) {
    var reader = JSONReader(bytes)
    var opened = 0
    var line = 1
    var isNamed = false
    while let token = try? reader.next() {
      if isNamed, [.endObject, .endArray].contains(token) { throw Broken("a name has no value") }
      isNamed = if case .name = token { true } else { false }
      if [.beginObject, .beginArray].contains(token) { opened += 1 }
      if [.endObject, .endArray].contains(token) { opened -= 1 }
      try expect(opened == reader.depth, "\(opened) are open, \(reader.depth) are said to be")
      let next = reader.line()
      try expect(next >= line, "line \(next) after \(line)")
      line = next
    }
    try expect(opened <= JSONReader.maximumDepth, "\(opened) in each other")
  }

  /// Lists of domains: a name that is taken is a domain, and it is taken again from a list of names.
  private static func listed(_ bytes: ByteView) throws(Broken) {
    let text = TextFile.utf8(bytes.array)
    let lines = TextFile.lines(text)
    try expect(lines.map(\.number) == Array(1..<lines.count + 1), "lines are left out")
    if let list = try? RecordList(text, columns: ["id", "name"]) {
      for record in list.records {
        try expect((1...max(1, lines.count)).contains(record.line), "line \(record.line)")
      }
    }
    guard let list = try? DomainList(bytes.array, .shipped) else { return }
    try expect(!list.verified.isEmpty, "an empty list is taken")
    for name in list.verified {
      let isTaken = name.withByteView { Domain.malformation(of: $0) == nil }
      try expect(isTaken && name.contains("."), "\"\(name)\" is taken for a domain")
    }
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
