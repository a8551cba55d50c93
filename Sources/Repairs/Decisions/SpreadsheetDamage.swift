import Bytes
import Directory

/// What spreadsheets make of text that they take for a number, a truth or a formula.
enum SpreadsheetDamage {
  /// TRUE and FALSE as spreadsheets write them in other languages.
  private static let truths: [String: String] = [
    "wahr": "TRUE", "falsch": "FALSE", "prawda": "TRUE", "fałsz": "FALSE", "vrai": "TRUE",
    "faux": "FALSE", "verdadero": "TRUE", "verdadeiro": "TRUE", "falso": "FALSE", "vero": "TRUE",
    "doğru": "TRUE", "yanlış": "FALSE", "pravda": "TRUE", "nepravda": "FALSE", "igaz": "TRUE",
    "hamis": "FALSE", "waar": "TRUE", "onwaar": "FALSE", "sant": "TRUE", "falskt": "FALSE",
    "истина": "TRUE", "ложь": "FALSE",
  ]

  /// What has become of `cell`, as a phrase that begins with it; nil where it may be what was written.
  static func phrase(_ cell: [UInt8]) -> String? {
    guard !cell.isEmpty, cell.count <= 24 else { return nil }
    let text = String(decoding: cell, as: UTF8.self)
    let word = text.lowercased()
    if let truth = truths[word] {
      return "\(text) is what a spreadsheet makes of \(truth); write \(truth) in a column of text"
    }
    if isScientific(cell) {
      return "\(text) is what a spreadsheet makes of a long number; write it in a column of text"
    }
    if isDate(cell) {
      return
        "\(text) is what a spreadsheet makes of what looks like a date; write it in a column of "
        + "text"
    }
    // #NAME?, #REF!, #WERT!, #ADR!, #NV
    if text.hasPrefix("#"),
      text.hasSuffix("!") || text.hasSuffix("?") || text == "#N/A" || text == "#NV"
    {
      return
        "\(text) is what a spreadsheet makes of a formula that fails; write it in a column of text"
    }
    return nil
  }

  /// `1.23E+11`, in any language.
  private static func isScientific(_ cell: [UInt8]) -> Bool {
    let parts = cell.split(
      maxSplits: 1, omittingEmptySubsequences: false,
      whereSeparator: { $0 | 0x20 == UInt8(ascii: "e") })
    guard parts.count == 2, let sign = parts[1].first, sign == 0x2B || sign == 0x2D else {
      return false
    }
    let comma = UInt8(ascii: ",")
    let point = UInt8(ascii: ".")
    return parts[1].count > 1 && parts[1].dropFirst().allSatisfy(\.isASCIIDigit)
      && parts[0].first.map(\.isASCIIDigit) ?? false
      && parts[0].allSatisfy { $0.isASCIIDigit || $0 == comma || $0 == point }
  }

  /// `03.04.2026`, `3/4/26`, `2026-04-03`, `04. Mrz`, `4-Apr`: two or three parts, of which those that are
  /// no numbers are one short word beside a number.
  private static func isDate(_ cell: [UInt8]) -> Bool {
    let separators: [UInt8] = [UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "-"), 0x20]
    let parts = cell.split(whereSeparator: separators.contains)
    guard let last = cell.last, last.isASCIIDigit || parts.count == 2 else { return false }
    let numbers = parts.count { $0.allSatisfy(\.isASCIIDigit) && $0.count <= 4 }
    if numbers == parts.count { return parts.count == 3 && parts.allSatisfy { $0.count != 3 } }
    let words = parts.filter { !$0.contains(where: \.isASCIIDigit) }
    return numbers + words.count == parts.count && words.count == 1 && months(words[0])
      && (parts.count == 2 || parts.count == 3)
  }

  /// Whether `word` is a month as Excel shortens it in English, German, Polish, French or Spanish.
  private static func months(_ word: ArraySlice<UInt8>) -> Bool {
    let known: Set<String> = [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mrz",
      "mär",
      "mai", "okt", "dez", "sty", "lut", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis",
      "gru",
      "janv", "févr", "mars", "avr", "juin", "juil", "août", "sept", "déc", "ene", "abr", "ago",
      "dic",
    ]
    return known.contains(String(decoding: word, as: UTF8.self).lowercased())
  }
}
