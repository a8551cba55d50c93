import Foundation
import TestKit
import Testing

@testable import Reports

/// Real output against the schemas in `docs/schemas`.
@Suite struct SchemaTests {
  static let documents: [String] = [
    Fixture.text(.json), Fixture.text(.json, objects: [], summary: Fixture.quiet),
  ]
  static let lines: [String] = [
    Fixture.text(.ndjson), Fixture.text(.ndjson, objects: [], summary: Fixture.quiet),
  ].flatMap { $0.split(separator: "\n").map(String.init) }

  @Test(arguments: documents)
  func reportHasTheDocumentedShape(_ text: String) throws {
    let schema = try SchemaChecker(file: "report.schema.json")
    #expect(try schema.complaints(about: text) == [])
  }

  @Test(arguments: lines)
  func lineHasTheDocumentedShape(_ text: String) throws {
    let schema = try SchemaChecker(file: "ndjson.schema.json")
    #expect(try schema.complaints(about: text) == [])
  }

  @Test(arguments: [
    ("\"severity\":\"error\"", "\"severity\":\"fatal\""), ("\"line\":120", "\"line\":\"120\""),
    ("\"complete\":false", "\"finished\":false"), ("\"rule\":\"UPN006\",", ""),
    ("\"version\":2,", "\"version\":1,"), ("\"valueBase64\":", "\"value\":\"\",\"valueBase64\":"),
    ("\"action\":\"none\"", "\"action\":\"none\",\"extra\":1"),
  ])
  func otherShapesAreRefused(_ part: String, _ other: String) throws {
    let schema = try SchemaChecker(file: "report.schema.json")
    let text = Self.documents[0].replacingOccurrences(of: part, with: other)
    #expect(text != Self.documents[0])
    #expect(try schema.complaints(about: text) != [])
  }

  private static let python = """
    import json, pathlib, sys
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource
    folder = pathlib.Path(sys.argv[1])
    schemas = {p.name: json.loads(p.read_text()) for p in folder.glob("*.json")}
    registry = Registry().with_resources(
        (name, Resource.from_contents(schema)) for name, schema in schemas.items())
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    for line in sys.stdin:
        name, text = json.loads(line)
        Draft202012Validator(schemas[name], registry=registry).validate(json.loads(text))
    """

  private static func run(_ arguments: [String], input: String) throws -> (Int32, String) {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try input.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    process.standardInput = try FileHandle(forReadingFrom: file)
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let output = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  private static let hasValidator =
    (try? run(["-c", "import jsonschema, referencing"], input: ""))?.0 == 0

  @Test(.enabled(if: hasValidator, "python3 with jsonschema 4.18 or newer is not installed"))
  func anIndependentValidatorAgrees() throws {
    let cases =
      Self.documents.map { ["report.schema.json", $0] }
      + Self.lines.map { ["ndjson.schema.json", $0] }
    let input = try cases.map { one in
      String(decoding: try JSONEncoder().encode(one), as: UTF8.self)
    }
    let folder = Repository.file("docs/schemas").path
    let (status, output) = try Self.run(
      ["-c", Self.python, folder], input: input.joined(separator: "\n") + "\n")
    #expect(status == 0, "\(output)")
  }
}
