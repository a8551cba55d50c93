internal import Bytes
internal import CLDAP
internal import Directory
internal import Findings
internal import LDIF
internal import System

/// One scan while it runs: pages come in, records go out.
///
/// The request for the next page is sent before the entries of the current one are written, so that
/// the server works while we do (the protocol allows no more than one page under way: the next one's
/// cookie is in the answer to this one, RFC 2696). A page is written when it is there as a whole: one
/// that broke off can be asked for again.
struct ScanRun: ~Copyable {
  /// How often a scan may be taken up again after a lost connection.
  static let maximumReconnects = 5
  /// How many messages are held at most when the server does not page.
  static let batchSize = 1000
  /// How many problems of a kind are told one by one; a server could send any number.
  private static let toldOneByOne = 100

  let plan: ScanPlan
  let progress: (LDAPProgress) -> Void
  let isCancelled: () -> Bool
  var connection: Connection
  var spool: SnapshotWriter
  var result: LDAPScanResult
  var reconnects = 0
  var usesPaging: Bool
  var total: Int?
  /// How many entries came, those that were left out included.
  var received = 0
  /// The search that is under way, when one is. It dies with its connection.
  var underWay: Int32?

  private let exclusion: SubtreeSet
  private var knownReferences: Set<String> = []
  private var told: [Problem.Kind: Int] = [:]

  /// A scan that has not begun.
  init(
    _ plan: ScanPlan, _ connection: consuming Connection, _ spool: consuming SnapshotWriter,
    progress: @escaping (LDAPProgress) -> Void, isCancelled: @escaping () -> Bool
  ) {
    self.plan = plan
    self.connection = connection
    self.spool = spool
    self.progress = progress
    self.isCancelled = isCancelled
    result = LDAPScanResult(server: plan.server)
    result.bases = plan.bases
    result.filter = plan.filter
    result.requestedAttributes = plan.attributes
    result.missingAttributes = plan.missingAttributes
    result.notInGlobalCatalog = plan.notInGlobalCatalog
    result.problems = plan.problems
    // A root DSE that hides its controls is no reason not to try.
    usesPaging = plan.server.supportsPaging || plan.server.supportedControls.isEmpty
    exclusion = SubtreeSet(plan.excluded)
  }

  /// Reads every base and writes the snapshot from its head to its tail.
  mutating func readAll() throws(LDAPError) {
    for line in head.lines { spool.comment(line) }
    spool.version()
    if plan.usesInsecureTLS {
      note("the server's certificate was not verified")
    }
    if !usesPaging {
      note("the server does not page its results (RFC 2696): its limit may cut them")
    }
    for base in plan.bases where !result.isCancelled { try read(base) }
    if received == 0, result.isComplete { explainNothing() }
    for dn in plan.alsoRead where !result.isCancelled { try readAlone(dn) }
    sumUp()
    for line in tail.lines { spool.comment(line) }
    try flush()
    result.bytes = spool.bytes
  }

  private var head: SnapshotHead {
    var head = SnapshotHead()
    head.source = plan.sourceName
    head.server = result.server.summary
    head.directory =
      switch result.server.kind {
      case .activeDirectory: "ad"
      case .lightweightActiveDirectory: "ldap"
      case .other: nil
      }
    head.time = UTCTime.text(plan.time)
    head.bases = result.bases
    head.excludedBases = plan.excluded
    head.scope = plan.scope.rawValue
    head.filter = result.filter
    head.attributes = result.requestedAttributes.isEmpty ? nil : result.requestedAttributes
    head.notInSchema = result.missingAttributes
    head.notInGlobalCatalog = result.notInGlobalCatalog
    return head
  }

  private var tail: SnapshotTail {
    SnapshotTail(
      problems: result.problems.map {
        SnapshotTail.Problem(kind: $0.kind.rawValue, message: $0.message)
      },
      end: result.isComplete
        ? .complete(entries: result.entries) : .incomplete(entries: result.entries))
  }

  /// Hands what has been written to the system.
  private mutating func flush() throws(LDAPError) {
    do throws(OutputError) {
      try spool.flush()
    } catch {
      throw LDAPError(
        .spool, .cannotWrite, server: plan.serverName,
        summary: "what the server sends cannot be written: \(error)",
        advice: "make room, or choose another folder for it")
    }
  }

  /// Records that something was not read.
  mutating func incomplete(_ message: String) { tell(.incomplete, message) }

  /// Records something that is worth knowing.
  mutating func note(_ message: String) { tell(.note, message) }

  private mutating func tell(_ kind: Problem.Kind, _ message: String) {
    told[kind, default: 0] += 1
    guard told[kind, default: 0] <= Self.toldOneByOne else { return }
    result.problems.append(
      Problem(kind: kind, message: HostileText.oneLine(message), source: plan.sourceName))
  }

  /// Says how many problems were not told one by one.
  private mutating func sumUp() {
    for kind in [Problem.Kind.incomplete, .note] {
      let more = told[kind, default: 0] - Self.toldOneByOne
      guard more > 0 else { continue }
      result.problems.append(
        Problem(kind: kind, message: "and \(more) more like these", source: plan.sourceName))
    }
  }
}

extension ScanRun {
  /// Writes what `batch` holds and tells how far things are.
  mutating func commit(_ batch: borrowing MessageBatch, base: String) throws(LDAPError) {
    for index in 0..<batch.count {
      try unsafe write(batch.entries[index])
    }
    received += batch.count
    for urls in batch.references { follow(urls) }
    try flush()
    progress(
      LDAPProgress(base: base, entries: result.entries, bytes: spool.bytes, total: total))
  }

  /// Records a search reference, once.
  private mutating func follow(_ urls: [String]) {
    // They all name the same place.
    guard let url = urls.first else {
      incomplete("the server sent a search reference that cannot be decoded; it was not followed")
      return
    }
    guard knownReferences.insert(url).inserted else { return }
    let server = result.server
    let partitions = [server.configurationNamingContext, server.schemaNamingContext]
    var reference = SearchReference(
      url, partitions: SubtreeSet(partitions.compactMap(\.self)),
      isActiveDirectory: server.kind != .other)
    if reference.kind == .missing, let dn = reference.dn, plan.readElsewhere.isTop(dn) {
      reference.kind = .readElsewhere
    }
    result.references.append(reference)
    if reference.kind == .missing { incomplete(reference.message) } else { note(reference.message) }
  }

  /// Writes one entry as a record.
  @unsafe
  private mutating func write(_ message: OpaquePointer) throws(LDAPError) {
    guard var cursor = unsafe EntryCursor(session: connection.handle, message: message) else {
      incomplete("the server sent an entry that cannot be decoded; it was left out")
      return
    }
    if !exclusion.isEmpty && exclusion.contains(cursor.dn) { return }
    spool.line(ByteView("dn"), cursor.dn)
    var ranges: [RangeOption] = []
    while cursor.next() {
      guard cursor.count > 0, isWanted(cursor.name, of: cursor.dn) else { continue }
      guard cursor.name.contains(UInt8(ascii: ";")), let range = RangeOption(cursor.name) else {
        for index in 0..<cursor.count { spool.line(cursor.name, cursor.value(index)) }
        continue
      }
      range.attribute.withByteView { name in
        for index in 0..<cursor.count { spool.line(name, cursor.value(index)) }
      }
      if range.last != nil { ranges.append(range) }
    }
    if !cursor.isSound {
      incomplete("\(cursor.dn.string): some of its values cannot be decoded; they were left out")
    }
    let dn = ranges.isEmpty ? "" : cursor.dn.string
    for range in ranges { try writeRest(of: range, dn: dn) }
    spool.blankLine()
    result.entries += 1
  }

  /// Whether an attribute may stand in the snapshot: its name is one (a server could send anything),
  /// and it is no secret.
  private mutating func isWanted(_ name: ByteView, of dn: ByteView) -> Bool {
    guard SnapshotWriter.isUsable(name) else {
      incomplete(
        "\(dn.string): \"\(name.string)\" is no attribute name; its values were left out")
      return false
    }
    return !SecretAttributes.contains(name)
  }
}
