import Foundation
import TestServers
import Testing

/// A decisions file that LibreOffice opens and saves, where numbers and lists are written in other ways.
@Suite(
  .serialized,
  .enabled(
    if: TestServer.isRequired || FileManager.default.isExecutableFile(atPath: "/usr/bin/soffice"),
    "LibreOffice is not installed"))
struct LibreOfficeTests {
  /// LibreOffice's name for what reads and writes CSV; its first numbers are the separator, the quotation
  /// mark and UTF-8.
  private static let csv = "Text - txt - csv (StarCalc)"

  /// A run of LibreOffice without a window, whose settings say that it is in `locale`.
  private static func convert(
    _ place: Workplace, _ locale: String, _ name: String, to suffix: String, reading filter: String?
  ) throws {
    let settings = """
      <?xml version="1.0" encoding="UTF-8"?>
      <oor:items xmlns:oor="http://openoffice.org/2001/registry">
      <item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">\
      <value>\(locale)</value></prop></item>
      </oor:items>
      """
    try FileManager.default.createDirectory(
      atPath: place.path("office/user"), withIntermediateDirectories: true)
    try place.write(settings, to: "office/user/registrymodifications.xcu")
    let filter = filter.map { " --infilter='\(csv):\($0)'" } ?? ""
    let ran = try place.shell(
      "soffice --headless -env:UserInstallation=file://\(place.path("office"))\(filter) "
        + "--convert-to '\(suffix)' --outdir saved \(name)", environment: ["LC_ALL": "C.UTF-8"])
    #expect(ran.status == 0, "\(ran.errors)")
  }

  private static func rows(_ place: Workplace, _ name: String) throws -> [[String]] {
    let text = try place.read(name).unicodeScalars.drop { $0 == "\u{FEFF}" }
    // LibreOffice ends lines with LF alone.
    let lines = String(text).replacing("\r\n", with: "\n").replacing("\n", with: "\r\n")
    return try #require(strictCSV(lines))
  }

  /// With commas and with semicolons. What the dialog takes from the byte order mark when a person opens
  /// the file, UTF-8, is said here: without a window nothing looks at the mark.
  @Test(arguments: ["de-DE", "pl-PL"], [",", ";"])
  func savedAgainItIsReadAgain(_ locale: String, _ separator: String) throws {
    let place = try Workplace(AcceptedDecisionsTests.export)
    let orders = ["--upn-suffix", "corp.local=contoso.com", "--unsafe-fixes"]
    let made = try place.run(
      ["check", "export.ldif", "--format", "decisions", "-o", "d.csv"] + orders
        + (separator == ";" ? ["--csv-delimiter", ";"] : []))
    #expect(made.status <= 1, "\(made.errors)")
    try Self.convert(
      place, locale, "d.csv", to: "ods", reading: separator == ";" ? "59,34,76,1" : "44,34,76,1")
    try Self.convert(place, locale, "saved/d.ods", to: "csv:\(Self.csv):44,34,76,1", reading: nil)

    let plain = try place.run(
      ["check", "export.ldif", "--format", "decisions", "-o", "plain.csv"] + orders)
    #expect(plain.status <= 1, "\(plain.errors)")
    let (before, after) = (try Self.rows(place, "plain.csv"), try Self.rows(place, "saved/d.csv"))
    #expect(before == after)
    #expect(after.contains { $0.contains("CN=Jürgen Müller,OU=Staff,DC=contoso,DC=com") })

    for (name, file) in [("first.ldif", "d.csv"), ("again.ldif", "saved/d.csv")] {
      let fixed = try place.run(
        ["fix", "export.ldif", "--decisions", file, "-o", name] + orders.dropLast())
      #expect(fixed.status <= 1, "\(fixed.errors)")
    }
    let patch = try place.read("again.ldif")
    #expect(patch.contains("changetype: modify"))
    #expect(patch == (try place.read("first.ldif")))
  }
}
