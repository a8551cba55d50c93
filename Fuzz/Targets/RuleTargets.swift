import Bytes
import Directory
import RuleNodes
@testable import Rules
import SyncExpressions

extension FuzzTarget {
  static let rules = [
    FuzzTarget("expression", upTo: 400, words: expressionWords, expression),
    FuzzTarget(
      "pack", upTo: 6000, words: ["id: ", "check: { ", "fix:", "  - ", "|", "'", "{"], pack),
    FuzzTarget("pattern", upTo: 100, words: [#"\\p{L}"#, "[^", "{1,3}", "(?:", "|", "$"], pattern),
  ]

  private static let expressionWords =
    [
      "BitAnd", "CBool", "CDate", "CNum", "CRef", "CStr", "Contains", "ConvertToBase64", "Count",
      "DNComponent", "DateAdd", "DateFromNum", "Error", "FormatDateTime", "IIF", "InStr",
      "IsNullOrEmpty", "IsPresent", "Item", "Join", "LCase", "Left", "Len", "Mid", "Now",
      "NumFromDate", "PCase", "PadLeft", "RegexReplace", "RemoveDuplicates", "Replace",
      "ReplaceChars", "Select", "Split", "StringFromSid", "Switch", "Trim", "Where", "With", "Word",
    ].map { $0 + "(" } + [
      " AND ", " OR ", "&H", "<>", "[cn]", "[proxyAddresses]", "$x", "NULL", "%Domain.FQDN%",
      "9223372036854775807",
    ]

  private static let person = [
    ("cn", "Ann"), ("mail", "a@b.c"), ("proxyAddresses", "SMTP:a@b.c"),
    ("proxyAddresses", "smtp:b@b.c"), ("objectClass", "user"), ("description", "x y"),
    ("userAccountControl", "512"), ("whenCreated", "20200101000000.0Z"),
  ]

  /// The expression language: as a condition it is what it is as a value.
  private static func expression(_ bytes: ByteView) throws(Broken) {
    guard let source = String(validating: bytes.array, as: UTF8.self) else { return }
    var table = AttributeTable()
    let options = ExpressionOptions(
      parameters: ["Domain.Netbios": "C"], now: 637_000_000_000_000_000, rule: "T1")
    guard let found = try? Expression.compile(source, table: &table, options: options) else {
      return
    }
    let entry = Entry(table: table)
    entry.reset(dn: entry.arena.copy("CN=Ann,OU=x,DC=c,DC=com".utf8))
    for (name, value) in person {
      guard let attribute = table.find(name) else { continue }
      switch table.needs[Int(attribute.index)] {
      case .values: entry.append(entry.arena.copy(value.utf8), to: attribute)
      case .count: entry.tally(attribute)
      }
    }
    let isTrue = try? found.isTrue(entry)
    if let isTrue, case .bool(let value)? = try? found.evaluate(entry) {
      try expect(isTrue == value, "as a condition it is \(isTrue), as a value \(value)")
    }
  }

  /// YAML of rules and packs; what is kept of it in the program is what was read.
  private static func pack(_ bytes: ByteView) throws(Broken) {
    guard let text = String(validating: bytes.array, as: UTF8.self),
      let node = try? YAMLNodes.parse(text, file: "f.yaml")
    else { return }
    let archive = NodeArchive.encode(node)
    let again = (try? NodeArchive.decode(archive)).map { NodeArchive.encode($0) }
    try expect(again == archive, "the archive is read back as another")
    var rule = RuleDecoder(file: "f.yaml", fileName: "f", pack: "p", isStripped: false)
    _ = rule.rule(node)
    var pack = PackDecoder(file: "pack.yaml", pack: "p")
    _ = pack.manifest(node)
  }

  /// Patterns, on the bytes behind them.
  private static func pattern(_ bytes: ByteView) throws(Broken) {
    guard let first = bytes.first else { return }
    let end = min(1 + Int(first), bytes.count)
    guard let text = String(validating: bytes[1..<end].array, as: UTF8.self),
      let pattern = try? BytePattern(text, ignoringCase: first & 1 == 1)
    else { return }
    _ = pattern.matches(bytes.from(end))
  }
}
