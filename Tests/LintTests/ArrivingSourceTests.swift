import Bytes
import Checks
import Findings
import Foundation
import LDIF
import Synchronization
import System
import TestKit
import Testing

@testable import Lint

/// Sources that are still being written while they are checked.
@Suite struct ArrivingSourceTests {
  /// A snapshot that is larger than what is looked at to tell what kind of directory it is.
  static let snapshot = Snapshot(users: 12_000, head: ["directory: ad"])
  static let expected = Result { try Self.findings(of: [.whole(snapshot)]) }

  @Test func findingsAreThereBeforeTheSourceIs() throws {
    let source = try Writing(Self.snapshot)
    let half = Self.snapshot.ends[Self.snapshot.ends.count / 2]
    let tally = FindingTally()
    let finished = Mutex<LintResult?>(nil)
    let ended = DispatchSemaphore(value: 0)
    let run = try Self.run([source.lintSource()], threads: 2, tally: tally)
    DispatchQueue(label: "lint").async {
      let result = try? run.run()
      finished.withLock { $0 = result }
      ended.signal()
    }
    try source.write(upTo: half)
    let clock = ContinuousClock()
    let limit = clock.now + .seconds(60)
    while tally.count == 0, clock.now < limit { usleep(1000) }
    #expect(tally.count > 0)
    #expect(finished.withLock { $0 == nil })
    try source.finish()
    ended.wait()
    let result = try #require(finished.withLock { $0 })
    #expect(result.summary.isComplete)
    #expect(Self.rendered(result) == (try Self.expected.get()))
  }

  @Test(arguments: zip([1, 2, 5], [3_000, 1, 40]))
  func theFindingsAreThoseOfTheFile(threads: Int, recordsAtOnce: Int) throws {
    let found = try Self.findings(
      of: [.arriving(Self.snapshot, recordsAtOnce)], threads: threads)
    #expect(found == (try Self.expected.get()))
  }

  @Test func theKindIsToldByTheFirstObjects() throws {
    let untold = Snapshot(users: 10_000, head: [])
    let generic = Snapshot(users: 10_000, head: [], signs: false)
    for snapshot in [untold, generic] {
      let whole = try Self.findings(of: [.whole(snapshot)])
      #expect(!whole.isEmpty)
      #expect(try Self.findings(of: [.arriving(snapshot, 500)]) == whole)
    }
  }

  @Test func severalArriveAmongFiles() throws {
    let other = Snapshot(users: 3_000, head: ["directory: ad"], name: "other")
    let last = Snapshot(users: 2_000, head: [], name: "last")
    let whole = try Self.findings(of: [.whole(other), .whole(Self.snapshot), .whole(last)])
    let mixed = try Self.findings(
      of: [.arriving(other, 100), .whole(Self.snapshot), .arriving(last, 100)])
    #expect(mixed == whole)
    #expect(whole.count > (try Self.expected.get().count))
  }

  /// What nobody was asked for, and an object has all the same, is known at the end only.
  @Test func whatComesUnaskedIsJudged() throws {
    let surprise = """
      dn: CN=Unasked,DC=contoso,DC=com
      objectClass: user
      cn: Unasked
      sAMAccountName: unasked
      userAccountControl: 512
      mailNickname: un asked


      """
    let snapshot = Snapshot(users: 4_000, head: ["directory: ad"], extra: surprise)
    let whole = try Self.findings(of: [.whole(snapshot)])
    #expect(whole.contains { $0.contains("NICK") })
    #expect(try Self.findings(of: [.arriving(snapshot, 1_000)]) == whole)
  }

  @Test func nothingAtAllIsAnEmptySource() throws {
    let source = try Writing(Self.snapshot)
    let run = try Self.run([source.lintSource()], threads: 2, tally: nil)
    try source.file.settle()
    source.arrival.finish(
      size: 0, problems: [Problem(kind: .unreadable, message: "was not read", source: "s")])
    let result = try run.run()
    #expect(result.findingCount == 0)
    #expect(result.summary.problems.map(\.message).contains("was not read"))
    #expect(!result.summary.isComplete)
  }

  @Test func whatBreaksOffIsJudgedUpToThere() throws {
    let source = try Writing(Self.snapshot)
    let run = try Self.run([source.lintSource()], threads: 2, tally: nil)
    let end = Self.snapshot.ends[7_000]
    try source.write(upTo: end)
    try source.file.settle()
    source.arrival.finish(
      size: end, problems: [Problem(kind: .unreadable, message: "disk full", source: "s")])
    let result = try run.run()
    #expect(result.summary.entries == 7_000)
    #expect(result.findingCount > 0)
    #expect(result.summary.problems.contains { $0.message == "disk full" })
    #expect(!result.summary.problems.contains { $0.kind == .malformedRecord })
  }

  /// A patch is tried on what has arrived: that does not arrive again.
  @Test func whatHasArrivedCanBeCheckedAgain() throws {
    let source = try Writing(Self.snapshot)
    let run = try Self.run([source.lintSource()], threads: 2, tally: nil)
    try source.finish()
    let result = try run.run()
    let again = try LintRun(repeating: result, over: result.context.sources).run()
    #expect(again.findingCount > 0)
    #expect(Self.rendered(again) == Self.rendered(result))
    #expect(again.summary.entries == result.summary.entries)
  }

  // MARK: Running

  /// A source, and how it comes.
  enum Coming {
    case whole(Snapshot)
    case arriving(Snapshot, Int)
  }

  static let ruleSet = Result { try Lint.rules() }

  static func run(
    _ sources: [LintSource], threads: Int, tally: FindingTally?
  ) throws -> LintRun {
    var options = LintOptions()
    options.threads = threads
    options.tally = tally
    return try LintRun(ruleSet: ruleSet.get(), sources: sources, options: options)
  }

  static func findings(of sources: [Coming], threads: Int = 2) throws -> [String] {
    let writings = try sources.map { source in
      switch source {
      case .whole(let snapshot): (try Writing(snapshot), 0)
      case .arriving(let snapshot, let records): (try Writing(snapshot), records)
      }
    }
    let linted = try writings.map { writing, records in
      if records == 0 { try writing.finish() }
      return writing.lintSource(isArriving: records > 0)
    }
    DispatchQueue(label: "writing").async {
      for (writing, records) in writings where records > 0 { try? writing.writeAll(records) }
    }
    let result = try run(linted, threads: threads, tally: nil).run()
    #expect(result.summary.isComplete, "\(result.summary.problems)")
    return rendered(result)
  }

  /// Everything that a report could say, as text.
  static func rendered(_ result: LintResult) -> [String] {
    result.findings().map { "\($0)" }
  }
}

/// The text of a snapshot, and where its records end.
struct Snapshot: Sendable {
  let name: String
  private(set) var text: [UInt8] = []
  /// Where the head and each record ends.
  private(set) var ends: [Int] = []

  /// `users` persons, some of them with a problem; without `signs`, they are no Active Directory's.
  init(
    users: Int, head: [String], name: String = "main", signs: Bool = true, extra: String = ""
  ) {
    self.name = name
    let attributes = "objectClass cn displayName mail proxyAddresses sAMAccountName uid"
    add("# ldaplint-snapshot: 1\n")
    for line in head { add("# \(line)\n") }
    add("# attributes: \(attributes) userPrincipalName userAccountControl\nversion: 1\n\n")
    ends.append(text.count)
    for number in 0..<users {
      add(Self.user(number, name, signs))
      ends.append(text.count)
    }
    add(extra)
    add("# end: complete \(users)\n")
    ends.append(text.count)
  }

  private mutating func add(_ part: String) { text += part.utf8 }

  private static func user(_ number: Int, _ name: String, _ signs: Bool) -> String {
    // Some share an address with one of the other half, and with other snapshots.
    let address = number % 500 == 3 ? "shared\(number % 2_000)" : "\(name)\(number)"
    let domain = number % 40 == 7 ? "corp.local" : "contoso.com"
    let filler = String(repeating: "Lorem ipsum ", count: 20)
    let kind =
      signs
      ? "objectClass: user\nsAMAccountName: \(name)\(number)\nuserAccountControl: 512\n"
        + "userPrincipalName: \(name)\(number)@\(domain)\n"
      : "objectClass: inetOrgPerson\nuid: \(name)\(number)\n"
    return "dn: CN=\(name) \(number),DC=contoso,DC=com\n\(kind)cn: \(name) \(number)\n"
      + "displayName: \(name) \(number)\(number % 90 == 4 ? "  " : "")\ndescription: \(filler)\n"
      + "mail: \(address)@contoso.com\nproxyAddresses: SMTP:\(address)@contoso.com\n\n"
  }
}

/// A snapshot on its way into a file.
final class Writing: Sendable {
  let snapshot: Snapshot
  let file: ReadableFile
  let arrival = SourceArrival()
  private let written = Mutex(0)

  init(_ snapshot: Snapshot) throws {
    self.snapshot = snapshot
    file = ReadableFile(growing: try Spool.make(in: Spool.defaultFolder))
  }

  func lintSource(isArriving: Bool = true) -> LintSource {
    var source = LintSource(
      name: snapshot.name, forest: snapshot.name, input: LDIFInput(file: file, firstByte: 0))
    if isArriving { source.arrival = arrival }
    return source
  }

  func write(upTo end: Int) throws {
    let start = written.withLock { written in
      defer { written = end }
      return written
    }
    try Array(snapshot.text[start..<end]).withByteView { try Spool.write($0, to: file.descriptor) }
    arrival.advance(to: end)
  }

  /// Writes all, `records` at once.
  func writeAll(_ records: Int) throws {
    for index in stride(from: 0, to: snapshot.ends.count, by: records) {
      try write(upTo: snapshot.ends[index])
    }
    try finish()
  }

  func finish() throws {
    try write(upTo: snapshot.text.count)
    try file.settle()
    arrival.finish(size: snapshot.text.count)
  }
}
