/// What the server's schema says about the attributes that a scan needs.
struct SchemaFacts {
  /// Names in lower case that the schema has.
  var known: Set<String> = []
  /// Names in lower case that the Global Catalog holds; nil when that could not be read.
  var inGlobalCatalog: Set<String>?
  /// Whether the schema could be read at all.
  var isReadable = false

  /// Those of `names` that the schema does not have; none when it could not be read.
  func missing(_ names: [String]) -> [String] {
    isReadable ? names.filter { !known.contains(Self.key($0)) } : []
  }

  /// Those of `names` that the schema has and the Global Catalog does not hold.
  func outsideGlobalCatalog(_ names: [String]) -> [String] {
    guard let inGlobalCatalog else { return [] }
    return names.filter { known.contains(Self.key($0)) && !inGlobalCatalog.contains(Self.key($0)) }
  }

  /// `name` in lower case and without options (RFC 4512 §2.5).
  static func key(_ name: String) -> String {
    String(name.split(separator: ";").first ?? "").lowercased()
  }
}

extension SchemaFacts {
  /// Asks `server` about `names`. A schema that may not be read is no error.
  static func read(
    _ connection: borrowing Connection, _ server: ServerDescription, _ names: [String]
  ) throws(LDAPError) -> SchemaFacts {
    var facts = SchemaFacts()
    if server.kind != .other, let schema = server.schemaNamingContext {
      try facts.readAttributeSchemas(connection, schema, names)
    }
    if !facts.missing(names).isEmpty || !facts.isReadable {
      try facts.readSubschema(connection, server.subschemaSubentry)
    }
    return facts
  }

  /// Active Directory keeps its schema as objects (MS-ADTS §3.1.1.2).
  private mutating func readAttributeSchemas(
    _ connection: borrowing Connection, _ base: String, _ names: [String]
  ) throws(LDAPError) {
    for start in stride(from: 0, to: names.count, by: 50) {
      let wanted = names[start..<min(start + 50, names.count)].map(Self.key).filter(Self.isName)
      let terms = wanted.map { "(lDAPDisplayName=\($0))" }.joined()
      let request = SearchRequest(
        base: base, scope: .one, filter: "(&(objectClass=attributeSchema)(|\(terms)))",
        attributes: ["lDAPDisplayName", "isMemberOfPartialAttributeSet"])
      guard let entries = try Self.tolerantly(connection, request) else { return }
      isReadable = isReadable || !entries.isEmpty
      for entry in entries {
        guard let name = entry.text("lDAPDisplayName")?.lowercased() else { continue }
        known.insert(name)
        if entry.text("isMemberOfPartialAttributeSet")?.uppercased() == "TRUE" {
          inGlobalCatalog = (inGlobalCatalog ?? []).union([name])
        }
      }
    }
  }

  /// Every directory publishes its schema as text (RFC 4512 §4.4).
  private mutating func readSubschema(
    _ connection: borrowing Connection, _ dn: String?
  ) throws(LDAPError) {
    guard let dn else { return }
    let request = SearchRequest(
      base: dn, scope: .base, filter: "(objectClass=subschema)", attributes: ["attributeTypes"])
    guard let entry = try Self.tolerantly(connection, request)?.first else { return }
    for definition in entry.texts("attributeTypes") {
      known.formUnion(Self.names(definition))
      isReadable = true
    }
  }

  /// The entries, or nil when the server refuses; a lost connection or a cancellation is thrown.
  private static func tolerantly(
    _ connection: borrowing Connection, _ request: SearchRequest
  ) throws(LDAPError) -> [LDAPEntry]? {
    do throws(LDAPError) {
      return try connection.search(request)
    } catch {
      if error.cause == .refusedByServer { return nil }
      throw error
    }
  }

  /// The names in an attribute type's description (RFC 4512 §4.1.2), in lower case.
  static func names(_ definition: String) -> [String] {
    guard let start = definition.firstRange(of: " NAME ")?.upperBound else { return [] }
    var rest = definition[start...].drop(while: { $0 == " " })
    let isList = rest.first == "("
    if isList { rest = rest.dropFirst() }
    var names: [String] = []
    while true {
      rest = rest.drop(while: { $0 == " " })
      guard rest.first == "'" else { return names }
      rest = rest.dropFirst()
      guard let end = rest.firstIndex(of: "'") else { return names }
      names.append(rest[..<end].lowercased())
      rest = rest[end...].dropFirst()
      if !isList { return names }
    }
  }

  /// Whether `name` can stand in a filter as it is (RFC 4512 §1.4).
  static func isName(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy {
        ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x41 && $0 <= 0x5A) || ($0 >= 0x30 && $0 <= 0x39)
          || $0 == 0x2D || $0 == 0x2E
      }
  }
}
