internal import Directory

/// What a server is and what a login may see there: the answer of `doctor`.
public struct LDAPDiagnosis: Sendable {
  /// What was seen of one base.
  public struct Base: Sendable {
    /// Its DN.
    public var dn: String
    /// How many objects the first page held, at most `samplePage`.
    public var sampled: Int
    /// How many objects the server expects in all, when it says.
    public var estimate: Int?
    /// Whether there is more than the first page.
    public var hasMore: Bool
    /// Those of the attributes asked about that some sampled object has.
    public var attributesSeen: [String]
    /// Why it cannot be read, when it cannot.
    public var problem: String?
  }

  /// How many objects of each base are looked at.
  public static let samplePage = 200

  /// What the server is.
  public var server: ServerDescription
  /// TLS version and cipher; nil without TLS.
  public var tls: String?
  /// The strength of what the login itself protects the connection with, in bits of the key; 1 where it
  /// signs and does not seal, 0 where it does neither (RFC 4422 §3.7).
  public var loginStrength = 0
  /// Whether any certificate would have been accepted.
  public var isTLSUnverified: Bool
  /// Who the server says one is (RFC 4532); "" when anonymous, nil when it does not say.
  public var identity: String?
  /// The bases that a scan would read.
  public var bases: [Base] = []
  /// Whether paged results (RFC 2696) work; nil when there was nothing to try it on.
  public var isPagingUsable: Bool?
  /// The most entries that one page may have (Active Directory's MaxPageSize), when readable.
  public var maximumPageSize: Int?
  /// The most values that one answer may have (Active Directory's MaxValRange), when readable.
  public var maximumValueRange: Int?
  /// Whether the schema can be read.
  public var isSchemaReadable = false
  /// Those of the attributes asked about that the schema lacks.
  public var missingAttributes: [String] = []
  /// Those of the attributes asked about that the Global Catalog does not hold.
  public var notInGlobalCatalog: [String] = []
}

extension LDAPServer {
  /// Connects, logs in and looks around: what the server is, what this login may read, which of
  /// `attributes` there are. Reads little: one page of each base.
  public func diagnose(
    attributes: [String], bases: [String] = [], isCancelled: @escaping () -> Bool = { false }
  ) throws(LDAPError) -> LDAPDiagnosis {
    try BrokenPipe.ignored { () throws(LDAPError) -> LDAPDiagnosis in
      let connection = try Connection.connected(to: url, options, isCancelled: isCancelled)
      let server = try connection.describe(url)
      let usesTLS = connection.tlsSummary != nil
      var diagnosis = LDAPDiagnosis(
        server: server, tls: connection.tlsSummary,
        isTLSUnverified: usesTLS && options.insecureTLS, identity: try connection.whoAmI())
      if case .sasl(let mechanism) = options.bind, mechanism != .external {
        diagnosis.loginStrength = connection.loginStrength
      }
      let names = attributes.filter { !SecretAttributes.contains($0) }
      let facts = try SchemaFacts.read(connection, server, names)
      diagnosis.isSchemaReadable = facts.isReadable
      diagnosis.missingAttributes = facts.missing(names)
      if server.isGlobalCatalog {
        diagnosis.notInGlobalCatalog = facts.outsideGlobalCatalog(names)
      }
      try diagnosis.readQueryPolicy(connection)
      let places = !bases.isEmpty ? bases : url.base.map { [$0] } ?? server.defaultBases
      for place in places {
        let request = SearchRequest(
          base: place, scope: url.scope ?? .subtree,
          filter: url.filter ?? DefaultFilter.text(server.kind), attributes: names)
        try diagnosis.sample(connection, request, isAnonymous: options.isAnonymous)
      }
      return diagnosis
    }
  }
}

extension LDAPDiagnosis {
  /// Active Directory keeps its limits in the forest's configuration (MS-ADTS §3.1.1.3.4.6).
  fileprivate mutating func readQueryPolicy(
    _ connection: borrowing Connection
  ) throws(LDAPError) {
    guard server.isActiveDirectory, let configuration = server.configurationNamingContext else {
      return
    }
    let dn =
      "CN=Default Query Policy,CN=Query-Policies,CN=Directory Service,CN=Windows NT,CN=Services,"
      + configuration
    let policy: LDAPEntry?
    do throws(LDAPError) {
      policy = try connection.object(dn, attributes: ["lDAPAdminLimits"])
    } catch {
      guard error.cause == .refusedByServer else { throw error }
      return
    }
    for limit in policy?.texts("lDAPAdminLimits") ?? [] {
      let pair = limit.split(separator: "=")
      guard pair.count == 2, let number = Int(pair[1]) else { continue }
      if pair[0] == "MaxPageSize" { maximumPageSize = number }
      if pair[0] == "MaxValRange" { maximumValueRange = number }
    }
  }

  /// Reads the first page of `request`.
  fileprivate mutating func sample(
    _ connection: borrowing Connection, _ request: SearchRequest, isAnonymous: Bool
  ) throws(LDAPError) {
    var base = Base(
      dn: request.base, sampled: 0, estimate: nil, hasMore: false, attributesSeen: [])
    var seen: Set<String> = []
    let page = Connection.Page(size: Self.samplePage, cookie: [])
    do throws(LDAPError) {
      let outcome = try connection.firstPage(request, page) { entry in
        base.sampled += 1
        for attribute in entry.attributes where !attribute.values.isEmpty {
          seen.insert(SchemaFacts.key(attribute.name))
        }
      }
      base.estimate = outcome.estimate
      base.hasMore = !outcome.cookie.isEmpty || outcome.isCutShort
      if base.sampled > 0 { isPagingUsable = (isPagingUsable ?? true) && outcome.isPaged }
      if outcome.code == ResultCode.unavailableCriticalExtension { isPagingUsable = false }
      base.problem =
        outcome.error(
          .search, server: connection.server, isAnonymous: isAnonymous)?.reason
    } catch {
      guard error.cause == .timedOut || error.cause == .garbled else { throw error }
      base.problem = error.reason
    }
    base.attributesSeen = request.attributes.filter { seen.contains(SchemaFacts.key($0)) }
    bases.append(base)
  }
}

extension Connection {
  /// Hands the entries of one page to `body` and returns how it ended. Where the server does not
  /// page, the rest is not waited for.
  fileprivate borrowing func firstPage(
    _ request: SearchRequest, _ page: Page, _ body: (LDAPEntry) -> Void
  ) throws(LDAPError) -> Outcome {
    let id = try startSearch(request, page: page)
    var entries = 0
    while true {
      let message = try nextMessage(id, .search, limit: operationTimeout)
      let kind = message.kind
      if kind == .result { return try message.outcome(self, .search) }
      guard kind == .entry,
        var cursor = unsafe EntryCursor(session: handle, message: message.handle)
      else { continue }
      guard entries < page.size else {
        abandon(id)
        var outcome = Outcome(code: ResultCode.success)
        outcome.isCutShort = true
        return outcome
      }
      entries += 1
      body(LDAPEntry(&cursor))
    }
  }
}
