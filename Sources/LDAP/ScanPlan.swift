internal import Directory
internal import Findings

/// A scan, decided: which bases, which filter, which attributes.
struct ScanPlan {
  var server: ServerDescription
  var sourceName: String
  var serverName: String
  var bases: [String]
  var excluded: [String]
  /// Entries that are read besides.
  var alsoRead: [String]
  var scope: LDAPURL.Scope
  var filter: String
  /// Whether no filter was asked for.
  var hasDefaultFilter: Bool
  var attributes: [String]
  var missingAttributes: [String] = []
  var notInGlobalCatalog: [String] = []
  var pageSize: Int
  var time: Int
  var readElsewhere: SubtreeSet
  var problems: [Problem] = []
  var idleTimeout: Duration = .zero
  var usesInsecureTLS = false
  /// Whether there is no login.
  var isAnonymous = false
  /// Makes the connection anew.
  var reconnect: (() throws(LDAPError) -> Connection)?

  /// Decides with what the server's root DSE and schema say.
  init(
    _ connection: borrowing Connection, _ server: ServerDescription, _ url: LDAPURL,
    _ request: LDAPScanRequest
  ) throws(LDAPError) {
    self.server = server
    serverName = url.server
    sourceName = request.sourceName ?? url.server
    excluded = request.excludedBases
    alsoRead = request.alsoRead
    scope = request.scope ?? url.scope ?? .subtree
    filter = request.filter ?? url.filter ?? DefaultFilter.text(server.kind)
    hasDefaultFilter = request.filter == nil && url.filter == nil
    pageSize = max(1, min(request.pageSize, Int(Int32.max)))
    time = request.time ?? Clock.now
    readElsewhere = SubtreeSet(request.basesReadElsewhere)
    attributes = []
    bases = !request.bases.isEmpty ? request.bases : url.base.map { [$0] } ?? server.defaultBases
    guard !bases.isEmpty else {
      throw LDAPError(
        .search, .refusedHere, server: url.server,
        summary: "the server does not say where its tree begins",
        advice: "name a base, as in \(url.server)/dc=example,dc=com, or log in")
    }
    dropNestedBases()
    let wanted = request.attributes.isEmpty ? url.attributes : request.attributes
    try choose(wanted, connection)
  }

  /// A base inside another one would be read twice.
  private mutating func dropNestedBases() {
    guard scope == .subtree else { return }
    var kept: [String] = []
    for (index, base) in bases.enumerated() {
      let others = bases.enumerated().filter { other in
        other.offset != index
          && (!SubtreeSet([base]).isTop(other.element) || other.offset < index)
      }
      if !SubtreeSet(others.map(\.element)).contains(base) { kept.append(base) }
    }
    bases = kept
  }

  /// Asks for what the schema has, secrets excepted.
  private mutating func choose(
    _ wanted: [String], _ connection: borrowing Connection
  ) throws(LDAPError) {
    let secrets = wanted.filter(SecretAttributes.contains)
    if !secrets.isEmpty {
      note("\(secrets.joined(separator: ", ")): secrets are never asked for")
    }
    attributes = wanted.filter { !SecretAttributes.contains($0) }
    let named = attributes.filter { SchemaFacts.isName(SchemaFacts.key($0)) && $0 != "1.1" }
    guard !named.isEmpty else { return }
    let facts = try SchemaFacts.read(connection, server, named)
    missingAttributes = facts.missing(named)
    if !missingAttributes.isEmpty {
      note(
        "the schema does not have \(missingAttributes.joined(separator: ", ")), "
          + "so no object has values of them")
    }
    if !facts.isReadable {
      note("the schema cannot be read, so attributes that it lacks count as empty")
    }
    if server.isGlobalCatalog {
      notInGlobalCatalog = facts.outsideGlobalCatalog(named)
      warnOfGlobalCatalog(isKnown: facts.inGlobalCatalog != nil)
    }
    let dropped = Set(missingAttributes + notInGlobalCatalog)
    attributes = attributes.filter { !dropped.contains($0) }
    // No name at all would ask for everything.
    if attributes.isEmpty { attributes = ["objectClass"] }
  }

  private mutating func warnOfGlobalCatalog(isKnown: Bool) {
    let advice = "scan each domain on port 389 or 636 instead"
    if !isKnown {
      incomplete("the schema does not say what the Global Catalog holds; \(advice)")
    } else if !notInGlobalCatalog.isEmpty {
      let names = notInGlobalCatalog.joined(separator: ", ")
      incomplete(
        "the Global Catalog does not hold \(names): rules on them are not judged; \(advice)")
    }
  }

  private mutating func note(_ message: String) {
    problems.append(Problem(kind: .note, message: message, source: sourceName))
  }

  private mutating func incomplete(_ message: String) {
    problems.append(Problem(kind: .incomplete, message: message, source: sourceName))
  }
}
