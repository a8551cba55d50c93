import Bytes
import Directory
import Testing

@testable import SyncExpressions

/// An entry as a test writes it.
struct Sample: Sendable, CustomTestStringConvertible {
  var dn = "CN=Ann,OU=Staff,DC=contoso,DC=com"
  var values: [(name: String, value: [UInt8])] = []

  init(dn: String = "CN=Ann,OU=Staff,DC=contoso,DC=com", _ values: KeyValuePairs<String, String>) {
    self.dn = dn
    self.values = values.map { ($0.key, Array($0.value.utf8)) }
  }

  func adding(_ name: String, bytes: [UInt8]) -> Sample {
    var copy = self
    copy.values.append((name, bytes))
    return copy
  }

  var testDescription: String {
    dn + values.map { " \($0.name)=\(String(decoding: $0.value, as: UTF8.self))" }.joined()
  }

  /// The entry with the values of the attributes in `table`.
  func entry(_ table: AttributeTable) -> Entry {
    let entry = Entry(table: table)
    entry.reset(dn: ByteView("never read"))
    let view = entry.arena.copy(dn.utf8)
    entry.reset(dn: view)
    for (name, value) in values {
      guard let id = table.find(name) else { continue }
      switch table.needs[Int(id.index)] {
      case .values: entry.append(entry.arena.copy(value), to: id)
      case .count: entry.tally(id)
      }
    }
    return entry
  }
}

let parameters = ["Domain.Netbios": "CONTOSO", "Forest.LDAP": "DC=contoso,DC=com"]

func compile(
  _ source: String, _ table: inout AttributeTable, now: Int64 = 0
) throws(ExpressionError) -> Expression {
  let options = ExpressionOptions(parameters: parameters, now: now, rule: "TST001")
  return try Expression.compile(source, table: &table, options: options)
}

/// The result as text: strings in quotes, lists in brackets.
func evaluate(_ source: String, _ sample: Sample = Sample([:]), now: Int64 = 0) throws -> String {
  var table = AttributeTable()
  let expression = try compile(source, &table, now: now)
  let entry = sample.entry(table)
  // The result is a view on the entry and the expression.
  return try withExtendedLifetime((entry, expression)) { show(try expression.evaluate(entry)) }
}

func isTrue(_ source: String, _ sample: Sample) throws -> Bool {
  var table = AttributeTable()
  let expression = try compile(source, &table)
  let entry = sample.entry(table)
  let result = try expression.isTrue(entry)
  // The two ways to evaluate agree.
  if case .bool(let value) = try expression.evaluate(entry) { #expect(value == result) }
  return result
}

func show(_ value: ExpressionValue) -> String {
  switch value {
  case .null: "NULL"
  case .bool(let value): value ? "True" : "False"
  case .number(let value): String(value)
  case .text(let bytes): "\"\(bytes.string)\""
  case .binary(let bytes):
    "0x" + bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  case .date(let ticks):
    String(decoding: DateFormat.format(ticks, ByteView("yyyy-MM-dd HH:mm:ss")), as: UTF8.self)
  case .list(let values): "[" + values.map(show).joined(separator: ", ") + "]"
  case .ignoreFlow: "IgnoreThisFlow"
  case .authoritativeNull: "AuthoritativeNull"
  }
}

/// The error that `source` has.
func compileError(_ source: String) -> ExpressionError? {
  var table = AttributeTable()
  do {
    _ = try compile(source, &table)
    return nil
  } catch {
    return error
  }
}

func warnings(_ source: String) throws -> [ExpressionWarning] {
  var table = AttributeTable()
  return try compile(source, &table).warnings
}

/// The message of the evaluation error, or what came instead.
func evaluationError(_ source: String, _ sample: Sample = Sample([:])) throws -> String {
  do {
    return "no error: " + (try evaluate(source, sample))
  } catch let error as EvaluationError {
    return error.message
  }
}
