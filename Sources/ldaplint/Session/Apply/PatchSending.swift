import ArgumentParser
import Bytes
import LDIF
import LibC
import Repairs
import System

/// Sends records to directories and says what became of each: what `apply` and `undo` share.
struct PatchSending {
  /// How.
  var options: SendingOptions
  /// How to connect.
  var ldap: LDAPOptions
  /// Where the records are read from.
  var origin: String
  /// Where the journal is; nil when there is none yet, which only a trial can do without.
  var journalPath: String?
  /// Of which records the journal must not be believed, by number.
  var isDoubtful: (Int) -> Bool = { _ in false }
  /// Takes note of what became of a record, by number.
  var settled: (Int, PatchRun.Outcome) -> Void = { _, _ in }

  /// Sends `records`, or tries to.
  func send(_ records: [ChangeRecord]) throws {
    try refuseOtherRuns(PatchIdentity(records))
    try Interrupt.noted {
      let targets = try options.targets(ldap)
      let file = options.yes ? try journalFile() : nil
      var journal = try journal(file, of: records)
      journal?.forget(isDoubtful)
      var runOptions = PatchRun.Options()
      runOptions.isTrial = !options.yes
      runOptions.limit = options.limit
      runOptions.stopsOnRefusal = options.stopOnError
      let lines = RecordLines(count: records.count, isQuiet: options.quiet)
      var run = PatchRun(
        records, options: runOptions, journal: journal, log: file,
        callbacks: callbacks(targets, lines))
      let place = targets.map(\.place).joined(separator: ", ")
      try follow(&run, lines, where: place)
    }
  }

  private func callbacks(_ targets: [LiveTarget], _ lines: RecordLines) -> PatchRun.Callbacks {
    var callbacks = PatchRun.Callbacks { dn in
      LiveTarget.holder(of: dn, among: targets)
    } report: { number, record, outcome in
      settled(number, outcome)
      lines.show(record, outcome)
    }
    callbacks.isCancelled = { Interrupt.isRequested }
    if let rate = options.rate {
      let pacer = Pacer(perSecond: rate)
      callbacks.pace = { pacer.wait() }
    }
    return callbacks
  }

  private func follow(
    _ run: inout PatchRun, _ lines: RecordLines, where place: String
  ) throws {
    do throws(PatchRun.Stop) {
      defer { lines.finish() }
      try run.run()
    } catch {
      throw stopped(error)
    }
    let totals = run.totals
    if !options.quiet {
      Terminal.note(lines.summary(totals, isTrial: !options.yes, where: place))
    }
    if totals.refused + totals.notSent > 0 { throw ExitCode(ExitStatus.findings) }
  }

  private func stopped(_ stop: PatchRun.Stop) -> any Error {
    let advice = options.yes ? "; continue with --resume" : ""
    switch stop {
    case .lost(let words): return Failure(words + advice)
    case .journal(let error):
      return Failure("\(journalPath ?? ""): \(error.sentence)" + advice)
    case .cancelled:
      Terminal.note("ended by a signal" + advice)
      return ExitCode(ExitStatus.interrupted)
    }
  }

  // MARK: The journal

  /// Before anything is connected to: nobody should begin anew where a run was ended.
  private func refuseOtherRuns(_ identity: PatchIdentity) throws {
    guard let journalPath else { return }
    if let place = FileIdentity(path: journalPath), place == FileIdentity(path: origin) {
      throw Failure("\(journalPath): the journal cannot be written to what is read; name another")
    }
    let contents = try contents(journalPath) ?? []
    guard !options.resume, !contents.isEmpty else { return }
    // Only a journal of these records can be continued.
    let earlier = try read(contents, journalPath)
    guard earlier.map({ $0.patch == identity }) ?? true else { throw otherRun(journalPath) }
    throw Failure(
      "\(journalPath): there is a journal of an earlier run; continue that with --resume, or "
        + "name another with --journal")
  }

  private func otherRun(_ path: String) -> Failure {
    Failure(
      "\(path): this is the journal of other records than are to be sent now; name another file "
        + "with --journal")
  }

  private func read(_ bytes: [UInt8], _ path: String) throws -> Journal? {
    do throws(JournalError) {
      return try Journal(bytes)
    } catch {
      throw Failure("\(path): \(error)")
    }
  }

  private func contents(_ path: String) throws -> [UInt8]? {
    do throws(SystemError) {
      return try AppendOnlyFile.contents(of: path)
    } catch {
      throw Failure("\(path): \(error.sentence)")
    }
  }

  private func journalFile() throws -> AppendOnlyFile? {
    try journalPath.map { try AppendOnlyFile.opened($0) }
  }

  /// What has been done by the journal; a last line that was cut off is removed from `file`.
  private func journal(_ file: AppendOnlyFile?, of records: [ChangeRecord]) throws -> Journal? {
    guard let path = journalPath, let bytes = try file?.contents ?? contents(path) else {
      return nil
    }
    // Another run may have begun since it was looked for.
    guard bytes.isEmpty || options.resume else {
      throw Failure("\(path): another run has just begun with this journal")
    }
    let journal = bytes.isEmpty ? nil : try read(bytes, path)
    if let journal {
      guard journal.patch == PatchIdentity(records) else { throw otherRun(path) }
      do throws(JournalError) {
        try journal.check(records)
      } catch {
        throw Failure("\(path): \(error)")
      }
    }
    do throws(SystemError) {
      try file?.truncate(to: journal?.length ?? 0)
    } catch {
      throw Failure("\(path): \(error.sentence)")
    }
    return journal
  }
}

extension AppendOnlyFile {
  /// The journal at `path`, locked. Throws a failure for people.
  static func opened(_ path: String) throws -> AppendOnlyFile {
    do throws(SystemError) {
      return try AppendOnlyFile(path)
    } catch {
      guard error.operation != "lock" else {
        throw Failure("\(path): another run is writing this journal; wait for its end")
      }
      throw Failure("\(path): \(error.sentence)")
    }
  }
}

/// Lets so many things happen in a second.
final class Pacer {
  private static let slice = Duration.milliseconds(100)
  private let clock = ContinuousClock()
  private let interval: Duration
  private var due: ContinuousClock.Instant

  init(perSecond: Double) {
    interval = .seconds(1 / perSecond)
    due = clock.now
  }

  /// Waits for the next turn; Ctrl-C ends the waiting.
  func wait() {
    while clock.now < due, !Interrupt.isRequested {
      usleep(useconds_t(max(0, min(Self.slice, due - clock.now) / .microseconds(1))))
    }
    due = max(due, clock.now) + interval
  }
}
