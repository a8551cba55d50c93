import Bytes
import LDIF
import LibC
import Lint
import System
import TestKit
import Testing

@testable import Repairs

/// Plans for sources that are not what they were: they fail, or come to nothing, and it is said why.
@Suite struct ChangedSourceTests {
  private static func user(_ number: Int) -> String {
    """
    dn: CN=u\(number),DC=contoso,DC=com
    objectClass: user
    sAMAccountName: u\(number)
    userAccountControl: 512
    displayName: \(String(repeating: "u", count: 20 + number * 7 % 90))
    userPrincipalName: u\(number)@corp.local
    mail: u\(number)@contoso.com
    proxyAddresses: SMTP:u\(number)@contoso.com


    """
  }

  private static let users = (0..<60).map(user)
  private static let text = users.joined()

  /// What the bytes of the source become.
  static let changes: [(name: String, bytes: [UInt8])] = [
    ("reversed", users.reversed().joined().bytes),
    ("rotated", Array((text.bytes + text.bytes)[100..<(100 + text.utf8.count)])),
    ("one record", [UInt8](repeating: 0x78, count: text.utf8.count)),
    ("no end", Array(text.replacing("\n\n", with: "\nx").bytes.prefix(text.utf8.count))),
    ("empty lines", [UInt8](repeating: 0x0A, count: text.utf8.count)),
    ("cut", Array(text.bytes.prefix(text.utf8.count / 2 + 5))),
    ("empty", []),
    ("longer", (text + text).bytes),
    ("swapped values", text.replacing("@contoso", with: "@otnosoc").bytes),
  ]

  /// Puts `bytes` in the place of what is in `file`, perhaps with its old time.
  private static func overwrite(_ file: ReadableFile, _ bytes: [UInt8], keepingTime: Bool) throws {
    var before = stat()
    try #require(fstat(file.descriptor, &before) == 0)
    try #require(ftruncate(file.descriptor, off_t(bytes.count)) == 0)
    try #require(pwrite(file.descriptor, bytes, bytes.count, 0) == bytes.count)
    var times = [before.st_atim, before.st_mtim]
    if !keepingTime { times[1].tv_sec += 1 }
    try #require(futimens(file.descriptor, &times) == 0)
  }

  @Test(arguments: changes.indices, [false, true])
  func planOfAChangedSourceIsNone(_ index: Int, _ keepingTime: Bool) throws {
    let source = try Lint.source(Self.text.bytes)
    let bench = try #require(Bench.all.get().first { $0.way.name == "safe, mapped" })
    var options = LintOptions()
    options.threads = 2
    options.keepUniqueValues()
    let result = try LintRun(ruleSet: bench.ruleSet, sources: [source], options: options).run()
    try #require(result.findingCount >= 60)
    try Self.overwrite(source.input.file, Self.changes[index].bytes, keepingTime: keepingTime)
    let planned = (try? bench.fix(result))?.plan.objects ?? []
    #expect(result.troubles.count == 1)
    // Of what is not there any more comes nothing.
    let now = Self.changes[index].bytes
    let lost = planned.filter { object in
      let record = Self.users.first { $0.hasPrefix("dn: \(object.dn.text)\n") }?.bytes ?? [0]
      return !now.dropFirst(object.position).starts(with: record)
    }
    #expect(lost.isEmpty)
  }

  /// The source changes when the plan is there and is to be tried.
  @Test(arguments: changes.indices)
  func trialOnAChangedSourceFails(_ index: Int) throws {
    let source = try Lint.source(Self.text.bytes)
    let bench = try #require(Bench.all.get().first { $0.way.name == "safe, mapped" })
    var options = LintOptions()
    options.keepUniqueValues()
    let result = try LintRun(ruleSet: bench.ruleSet, sources: [source], options: options).run()
    let plan = try bench.fix(result).plan
    try #require(plan.objects.count >= 50)
    try Self.overwrite(source.input.file, Self.changes[index].bytes, keepingTime: true)
    let trial = try? PlanTrial(plan.objects, on: result, spoolFolder: Spool.defaultFolder)
    // What only follows the records is not in their way.
    let isInTheWay = Self.changes[index].name != "longer"
    #expect((trial == nil) == isInTheWay)
    #expect(result.troubles.count == 1)
  }

  /// What is after the last changed record is read again as well.
  @Test func trialCountsRecords() throws {
    let source = try Lint.source((Self.text + Self.user(60) + Self.user(61)).bytes)
    let bench = try #require(Bench.all.get().first { $0.way.name == "safe, mapped" })
    var options = LintOptions()
    options.keepUniqueValues()
    let result = try LintRun(ruleSet: bench.ruleSet, sources: [source], options: options).run()
    let plan = try bench.fix(result).plan
    let other = Self.text + [UInt8](repeating: 0x0A, count: Self.user(60).utf8.count * 2).text
    try Self.overwrite(source.input.file, other.bytes, keepingTime: true)
    _ = try PlanTrial(
      Array(plan.objects.prefix(10)), on: result, spoolFolder: Spool.defaultFolder)
    #expect(result.troubles.count == 1)
  }
}
