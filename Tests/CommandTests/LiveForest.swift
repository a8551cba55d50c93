import Foundation
import TestServers
import Testing

/// The tests that start directory servers, one after the other.
@Suite(.serialized) enum LiveCommands {}

/// Makes of a sample forest what slapd loads: no comments, every parent there and before its
/// children, and a login.
struct LiveForest {
  let suffix: String
  /// The objects, as LDIF.
  let text: String

  static let password = "readme"
  var reader: String { "cn=reader,\(suffix)" }

  /// The objects below `suffix` of the sample file called `name`.
  init(sample name: String, suffix: String) throws {
    let file = Workplace.repository.appendingPathComponent("samples/\(name)")
    let text = try String(contentsOf: file, encoding: .utf8)
    self.init(objects: text, suffix: suffix)
  }

  init(objects text: String, suffix: String) {
    self.suffix = suffix
    var records = text.components(separatedBy: "\n\n").compactMap(Record.init)
      .filter { $0.dn.lowercased().hasSuffix(suffix.lowercased()) }
    var known = Set(records.map { $0.dn.lowercased() })
    for record in records {
      var dn = Record.parent(of: record.dn)
      while let container = dn, container.count >= suffix.count,
        known.insert(container.lowercased()).inserted
      {
        records.append(Record(container: container))
        dn = Record.parent(of: container)
      }
    }
    records.sort { ($0.depth, $0.dn) < ($1.depth, $1.dn) }
    let login = """
      dn: cn=reader,\(suffix)
      objectClass: top
      objectClass: person
      cn: reader
      userPassword: \(Self.password)
      """
    self.text = (records.map(\.text) + [login]).joined(separator: "\n\n") + "\n"
  }

  /// `count` users of DC=contoso,DC=com, as LDIF; `suffix` gives the UPN suffix of each.
  static func users(_ count: Int, suffix: (Int) -> String) -> String {
    (0..<count).map { number in
      """
      dn: CN=User \(number),DC=contoso,DC=com
      objectClass: user
      cn: User \(number)
      sAMAccountName: user\(number)
      userAccountControl: 512
      objectGUID:: \(Data("\(1_000_000_000_000_000 + number)".utf8).base64EncodedString())
      userPrincipalName: user\(number)@\(suffix(number))
      """
    }.joined(separator: "\n\n")
  }

  /// One record of an export.
  private struct Record {
    var dn: String
    var text: String
    /// How many parts the DN has; looked at in every comparison of a sort.
    let depth: Int

    init?(_ block: String) {
      let lines = block.split(separator: "\n").filter {
        !$0.hasPrefix("#") && !$0.hasPrefix("version:")
      }
      text = lines.joined(separator: "\n")
      let folds = lines.dropFirst().prefix { $0.hasPrefix(" ") }
      let first = String(lines.first ?? "") + folds.map { $0.dropFirst() }.joined()
      if first.hasPrefix("dn:: "), let data = Data(base64Encoded: String(first.dropFirst(5))) {
        dn = String(decoding: data, as: UTF8.self)
      } else if first.hasPrefix("dn: ") {
        dn = String(first.dropFirst(4))
      } else {
        return nil
      }
      depth = Self.depth(of: dn)
    }

    init(container dn: String) {
      self.dn = dn
      depth = Self.depth(of: dn)
      let name = dn.split(separator: ",")[0].split(separator: "=")
      let objectClass = name[0].lowercased() == "ou" ? "organizationalUnit" : "container"
      text = "dn: \(dn)\nobjectClass: top\nobjectClass: \(objectClass)\n\(name[0]): \(name[1])"
    }

    static func depth(of dn: String) -> Int { 1 + commas(of: dn).count }

    static func parent(of dn: String) -> String? {
      commas(of: dn).first.map { String(dn[dn.utf8.index(after: $0)...]) }
    }

    /// Where the DN's parts end.
    private static func commas(of dn: String) -> [String.Index] {
      var previous = UInt8(ascii: " ")
      return dn.utf8.indices.filter { index in
        let byte = dn.utf8[index]
        defer { previous = byte }
        return byte == UInt8(ascii: ",") && previous != UInt8(ascii: "\\")
      }
    }
  }

  /// A slapd that holds the objects.
  func serve(_ settings: [String: String] = [:]) throws -> TestServer {
    let place = try Workplace(text)
    return try TestServer(
      "slapd",
      ["LDIF": place.path("export.ldif"), "BASE": suffix, "LOOSE": "1"].merging(settings) { $1 })
  }
}

/// The findings of an NDJSON report in a form that compares: without the source and the place in it,
/// and with the attribute types of DNs in lower case, as slapd spells them.
/// Keys that are to be ignored go as well and, where objects come `inAnyOrder`, which of several other
/// holders a message names.
func comparable(
  _ report: String, ignoring ignored: [String] = [], inAnyOrder: Bool = false
) throws -> [String] {
  let types = /\b(?:CN|OU|DC)=/
  return try report.split(separator: "\n").compactMap { line in
    var finding = try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    guard finding["type"] as? String == "finding" else { return nil }
    finding["source"] = nil
    finding["line"] = nil
    for key in ignored { finding[key] = nil }
    // slapd escapes in other ways than Active Directory does.
    finding["dn"] = (finding["dn"] as? String)?.replacing("\n", with: "\\0A")
    if finding["attribute"] as? String == "dn" {
      finding["value"] = nil
      for key in ["fingerprint", "valueKey"] { finding[key] = nil }
    }
    if let related = finding["related"] as? [[String: Any]] {
      if inAnyOrder, related.count > 1 { finding["message"] = nil }
      finding["related"] = related.map { holder in
        holder.filter { $0.key != "source" }.sorted { $0.key < $1.key }
          .map { "\($0.key)=\($0.value)" }.joined(separator: " ")
          .replacing(types) { $0.output.lowercased() }
      }.sorted()
    }
    let data = try JSONSerialization.data(withJSONObject: finding, options: [.sortedKeys])
    return String(decoding: data, as: UTF8.self)
      .replacing(types) { $0.output.lowercased() }.replacing("\\2C", with: "\\,")
  }.sorted()
}

/// The lines of an NDJSON report that are `problem` lines, without their source.
func problems(_ report: String) throws -> [String] {
  try report.split(separator: "\n").compactMap { line in
    guard line.contains(#""type":"problem""#),
      let problem = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    else { return nil }
    return "\(problem["kind"] ?? "") \(problem["message"] ?? "")"
  }
}

/// Expects the findings of two reports to be the same, and names those that are not.
func expectSameFindings(
  _ report: String, _ expected: [String], at place: SourceLocation = #_sourceLocation
) throws {
  try expectSame(comparable(report), expected, at: place)
}

/// Expects `found` to be `expected`, and names what is not.
func expectSame(
  _ found: [String], _ expected: [String], at place: SourceLocation = #_sourceLocation
) {
  let known = (Set(found), Set(expected))
  let surplus = found.filter { !known.1.contains($0) }
  let missing = expected.filter { !known.0.contains($0) }
  #expect(surplus.isEmpty, sourceLocation: place)
  #expect(missing.isEmpty, sourceLocation: place)
  #expect(found.count == expected.count, sourceLocation: place)
}
