import Bytes
import Directory
import SyncExpressions

/// The expression evaluator on expressions as the packs have them.
struct ExpressionBenchmarks {
  private static let evaluations = 1_000_000
  private static let sources = [
    ("IsPresent", "IsPresent([isCriticalSystemObject])"),
    ("Left and compare", "(Left([sAMAccountName], 4) = \"AAD_\")"),
    ("BitAnd", "IsPresent([userAccountControl]) && (BitAnd([userAccountControl], &H800) > 0)"),
    ("DNComponent and InStr", "CBool(InStr(DNComponent(CRef([dn]),1),\"\\\\0ACNF:\")>0)"),
  ]

  func run(_ report: inout MicroReport) throws {
    for (name, source) in Self.sources {
      var table = AttributeTable()
      let values = Self.values.map { (table.need($0.0), ByteView($0.1)) }
      let expression = try Expression.compile(source, table: &table, options: ExpressionOptions())
      let entry = Entry(table: table)
      entry.reset(dn: ByteView("CN=Carla Fischer 123456,OU=Berlin,DC=contoso,DC=com"))
      for (attribute, value) in values { entry.append(value, to: attribute) }
      try report.measure("expression, " + name, per: "evaluation", units: Self.evaluations) {
        var count = 0
        for _ in 0..<Self.evaluations where try expression.isTrue(entry) { count += 1 }
        keep(count)
      }
    }
  }

  private static let values: [(String, StaticString)] = [
    ("sAMAccountName", "cf123456"), ("userAccountControl", "512"),
  ]
}
