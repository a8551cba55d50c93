import Foundation
import Testing

/// Decisions in a spreadsheet, and the patch that comes of them.
@Suite struct DecisionsTests {
  /// Users with something to repair safely, to decide about, and to leave.
  static let export = """
    dn: CN=ann,OU=Staff,DC=contoso,DC=com
    objectClass: user
    sAMAccountName: ann
    userAccountControl: 512
    displayName: Ann
    userPrincipalName:: YW5uQGNvbnRvc28uY29tIA==
    mail: ann@contoso.com
    msExchPoliciesIncluded: {1}
    proxyAddresses: SMTP:ann@contoso.com
    proxyAddresses: smtp:a nn.b@contoso.com

    dn: CN=bob,OU=Staff,DC=contoso,DC=com
    objectClass: user
    sAMAccountName: bob
    userAccountControl: 512
    displayName: =Bob
    userPrincipalName: bob%@contoso.com
    mail: bob@contoso.com
    proxyAddresses: SMTP:bob@contoso.com

    dn: CN=carl,OU=Staff,DC=contoso,DC=com
    objectClass: user
    sAMAccountName: carl
    userAccountControl: 512
    displayName: Carl
    userPrincipalName: carl@contoso.com
    mail: carl@contoso.com
    proxyAddresses: SMTP:carl@contoso.com
    proxyAddresses: smtp:a nn@contoso.com


    """

  /// A folder with an export and the decisions report of it.
  private static func place(
    _ export: String = export, packs: [String] = []
  ) throws -> Workplace {
    let place = try Workplace(export)
    let ran = try place.run(
      ["check", "export.ldif"] + packs + [
        "--report", "decisions=decisions.csv", "-o", "report.txt",
      ])
    #expect(ran.status <= 1, "\(ran.errors)")
    return place
  }

  /// The decisions with `change` made to the cells of each row, the header excepted.
  private static func edit(
    _ place: Workplace, separator: String = ",", _ change: (inout [String]) -> Void
  ) throws {
    let table = CSVTable(try place.read("decisions.csv"))
    let rows = table.rows.map { cells in
      var cells = cells
      change(&cells)
      return cells
    }
    try place.write(CSVTable(header: table.header, rows: rows).text(separator), to: "edited.csv")
  }

  /// Decides on what `rule` finds of Bob, and on nothing else; `change` may change more of these rows.
  /// Their numbers.
  private static func decide(
    _ place: Workplace, rule: String = "UPN003", action: String = "EDIT",
    value: String = "robert@contoso.com", separator: String = ",",
    _ change: (inout [String]) -> Void = { _ in }
  ) throws -> [Int] {
    var row = 1
    var decided: [Int] = []
    try edit(place, separator: separator) { cells in
      row += 1
      cells[10] = ""
      cells[11] = ""
      guard cells[1].hasPrefix("CN=bob"), cells[4] == rule else { return }
      decided.append(row)
      cells[10] = action
      cells[11] = value
      change(&cells)
    }
    return decided
  }

  private static func fix(
    _ place: Workplace, _ file: String = "edited.csv", packs: [String] = []
  ) throws -> Outcome {
    try place.run(["fix", "export.ldif"] + packs + ["--decisions", file, "-o", "patch.ldif"])
  }

  @Test func anUntouchedFileDoesWhatFixDoes() throws {
    let place = try Self.place()
    let decided = try Self.fix(place, "decisions.csv")
    #expect(decided.status <= 1, "\(decided.errors)")
    #expect(decided.errors.contains("new 0"), "\(decided.errors)")
    let plain = try place.run("fix", "export.ldif", "-o", "plain.ldif")
    #expect(plain.status <= 1)
    func bare(_ name: String) throws -> String {
      try place.read(name).split(separator: "\n").filter {
        !$0.hasPrefix("#") && !$0.hasPrefix(" ")
      }
      .joined(separator: "\n")
    }
    #expect(try bare("patch.ldif") == bare("plain.ldif"))
    #expect(try place.read("patch.ldif").contains("changetype: modify"))
  }

  /// A proposal that meets another object's value is not filled in, nor is one of two proposals
  /// that meet each other.
  @Test(arguments: [
    "samples/contoso.ldif", "samples/fabrikam.ldif", "Tests/LintTests/IdFix/testset.ldif",
  ])
  func untouchedFilesAreAccepted(_ name: String) throws {
    let place = try Workplace("")
    let file = Workplace.repository.appendingPathComponent(name).path
    try #require(FileManager.default.fileExists(atPath: file))
    let checked = try place.run("check", file, "--report", "decisions=d.csv", "-o", "report.txt")
    #expect(checked.status <= 1, "\(checked.errors)")
    let fixed = try place.run("fix", file, "--decisions", "d.csv", "-o", "patch.ldif")
    #expect(fixed.status <= 1, "\(fixed.errors.prefix(2_000))")
    let again = try place.run("fix", file, "--check", "patch.ldif")
    #expect(again.status <= 1, "\(again.errors.prefix(2_000))")
  }

  @Test func whatAPersonDecidesIsDone() throws {
    let place = try Self.place()
    let decided = try Self.decide(place, action: "edit", separator: ";")
    try #require(decided.count == 1)
    let fixed = try Self.fix(place)
    #expect(fixed.status <= 1, "\(fixed.errors)")
    let patch = try place.read("patch.ldif").replacing("\n ", with: "")
    #expect(patch.contains("userPrincipalName: bob%@contoso.com\n-\nadd: userPrincipalName"))
    #expect(patch.contains("userPrincipalName: robert@contoso.com"))
    #expect(patch.contains("UPN003"), "\(patch)")
    #expect(!patch.contains("CN=ann"))
    #expect(try place.read("patch.undo.ldif").contains("userPrincipalName: bob%@contoso.com"))
  }

  @Test func aDecidedPatchHasTheSameComments() throws {
    let place = try Self.place()
    #expect(try Self.fix(place, "decisions.csv").status <= 1)
    let patch = try place.read("patch.ldif").replacing("\n# ", with: " ").replacing("\n ", with: "")
    #expect(patch.contains("Exchange e-mail address policy"), "\(patch)")
    #expect(patch.contains("UPN003 upn-invalid-character: userPrincipalName"), "\(patch)")
    #expect(patch.contains("Decided in row "), "\(patch)")
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    var rule: String
    var action: String
    var value: String
    var words: String
    var testDescription: String { "\(rule) \(action) \(value)" }
  }

  @Test(arguments: [
    Wrong(rule: "UPN003", action: "EDIT", value: "b b@contoso.com", words: "UPN003"),
    Wrong(rule: "UPN003", action: "EDIT", value: "carl@contoso.com", words: "DUP001"),
    Wrong(rule: "UPN003", action: "EDIT", value: "bob@contoso.local", words: "UPN006"),
    Wrong(rule: "UPN003", action: "EDIT", value: "bob%@contoso.com", words: "is the old one"),
    Wrong(rule: "UPN003", action: "DELETE", value: "", words: "none of EDIT, REMOVE, COMPLETE"),
    Wrong(rule: "UPN003", action: "", value: "x@contoso.com", words: "no ACTION"),
  ])
  func aWrongEditIsRefused(_ wrong: Wrong) throws {
    let place = try Self.place()
    let decided = try Self.decide(
      place, rule: wrong.rule, action: wrong.action, value: wrong.value)
    let wanted = try #require(decided.last)
    let fixed = try Self.fix(place)
    #expect(fixed.status == 2)
    #expect(fixed.errors.contains("edited.csv: row \(wanted): CN=bob"), "\(fixed.errors)")
    #expect(fixed.errors.contains(wrong.words), "\(fixed.errors)")
    #expect(!FileManager.default.fileExists(atPath: place.path("patch.ldif")))
  }

  /// Of two packs, each has something to say about the value, in one row; a person has copied it.
  @Test func rowsThatContradictEachOtherAreRefused() throws {
    let packs = ["--pack", "entra-id", "--pack", "idfix-multi-tenant"]
    let place = try Self.place(packs: packs)
    var table = CSVTable(try place.read("decisions.csv"))
    let rows = table.rows.indices.filter {
      table.rows[$0][1].hasPrefix("CN=bob") && table.rows[$0][2] == "userPrincipalName"
    }
    try #require(rows.count == 1)
    #expect(table.rows[rows[0]][4].split(separator: " ").count > 1)
    table.rows[rows[0]][10] = "EDIT"
    table.rows[rows[0]][11] = "robert1@contoso.com"
    table.rows.append(table.rows[rows[0]])
    table.rows[table.rows.count - 1][11] = "robert2@contoso.com"
    try place.write(table.text(","), to: "edited.csv")
    let fixed = try Self.fix(place, packs: packs)
    #expect(fixed.status == 2)
    #expect(fixed.errors.contains("decides otherwise about this value"), "\(fixed.errors)")
  }

  /// What is refused is left out where that is asked for, and can be mended and read again.
  @Test func refusedRowsAreWrittenBesideThePatch() throws {
    let place = try Self.place()
    try Self.edit(place) { cells in
      if cells[1].hasPrefix("CN=bob"), cells[4].contains("UPN003") {
        cells[10] = "EDIT"
        cells[11] = "carl@contoso.com"
      }
      if cells[1].hasPrefix("CN=carl"), cells[3].contains("a nn") { cells[10] = "DELETE" }
    }
    #expect(try Self.fix(place).status == 2)
    #expect(!FileManager.default.fileExists(atPath: place.path("patch.ldif")))
    let fixed = try place.run(
      "fix", "export.ldif", "--decisions", "edited.csv", "-o", "patch.ldif", "--skip-refused")
    #expect(fixed.status == 1, "\(fixed.errors)")
    #expect(fixed.errors.contains("2 rows are refused and left out; refused.csv says why"))
    let patch = try place.read("patch.ldif")
    #expect(patch.contains("CN=ann") && !patch.contains("CN=bob") && !patch.contains("CN=carl"))
    let refused = CSVTable(try place.read("refused.csv"))
    try #require(refused.rows.count == 2)
    #expect(refused.rows[0][1].contains("DUP001"), "\(refused.rows)")
    #expect(refused.rows[1][1].contains("ACTION DELETE is none of"))
    var mended = refused
    for index in mended.rows.indices {
      mended.rows[index][6] = index == 0 ? "EDIT" : "COMPLETE"
      mended.rows[index][7] = index == 0 ? "robert@contoso.com" : ""
    }
    try place.write(mended.text(";"), to: "mended.csv")
    let again = try Self.fix(place, "mended.csv")
    #expect(again.status <= 1, "\(again.errors)")
    #expect(try place.read("patch.ldif").contains("userPrincipalName: robert@contoso.com"))
  }

  @Test func refusedRowsNeedAPlace() throws {
    let place = try Self.place()
    for arguments in [
      ["--decisions", "decisions.csv", "-o", "-"],
      ["--decisions", "decisions.csv", "-o", "refused.csv"],
      ["-o", "patch.ldif"],
    ] {
      let fixed = try place.run(["fix", "export.ldif", "--skip-refused"] + arguments)
      #expect(fixed.status == 2)
      #expect(fixed.errors.contains("refused"), "\(fixed.errors)")
    }
  }

  /// Columns that were sorted without the others put a decision on another finding's row.
  @Test(arguments: [
    (1, "CN=carl,OU=Staff,DC=contoso,DC=com", "dn"), (1, "", "dn"), (2, "unicodePwd", "attribute"),
    (2, "mail", "attribute"), (3, "carl@contoso.com", "value"), (3, "", "value"),
  ])
  func aRowThatContradictsItsFingerprintIsRefused(column: Int, text: String, name: String) throws {
    let place = try Self.place()
    let wanted = try #require(try Self.decide(place) { $0[column] = text }.last)
    let fixed = try Self.fix(place)
    #expect(fixed.status == 2)
    #expect(fixed.errors.contains("edited.csv: row \(wanted): "), "\(fixed.errors)")
    #expect(fixed.errors.contains("its \(name) is not that of the finding"), "\(fixed.errors)")
    #expect(!FileManager.default.fileExists(atPath: place.path("patch.ldif")))
  }

  /// A spreadsheet may take blanks away and a person may write a DN otherwise: it is the same row.
  @Test func aRowThatIsWrittenOtherwiseIsTheSame() throws {
    let place = try Self.place()
    let decided = try Self.decide(place) { cells in
      cells[1] = "cn=BOB, ou=Staff,dc=contoso,dc=com"
      cells[2] = "USERPRINCIPALNAME"
      cells[3] = "BOB%@contoso.com "
    }
    try #require(decided.count == 1)
    let fixed = try Self.fix(place)
    #expect(fixed.status <= 1, "\(fixed.errors)")
    #expect(try place.read("patch.ldif").contains("userPrincipalName: robert@contoso.com"))
  }

  /// What changed since the report was written is not found any more.
  @Test func aFindingThatIsGoneIsNamed() throws {
    let place = try Self.place()
    try place.write(
      Self.export.replacing(":: YW5uQGNvbnRvc28uY29tIA==", with: ": ann@contoso.com"),
      to: "export.ldif")
    let fixed = try Self.fix(place, "decisions.csv")
    #expect(fixed.status == 2)
    #expect(fixed.errors.contains("no such finding now"), "\(fixed.errors)")
  }

  @Test func idFixsOwnExportIsAccepted() throws {
    let place = try Workplace(Self.export)
    let header = "DISTINGUISHEDNAME,COMMONNAME,OBJECTCLASS,ATTRIBUTE,ERROR,VALUE,UPDATE,ACTION\r\n"
    let dn = "\"CN=bob,OU=Staff,DC=contoso,DC=com\",bob,user,userPrincipalName,Character"
    try place.write(header + "\(dn),bob%@contoso.com,[E]bob@contoso.com,EDIT\r\n", to: "edited.csv")
    let fixed = try Self.fix(place)
    #expect(fixed.status <= 1, "\(fixed.errors)")
    #expect(try place.read("patch.ldif").contains("userPrincipalName: bob@contoso.com"))
    try place.write(header + "\(dn),bob%@contoso.com,carl@contoso.com,EDIT\r\n", to: "edited.csv")
    let wrong = try Self.fix(place)
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("row 2"), "\(wrong.errors)")
    #expect(wrong.errors.contains("DUP001"), "\(wrong.errors)")
    try place.write(header + "\(dn),bob?@contoso.com,bob@contoso.com,EDIT\r\n", to: "edited.csv")
    #expect(try Self.fix(place).errors.contains("does not have the value"))
  }

  @Test(arguments: [
    ("", "it is empty"), ("a,b\n1,2\n", "no column DISTINGUISHEDNAME"), ("\u{1}", "no CSV header"),
  ])
  func whatIsNoDecisionsFileIsNamed(text: String, words: String) throws {
    let place = try Workplace(Self.export)
    try place.write(text, to: "edited.csv")
    let fixed = try Self.fix(place)
    #expect(fixed.status == 2)
    #expect(fixed.errors.contains("--decisions edited.csv: "), "\(fixed.errors)")
    #expect(fixed.errors.contains(words), "\(fixed.errors)")
  }
}

/// A small CSV table: cells without line breaks.
struct CSVTable {
  var header: [String]
  var rows: [[String]]

  init(header: [String], rows: [[String]]) {
    self.header = header
    self.rows = rows
  }

  init(_ text: String) {
    let lines = text.split(separator: "\r\n").map { Self.cells(String($0)) }
    header = lines.first ?? []
    rows = Array(lines.dropFirst())
  }

  private static func cells(_ line: String) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }

  func text(_ separator: String) -> String {
    ([header] + rows).map { row in
      row.map { "\"\($0)\"" }.joined(separator: separator) + "\r\n"
    }.joined()
  }
}
