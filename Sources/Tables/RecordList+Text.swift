import Bytes

extension RecordList {
  // MARK: CSV

  /// CSV with one of `names` among its columns; false when it is none.
  mutating func readCSV(
    _ utf8: [UInt8], _ lines: [TextFile.Line], _ names: [String]
  ) throws(Malformed) -> Bool {
    guard let header = lines.first(where: { !Self.namesSeparator($0.text) }) else { return false }
    let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")]
    func keys(_ rows: inout CSVRows) -> [String] {
      (rows.next() ?? []).map { Self.key(String(decoding: $0, as: UTF8.self)) }
    }
    let separator = separators.first { separator in
      var rows = CSVRows(Array(header.text.utf8), separator: separator)
      return keys(&rows).contains(where: names.contains)
    }
    guard let separator else { return false }
    let start = header.offset
    var rows = CSVRows(Array(utf8[start...]), separator: separator)
    let columns = keys(&rows)
    var line = header.number
    var counted = 0
    while let cells = rows.next() {
      let offset = rows.start
      line += utf8[start + counted..<start + offset].count { $0 == 0x0A }
      counted = offset
      if rows.isUnclosed {
        throw Malformed(line: line, reason: "a quotation mark is opened and not closed")
      }
      let fields = zip(columns, cells).map { column, cell in
        Field(name: column, text: Self.trimmed(String(decoding: cell, as: UTF8.self)))
      }
      if fields.contains(where: { !$0.text.isEmpty }) {
        records.append(Record(line: line, fields: fields))
      }
    }
    return true
  }

  /// Excel's own first line, `sep=;`.
  private static func namesSeparator(_ text: String) -> Bool {
    text.utf8.count <= 6 && text.lowercased().hasPrefix("sep=")
  }

  // MARK: Format-Table

  /// Whether `text` is the line of hyphens below the names of columns.
  static func isRule(_ text: String) -> Bool {
    text.contains("-") && text.allSatisfy { $0 == "-" || $0.isWhitespace }
  }

  /// Tables, one after the other: a line of names, a line of hyphens, rows.
  mutating func readTable(_ lines: [TextFile.Line]) throws(Malformed) {
    var start = 0
    while start < lines.count {
      var end = start + 2
      while end < lines.count, !(end + 1 < lines.count && Self.isRule(lines[end + 1].text)) {
        end += 1
      }
      try readTable(lines[start..<min(end, lines.count)])
      start = end
    }
  }

  private mutating func readTable(_ lines: ArraySlice<TextFile.Line>) throws(Malformed) {
    let header = lines[lines.startIndex]
    let texts = lines.map { Array($0.text) }
    let gaps = try Self.gaps(texts, line: header.number)
    func cells(_ text: [Character]) -> [String] {
      gaps.indices.map { index in
        let start = min(gaps[index], text.count)
        let end = index + 1 < gaps.count ? min(gaps[index + 1], text.count) : text.count
        return Self.trimmed(String(text[start..<max(start, end)]))
      }
    }
    let keys = cells(texts[0]).map(Self.key)
    for (line, text) in zip(lines, texts).dropFirst(2) {
      let fields = zip(keys, cells(text)).map { Field(name: $0, text: $1) }
      records.append(Record(line: line.number, fields: fields))
    }
  }

  /// Where the columns begin: at the last place before a column's hyphens that is blank in every line.
  /// The hyphens are as long as the name, whatever the width of the column, and numbers stand at its right
  /// end.
  private static func gaps(
    _ texts: [[Character]], line: Int
  ) throws(Malformed) -> [Int] {
    let rule = texts[1]
    let starts = rule.indices.filter { index in
      rule[index] == "-" && (index == 0 || rule[index - 1] != "-")
    }
    var gaps = [0]
    for start in starts.dropFirst() {
      var place = start - 1
      func isGap(_ place: Int) -> Bool {
        texts.allSatisfy { place >= $0.count || $0[place].isWhitespace }
      }
      while place > gaps[gaps.count - 1], !isGap(place) { place -= 1 }
      guard place > gaps[gaps.count - 1] else {
        throw Malformed(line: line, reason: "the columns of the table cannot be told apart")
      }
      gaps.append(place)
    }
    return gaps
  }

  // MARK: Format-List

  /// The name and the value of a line `name : value`; nil of another line.
  static func listed(_ text: String) -> (name: Substring, value: Substring)? {
    let name = text.drop { $0 == "\u{FEFF}" }
      .prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    let rest = text[name.endIndex...]
    let value = rest.drop { $0 == " " }
    guard !name.isEmpty, value.first == ":", value.startIndex > rest.startIndex else { return nil }
    let text = value.dropFirst()
    return text.isEmpty || text.first == " " ? (name, text) : nil
  }

  /// Records with a line for each field; a new one begins behind an empty line, and where a name comes
  /// again. Lines that begin with blanks go on with a value.
  mutating func readList(_ lines: [TextFile.Line]) {
    var record = Record(line: 1, fields: [])
    func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
    for line in lines {
      if let (name, value) = Self.listed(line.text) {
        let key = Self.key(name)
        if record.fields.contains(where: { $0.name == key }) {
          records.append(record)
          record.fields = []
        }
        if record.fields.isEmpty { record.line = line.number }
        record.fields.append(Field(name: key, text: Self.trimmed(value)))
      } else if isBlank(line.text) {
        if !record.fields.isEmpty { records.append(record) }
        record.fields = []
      } else if line.text.first == " ", !record.fields.isEmpty {
        record.fields[record.fields.count - 1].text += Self.trimmed(line.text)
      } else if !line.isEmpty {
        // It is no part of a list; as a record of its own it is told.
        if !record.fields.isEmpty { records.append(record) }
        record.fields = []
        records.append(
          Record(line: line.number, fields: [Field(name: "", text: Self.trimmed(line.text))]))
      }
    }
    if !record.fields.isEmpty { records.append(record) }
  }
}
