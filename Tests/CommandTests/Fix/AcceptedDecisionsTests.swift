import Foundation
import Testing

/// A decisions file of which every proposal is accepted does what `fix --unsafe-fixes` does.
@Suite struct AcceptedDecisionsTests {
  /// One bad value in three attributes, of which two rules complain of one; an equal address that follows;
  /// a value that is not UTF-8; two holders of one address.
  static let export = """
    dn: CN=Jürgen Müller,OU=Staff,DC=contoso,DC=com
    objectClass: user
    sAMAccountName: jmueller
    userAccountControl: 512
    displayName:: TfxsbGVy
    userPrincipalName: jürgen müller@contoso.com
    mail: jürgen müller@contoso.com
    proxyAddresses: SMTP:jürgen müller@contoso.com
    proxyAddresses: smtp:shared@contoso.com

    dn: CN=bob,OU=Staff,DC=contoso,DC=com
    objectClass: user
    sAMAccountName: bob
    userAccountControl: 512
    displayName:: Qm9iIA==
    userPrincipalName: bob%@corp.local
    mail: bob@contoso.com
    proxyAddresses: SMTP:bob@contoso.com
    proxyAddresses: SMTP:robert@contoso.com
    proxyAddresses: smtp:shared@contoso.com


    """

  /// The modifications of each record, in any order.
  private static func modifications(_ place: Workplace, _ name: String) throws -> [Set<String>] {
    let lines = try place.read(name).replacingOccurrences(of: "\n ", with: "", options: .literal)
      .split(
        separator: "\n", omittingEmptySubsequences: false
      ).filter { !$0.hasPrefix("#") }
    let text = lines.joined(separator: "\n").replacing(
      "changetype: modify\n", with: "changetype: modify\n-\n")
    return text.split(separator: "\n\n").map { record in
      Set(record.split(separator: "\n-").map { $0.trimmingCharacters(in: .newlines) })
    }
  }

  /// The places of columns by name, and the rows.
  private static func table(
    _ place: Workplace, _ name: String
  ) throws -> (columns: [String: Int], rows: [[String]]) {
    let text = try place.read(name).unicodeScalars.drop { $0 == "\u{FEFF}" }
    var rows = try #require(strictCSV(String(text)))
    try #require(!rows.isEmpty)
    let header = rows.removeFirst()
    return (Dictionary(uniqueKeysWithValues: header.enumerated().map { ($1, $0) }), rows)
  }

  @Test(arguments: [
    "", "samples/contoso.ldif", "samples/fabrikam.ldif", "Tests/LintTests/IdFix/testset.ldif",
  ])
  func acceptingAllIsFixingAll(_ name: String) throws {
    let place = try Workplace(Self.export)
    let file =
      name.isEmpty ? "export.ldif" : Workplace.repository.appendingPathComponent(name).path
    let orders = ["--upn-suffix", "corp.local=contoso.com"]
    let checked = try place.run(["check", file, "--format", "decisions", "-o", "d.csv"] + orders)
    #expect(checked.status <= 1, "\(checked.errors)")
    var (columns, rows) = try Self.table(place, "d.csv")
    let wanted = ["dn", "attribute", "value", "proposedAction", "proposedValue", "ACTION"]
    let at = try wanted.map { try #require(columns[$0]) }
    var seen: Set<[String]> = []
    for index in rows.indices {
      #expect(seen.insert(at[...2].map { rows[index][$0] }).inserted, "\(rows[index])")
      let action = rows[index][at[3]]
      rows[index][at[5]] = action == "none" ? "" : action.uppercased()
    }
    let header = columns.sorted { $0.value < $1.value }.map(\.key)
    let text = ([header] + rows).map { row in
      row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\r\n"
    }
    try place.write(text.joined(), to: "accepted.csv")
    let decided = try place.run(
      ["fix", file, "--decisions", "accepted.csv", "-o", "a.ldif"] + orders)
    #expect(decided.status <= 1, "\(decided.errors.prefix(2_000))")
    let fixed = try place.run(["fix", file, "--unsafe-fixes", "-o", "u.ldif"] + orders)
    #expect(fixed.status <= 1, "\(fixed.errors)")
    let wantedChanges = try Self.modifications(place, "u.ldif")
    try #require(!wantedChanges.isEmpty)
    #expect(try Self.modifications(place, "a.ldif") == wantedChanges)
  }

  @Test func aValueHasOneRowWithAllThatIsFound() throws {
    let place = try Workplace(Self.export)
    let packs = ["--pack", "entra-id", "--pack", "idfix-multi-tenant"]
    _ = try place.run(["check", "export.ldif", "--format", "decisions", "-o", "d.csv"] + packs)
    let (columns, rows) = try Self.table(place, "d.csv")
    func cell(_ row: [String], _ name: String) throws -> String { row[try #require(columns[name])] }
    let shared = try rows.filter { try cell($0, "value") == "smtp:shared@contoso.com" }
    try #require(shared.count == 2)
    #expect(try cell(shared[0], "groupKey") == cell(shared[1], "groupKey"))
    #expect(try !cell(shared[0], "groupKey").isEmpty)
    for row in shared { #expect(try !cell(row, "role").isEmpty) }
    let name = try rows.filter {
      try cell($0, "attribute") == "userPrincipalName" && cell($0, "dn").hasPrefix("CN=bob")
    }
    try #require(name.count == 1)
    let rules = try cell(name[0], "rules").split(separator: " ")
    #expect(rules.count > 1)
    #expect(try cell(name[0], "fingerprints").split(separator: " ").count == rules.count)
    #expect(try cell(name[0], "severity") == "error")
    for row in rows { #expect(try !cell(row, "emptyNEWVALUE").isEmpty) }
  }

  @Test func excelIsToldTheEncodingAndTheSeparator() throws {
    let place = try Workplace(Self.export)
    let mark = "\u{FEFF}"
    func output(_ arguments: String...) throws -> String {
      let ran = try place.run(["check", "export.ldif"] + arguments)
      #expect(ran.status == 1, "\(ran.errors)")
      return ran.output
    }
    #expect(try output("--format", "decisions").unicodeScalars.starts(with: mark.unicodeScalars))
    let plain = try output("--format", "csv")
    #expect(plain.hasPrefix("rule,name,"))
    let csv = try output("--format", "csv", "--csv-delimiter", ";")
    #expect(csv.unicodeScalars.starts(with: "\(mark)rule;name;".unicodeScalars))
    #expect(csv.split(separator: "\r\n").count == plain.split(separator: "\r\n").count)
    let tabs = try output("--format", "decisions", "--csv-delimiter", "tab")
    #expect(tabs.unicodeScalars.starts(with: "\(mark)fingerprints\tdn\t".unicodeScalars))
    #expect(try output("--format", "idfix-csv").hasPrefix("DISTINGUISHEDNAME,"))
    for arguments in [["--csv-delimiter", "|"], ["--format", "json", "--csv-delimiter", ";"]] {
      let ran = try place.run(["check", "export.ldif"] + arguments)
      #expect(ran.status == 2)
      #expect(ran.errors.contains("--csv-delimiter"), "\(ran.errors)")
    }
  }
}
