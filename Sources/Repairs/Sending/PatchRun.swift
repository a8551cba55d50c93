import Bytes
import Directory
import LDIF
import System

/// Sends a patch to directories, record by record, and writes down each step before the next.
///
/// Each record's old values are compared byte for byte with the object's; then one modify operation
/// swaps them, which the server refuses when they have changed in between. Whatever ends the run,
/// `kill -9` included: with the journal the next one repeats nothing and leaves nothing out. A
/// record that was about to be sent is decided by reading the object; so is one over which the
/// connection was lost, when there is a new one.
public struct PatchRun {
  /// What is sent, and how.
  public struct Options: Sendable {
    /// Whether nothing is sent: only what would happen is said.
    public var isTrial = true
    /// How many records are sent at most; nil for all.
    public var limit: Int?
    /// Whether the first record that is refused ends the run.
    public var stopsOnRefusal = false

    /// A trial of the whole patch.
    public init() {}
  }

  /// What became of a record.
  public enum Outcome: Sendable, Equatable {
    /// An earlier run did it.
    case doneEarlier
    /// It was done; or an earlier run was ended before it could write down that it did it.
    case done
    /// Every old value is there: it would be sent if this were no trial.
    case wouldBeDone
    /// The object is as the record wants it; nothing was sent.
    case already
    /// It was not done: why.
    case refused(String)
    /// It was not tried: why.
    case notSent(String)
  }

  /// How many records had which outcome.
  public struct Totals: Sendable, Equatable {
    /// Done, now.
    public var done = 0
    /// Done by an earlier run.
    public var doneEarlier = 0
    /// Would be done.
    public var wouldBeDone = 0
    /// As the patch wants them before anything was sent.
    public var already = 0
    /// Refused.
    public var refused = 0
    /// Not tried.
    public var notSent = 0
    /// Nothing of anything.
    public init() {}
  }

  /// What a run asks of the program around it, and what it tells it.
  public struct Callbacks {
    /// The directory that holds an object; nil when none does.
    public var route: ([UInt8]) -> (any DirectoryTarget)?
    /// Waits until the next record may be sent.
    public var pace: () -> Void
    /// Whether the run is to end; asked before each record.
    public var isCancelled: () -> Bool
    /// Takes note of what became of a record, numbered from 1.
    public var report: (Int, ChangeRecord, Outcome) -> Void

    /// Callbacks that find objects by `route` and report with `report`.
    public init(
      route: @escaping ([UInt8]) -> (any DirectoryTarget)?, pace: @escaping () -> Void = {},
      isCancelled: @escaping () -> Bool = { false },
      report: @escaping (Int, ChangeRecord, Outcome) -> Void
    ) {
      self.route = route
      self.pace = pace
      self.isCancelled = isCancelled
      self.report = report
    }
  }

  /// Why a run ended before its time.
  public enum Stop: Error, Sendable, Equatable {
    /// A directory does not answer any more: its words.
    case lost(String)
    /// The journal cannot be written.
    case journal(SystemError)
    /// The user wanted it.
    case cancelled
  }

  /// The connection may be lost this often over one record.
  private static let maximumLosses = 4

  private let records: [ChangeRecord]
  private let options: Options
  private var journal: Journal
  private let log: (any JournalLog)?
  private var sent = 0
  private var stopReason: String?
  /// Whether the record at hand may have been done already.
  private var isBegun = false
  /// How many records had which outcome so far.
  public private(set) var totals = Totals()

  private let callbacks: Callbacks

  /// A run of the patch of `records`, of which `journal` says what has been done; nil when nothing
  /// has. Its events go to `log`, which a trial does not need.
  public init(
    _ records: [ChangeRecord], options: Options, journal: Journal?, log: (any JournalLog)?,
    callbacks: Callbacks
  ) {
    precondition(options.isTrial || log != nil, "what is sent needs a journal")
    self.records = records
    self.options = options
    self.journal = journal ?? Journal(of: PatchIdentity(records))
    self.log = log
    self.callbacks = callbacks
  }

  /// Sends the records in order.
  public mutating func run() throws(Stop) {
    if !options.isTrial, journal.length == 0 {
      let head = journal.head()
      try append(head)
    }
    for (index, record) in records.enumerated() {
      guard !callbacks.isCancelled() else { throw .cancelled }
      let outcome = try outcome(of: record, number: index + 1)
      count(outcome)
      callbacks.report(index + 1, record, outcome)
      if case .refused = outcome, options.stopsOnRefusal {
        stopReason = stopReason ?? "a record before it was refused"
      }
    }
  }

  private mutating func count(_ outcome: Outcome) {
    switch outcome {
    case .done: totals.done += 1
    case .doneEarlier: totals.doneEarlier += 1
    case .wouldBeDone: totals.wouldBeDone += 1
    case .already: totals.already += 1
    case .refused: totals.refused += 1
    case .notSent: totals.notSent += 1
    }
  }

  // MARK: One record

  private mutating func outcome(of record: ChangeRecord, number: Int) throws(Stop) -> Outcome {
    let state = journal.state(of: number)
    if state == .done || state == .already { return .doneEarlier }
    if let stopReason { return .notSent(stopReason) }
    isBegun = state == .begun
    var losses = 0
    while true {
      let sentBefore = sent
      do throws(Stop) {
        return try tried(record, number: number, wasBegun: isBegun)
      } catch {
        guard case .lost(let words) = error, let target = callbacks.route(record.dn) else {
          throw error
        }
        losses += 1
        if callbacks.isCancelled() { throw .cancelled }
        guard losses < Self.maximumLosses else { throw error }
        sent = sentBefore
        try reconnect(target, after: words)
      }
    }
  }

  /// The server that was asked last may or may not have done it: the object tells when it can be read again.
  private func reconnect(_ target: any DirectoryTarget, after words: String) throws(Stop) {
    do throws(DirectoryTargetError) {
      try target.reconnect()
    } catch {
      if callbacks.isCancelled() { throw .cancelled }
      throw .lost(words)
    }
  }

  private mutating func tried(
    _ record: ChangeRecord, number: Int, wasBegun: Bool
  ) throws(Stop) -> Outcome {
    guard case .modify(let modifications) = record.kind else {
      return try refuse(number, "only modify records are applied; use ldapmodify for this one")
    }
    guard record.controls.isEmpty else {
      return try refuse(number, "a record with a control is not applied; use ldapmodify for it")
    }
    guard let target = callbacks.route(record.dn) else {
      return .notSent("none of the servers holds its domain")
    }
    if let secret = modifications.first(where: { SecretAttributes.contains($0.attribute) }) {
      return try refuse(number, "\(secret.attribute) holds a secret, which no journal may hold")
    }
    let names = Self.names(modifications)
    switch try Self.answer({ () throws(DirectoryTargetError) in
      try target.read(record.dn, attributes: names)
    }) {
    case .failure(let refusal):
      return try refuse(number, refusal.words, wasBegun: wasBegun)
    case .success(nil):
      return try refuse(
        number, "no such object, or this login may not see it", wasBegun: wasBegun)
    case .success(let current?):
      let verdict = PatchRunVerdict(modifications, current: current)
      return try settle(number, record, verdict, wasBegun: wasBegun, on: target)
    }
  }

  private mutating func settle(
    _ number: Int, _ record: ChangeRecord, _ verdict: PatchRunVerdict, wasBegun: Bool,
    on target: any DirectoryTarget
  ) throws(Stop) -> Outcome {
    switch verdict {
    case .done:
      try write(wasBegun ? .done(number) : .already(number))
      return wasBegun ? .done : .already
    case .changed(let how): return try refuse(number, how, wasBegun: wasBegun)
    case .pending(let changes, let undo):
      if let limit = options.limit, sent >= limit {
        let reason = "the limit of \(limit) was reached"
        stopReason = reason
        return .notSent(reason)
      }
      sent += 1
      guard !options.isTrial else { return .wouldBeDone }
      return try send(number, record, changes, undo, to: target)
    }
  }

  private mutating func send(
    _ number: Int, _ record: ChangeRecord, _ changes: [Modification],
    _ undo: [Modification], to target: any DirectoryTarget
  ) throws(Stop) -> Outcome {
    callbacks.pace()
    let back = JournalLine.ldif(ChangeRecord(dn: record.dn, kind: .modify(undo)))
    try write(.begin(number, hash: JournalLine.hash(record), undo: back))
    isBegun = true
    let answer = try Self.answer { () throws(DirectoryTargetError) in
      try target.modify(record.dn, changes)
    }
    if case .failure(let refusal) = answer { return try refuse(number, refusal.words) }
    try write(.done(number))
    return .done
  }

  /// A record that an earlier run may have done stays undecided in the journal, so that the undo
  /// looks at it too.
  private mutating func refuse(
    _ number: Int, _ reason: String, wasBegun: Bool = false
  ) throws(Stop) -> Outcome {
    guard !wasBegun else { return .refused(reason) }
    try write(.refused(number, reason))
    return .refused(reason)
  }

  /// A trial writes nothing down.
  private mutating func write(_ line: JournalLine) throws(Stop) {
    guard !options.isTrial else { return }
    let bytes = journal.bytes(line)
    try append(bytes)
  }

  private func append(_ bytes: [UInt8]) throws(Stop) {
    guard let log else { return }
    do throws(SystemError) {
      try log.append(bytes)
    } catch {
      throw .journal(error)
    }
  }

  // MARK: Asking

  private struct Refusal: Error {
    var words: String
  }

  /// What a directory answers, a refusal included.
  private static func answer<Answer>(
    _ ask: () throws(DirectoryTargetError) -> Answer
  ) throws(Stop) -> Result<Answer, Refusal> {
    do throws(DirectoryTargetError) {
      return .success(try ask())
    } catch {
      switch error {
      case .refused(let words): return .failure(Refusal(words: words))
      case .lost(let words): throw .lost(words)
      }
    }
  }

  /// The attributes that `modifications` are about, each once.
  private static func names(_ modifications: [Modification]) -> [String] {
    var seen = Set<String>()
    return modifications.map(\.attribute).filter { seen.insert($0.lowercased()).inserted }
  }
}
