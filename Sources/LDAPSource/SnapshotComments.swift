/// The comment lines at the head and the tail of a snapshot, so that a saved one says what it is.
///
/// Each is `# key: value` (folded as every LDIF line is; RFC 2849 allows it for comments). Keys of
/// the head: `ldaplint-snapshot` (the format's version, first line), `source`, `server`, `time`,
/// `base` (one line each), `excluded-base`, `scope`, `filter`, `attributes` (names separated by
/// blanks; `*` for every user attribute), `not-in-schema`, `not-in-global-catalog`. Of the tail:
/// `problem` (its kind, a blank, its message) and `end` (`complete` or `incomplete`, a blank, the
/// number of objects). A snapshot without `end` was cut off.
enum SnapshotComments {
  /// The lines before the first record.
  static func head(
    _ result: LDAPScanResult, source: String, excluded: [String], scope: LDAPURL.Scope, time: Int
  ) -> [String] {
    var lines = [
      "ldaplint-snapshot: 1", "source: \(source)", "server: \(result.server.summary)",
      "time: \(UTCTime.text(time))",
    ]
    lines += result.bases.map { "base: \($0)" }
    lines += excluded.map { "excluded-base: \($0)" }
    lines += ["scope: \(scope.rawValue)", "filter: \(result.filter)"]
    let names =
      result.requestedAttributes.isEmpty ? "*" : result.requestedAttributes.joined(separator: " ")
    lines.append("attributes: \(names)")
    if !result.missingAttributes.isEmpty {
      lines.append("not-in-schema: " + result.missingAttributes.joined(separator: " "))
    }
    if !result.notInGlobalCatalog.isEmpty {
      lines.append("not-in-global-catalog: " + result.notInGlobalCatalog.joined(separator: " "))
    }
    return lines
  }

  /// The lines after the last record.
  static func tail(_ result: LDAPScanResult) -> [String] {
    result.problems.map { "problem: \($0.kind.rawValue) \($0.message)" }
      + ["end: \(result.isComplete ? "complete" : "incomplete") \(result.entries)"]
  }
}

/// Times as RFC 3339 writes them.
enum UTCTime {
  /// `2026-11-21T06:36:38Z` for `seconds` since 1970.
  static func text(_ seconds: Int) -> String {
    let days = Int((Double(seconds) / 86_400).rounded(.down))
    let rest = seconds - days * 86_400
    let (year, month, day) = civil(days)
    func padded(_ number: Int, _ width: Int = 2) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month))-\(padded(day))T"
      + "\(padded(rest / 3600)):\(padded(rest / 60 % 60)):\(padded(rest % 60))Z"
  }

  /// The Gregorian date that is `days` after 1 January 1970. Counts in eras of 400 years that begin
  /// on 1 March, so that the leap day is the last one of its year.
  private static func civil(_ days: Int) -> (Int, Int, Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}
