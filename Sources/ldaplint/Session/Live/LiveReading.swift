import Bytes
import Dispatch
import Findings
import LDAP
import LDIF
import Lint
import Synchronization
import System

/// The reading of live directories, one after the other, on a thread of its own, while what has
/// arrived is checked.
///
/// A directory is read over one connection, page by page. `start()` returns at once; the sources'
/// arrivals say how far things are. Each thread has its own part of the variables, so nothing but
/// the failure needs a lock.
final class LiveReading: @unchecked Sendable {
  /// One directory.
  struct Job {
    var live: LiveSource
    var request: LDAPScanRequest
    var file: ReadableFile
    var arrival = SourceArrival()
  }

  /// The findings so far, which the run counts and the progress shows.
  let tally = FindingTally()
  private let jobs: [Job]
  private let isQuiet: Bool
  /// Whether others than the only job's source are there to report on.
  private let hasOthers: Bool
  private let failure = Mutex<(any Error)?>(nil)
  private let ended = DispatchSemaphore(value: 0)

  /// The reading of `jobs`. Where there are others to report on (`hasOthers`), one that fails after
  /// all is a problem of the report.
  init(_ jobs: [Job], hasOthers: Bool, isQuiet: Bool) {
    self.jobs = jobs
    self.hasOthers = hasOthers
    self.isQuiet = isQuiet
  }

  /// Begins to read. Ctrl-C ends the reading from here on; what was read by then stays.
  func start() throws {
    Interrupt.beginNoting()
    do throws(SystemError) {
      try Threads.detach { [self] in
        for job in jobs { read(job) }
        Interrupt.endNoting()
        ended.signal()
      }
    } catch {
      throw Failure("the directory cannot be read: \(error.sentence)")
    }
  }

  /// Waits for the end, and throws what leaves nothing to report on.
  func wait() throws {
    ended.wait()
    if let error = failure.withLock({ $0 }) { throw error }
  }

  private var hasFailed: Bool { failure.withLock { $0 != nil } }

  // MARK: One directory

  private func read(_ job: Job) {
    // After a failure nobody asks for the rest, but the run waits for its end.
    let problems = hasFailed ? [] : scan(job)
    do throws(SystemError) {
      try job.file.settle()
    } catch {
      fail(Failure("\(job.live.name): \(error.sentence)"))
    }
    job.arrival.finish(size: job.file.size, problems: problems)
  }

  /// Reads it as far as it goes, and returns what went wrong where that does not end the run.
  private func scan(_ job: Job) -> [Problem] {
    var whole = 0
    do {
      try job.live.scan(job.request, tally: tally, isQuiet: isQuiet) { bytes in
        whole = bytes
        job.arrival.advance(to: bytes)
      }
      try job.live.file.keep()
      return []
    } catch {
      // What follows the last whole record is none.
      job.live.file.cut(to: whole)
      return take(error, of: job)
    }
  }

  /// Decides whether `error` ends the run, or is a problem of it.
  private func take(_ error: any Error, of job: Job) -> [Problem] {
    guard let error = error as? LDAPError else {
      fail(error)
      return []
    }
    guard hasOthers, error.cause != .refusedHere else {
      fail(error.failure)
      return []
    }
    let isCancelled = error.cause == .cancelled
    return [
      Problem(
        kind: isCancelled ? .incomplete : .unreadable,
        message: "was not read: \(isCancelled ? "cancelled" : error.reason)", source: job.live.name)
    ]
  }

  private func fail(_ error: any Error) {
    failure.withLock { if $0 == nil { $0 = error } }
  }
}
