/// The comment lines at the head and the tail of a snapshot, so that a saved one says what it is.
///
/// Each is `# key: value` (folded as every LDIF line is; RFC 2849 allows it for comments). Keys of
/// the head: `ldaplint-snapshot` (the format's version, first line), `source`, `server`,
/// `directory` (`ad` or `ldap`, where the server tells by its capabilities), `time`, `base` (one
/// line each), `excluded-base`, `scope`, `filter`, `attributes` (names separated by blanks; `*` for
/// every user attribute), `not-in-schema`, `not-in-global-catalog`. Of the tail: `problem` (its
/// kind, a blank, its message) and `end` (`complete` or `incomplete`, a blank, the number of
/// objects). A snapshot without `end` was cut off.
enum SnapshotComments {
  /// The lines before the first record.
  static func head(
    _ result: LDAPScanResult, source: String, excluded: [String], scope: LDAPURL.Scope, time: Int
  ) -> [String] {
    var lines = [
      "ldaplint-snapshot: 1", "source: \(source)", "server: \(result.server.summary)",
    ]
    switch result.server.kind {
    case .activeDirectory: lines.append("directory: ad")
    case .lightweightActiveDirectory: lines.append("directory: ldap")
    case .other: break
    }
    lines.append("time: \(UTCTime.text(time))")
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
