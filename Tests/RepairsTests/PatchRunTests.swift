import Bytes
import Directory
import LDIF
import System
import Testing

@testable import Repairs

/// Sending a patch to a directory.
@Suite struct PatchRunTests {
  static let objects: [String: MemoryDirectory.Values] = [
    "CN=a,DC=corp,DC=com": ["mail": ["a@old"], "proxyAddresses": ["SMTP:a@x", "smtp:A@x"]],
    "CN=b,DC=corp,DC=com": ["mail": ["b@old"], "displayName": ["B "]],
    "CN=c,DC=corp,DC=com": ["proxyAddresses": ["SMTP:c@x", "SMTP:d@x"]],
    "CN=d,DC=corp,DC=com": ["description": ["one", "two"]],
  ]

  static let text = """
    version: 1

    dn: CN=a,DC=corp,DC=com
    changetype: modify
    delete: mail
    mail: a@old
    -
    add: mail
    mail: a@new
    -
    delete: proxyAddresses
    proxyAddresses: smtp:A@x
    -

    dn: CN=b,DC=corp,DC=com
    changetype: modify
    delete: displayName
    displayName:: QiA=
    -
    add: displayName
    displayName: B
    -

    dn: CN=c,DC=corp,DC=com
    changetype: modify
    delete: proxyAddresses
    proxyAddresses: SMTP:d@x
    -
    add: proxyAddresses
    proxyAddresses: smtp:d@x
    -

    dn: CN=d,DC=corp,DC=com
    changetype: modify
    replace: description
    description: three
    -
    delete: description
    -
    add: title
    title: chief
    -

    """

  static func directory() -> MemoryDirectory { MemoryDirectory(objects) }

  static let wanted: [String: [String: Set<String>]] = [
    "CN=a,DC=corp,DC=com": ["mail": ["a@new"], "proxyAddresses": ["SMTP:a@x"]],
    "CN=b,DC=corp,DC=com": ["mail": ["b@old"], "displayName": ["B"]],
    "CN=c,DC=corp,DC=com": ["proxyAddresses": ["SMTP:c@x", "smtp:d@x"]],
    "CN=d,DC=corp,DC=com": ["title": ["chief"]],
  ]

  @Test func aTrialChangesNothing() throws {
    let directory = Self.directory()
    let before = directory.dump
    let ran = try run(patch(Self.text), on: directory, log: nil)
    #expect(ran.outcomes == [.wouldBeDone, .wouldBeDone, .wouldBeDone, .wouldBeDone])
    #expect(directory.dump == before)
    #expect(directory.modified.isEmpty)
  }

  @Test func recordsAreDoneInOrderAndWrittenDown() throws {
    let directory = Self.directory()
    let log = MemoryLog()
    let ran = try run(patch(Self.text), on: directory, log: log)
    #expect(ran.outcomes == [.done, .done, .done, .done])
    #expect(ran.totals.done == 4)
    #expect(directory.dump == Self.wanted)
    #expect(directory.modified == ["a", "b", "c", "d"].map { "CN=\($0),DC=corp,DC=com" })
    #expect(
      log.events == (1...4).flatMap { ["begin \($0)", "done \($0)"] })
    let again = try run(patch(Self.text), on: directory, log: log)
    #expect(again.totals.doneEarlier == 4)
    #expect(directory.modified.count == 4)
  }

  // MARK: Refusals

  /// What the second object holds instead (nil: there is none), what the server answers, and words
  /// of the reason.
  @Test(
    arguments: [
      (["Bo "], nil, "there is \"Bo \""),
      (["b "], nil, "in other letters"),
      ([], nil, "there is no value"),
      (["B ", "B"], nil, "\"B\" is there already"),
      (nil, nil, "no such object"),
      (["B "], "insufficient access (50)", "access (50)"),
    ] as [([String]?, String?, String)])
  func theOthersGoOn(values: [String]?, answer: String?, words: String) throws {
    let directory = Self.directory()
    directory.objects["CN=b,DC=corp,DC=com"] = values.map { ["displayName": $0] }
    directory.refusals["CN=b,DC=corp,DC=com"] = answer
    let log = MemoryLog()
    let ran = try run(patch(Self.text), on: directory, log: log)
    try #require(ran.outcomes.count == 4)
    guard case .refused(let reason) = ran.outcomes[1] else {
      Issue.record("\(ran.outcomes[1])")
      return
    }
    #expect(reason.contains(words), "\(reason)")
    #expect(ran.totals.done == 3)
    #expect(directory.modified.count == 3)
    #expect(log.events.contains("refused 2"))
    #expect(try #require(try Journal(log.bytes)).state(of: 2) == .refused)
  }

  @Test func aRunMayEndAtTheFirstRefusal() throws {
    let directory = Self.directory()
    directory.refusals["CN=b,DC=corp,DC=com"] = "no"
    let log = MemoryLog()
    let records = try patch(Self.text)
    let ran = try run(records, on: directory, log: log) { $0.stopsOnRefusal = true }
    #expect(directory.modified == ["CN=a,DC=corp,DC=com"])
    #expect(ran.totals.notSent == 2)
    directory.refusals = [:]
    #expect(try run(records, on: directory, log: log).totals.done == 3)
    #expect(directory.dump == Self.wanted)
  }

  @Test func aLimitIsContinuedFrom() throws {
    let directory = Self.directory()
    let log = MemoryLog()
    let records = try patch(Self.text)
    for round in 1...4 {
      let ran = try run(records, on: directory, log: log) { $0.limit = 1 }
      #expect(ran.totals.done == 1)
      #expect(ran.totals.doneEarlier == round - 1)
      #expect(ran.totals.notSent == 4 - round)
    }
    #expect(directory.dump == Self.wanted)
  }

  @Test(arguments: [
    ("dn: CN=a,DC=corp,DC=com\nchangetype: delete\n", "only modify"),
    ("dn: CN=a,DC=corp,DC=com\nchangetype: add\nobjectClass: top\n", "only modify"),
    (
      "dn: CN=a,DC=corp,DC=com\ncontrol: 1.2.3 true\nchangetype: modify\ndelete: mail\n"
        + "mail: a@old\n-\n", "control"
    ),
    (
      "dn: CN=a,DC=corp,DC=com\nchangetype: modify\nadd: userPassword\nuserPassword: hush\n-\n",
      "secret"
    ),
  ])
  func whatIsNotSent(text: String, words: String) throws {
    let directory = Self.directory()
    let before = directory.dump
    let log = MemoryLog()
    let ran = try run(patch(text), on: directory, log: log)
    guard case .refused(let reason) = try #require(ran.outcomes.first) else {
      Issue.record("\(ran.outcomes)")
      return
    }
    #expect(reason.contains(words))
    #expect(directory.dump == before)
    #expect(!String(decoding: log.bytes, as: UTF8.self).contains("hush"))
  }

  @Test(arguments: SecretAttributes.names)
  func secretIsNeitherSentNorWrittenDown(_ name: String) throws {
    let directory = Self.directory()
    let log = MemoryLog()
    let record =
      "dn: CN=a,DC=corp,DC=com\nchangetype: modify\nadd: \(name);x-1\n\(name);x-1: hush\n-\n"
    let ran = try run(patch(record), on: directory, log: log)
    guard case .refused(let reason) = try #require(ran.outcomes.first) else {
      Issue.record("\(ran.outcomes)")
      return
    }
    #expect(reason.contains("secret") && !reason.contains("hush"))
    #expect(!String(decoding: log.bytes, as: UTF8.self).contains("hush"))
  }

  @Test func nobodysObjectsAreNotSent() throws {
    let other = Self.text.replacing("CN=b,DC=corp,DC=com", with: "CN=b,DC=other,DC=com")
    let directory = Self.directory()
    let ran = try run(patch(other), on: directory, log: MemoryLog())
    #expect(ran.totals.notSent == 1)
    #expect(ran.totals.done == 3)
  }

  @Test func whatIsAsWantedIsNotSentNorTakenBack() throws {
    let directory = Self.directory()
    directory.objects["CN=b,DC=corp,DC=com"]?["displayName"] = ["B"]
    let log = MemoryLog()
    let ran = try run(patch(Self.text), on: directory, log: log)
    #expect(ran.outcomes[1] == .already)
    #expect(try #require(try Journal(log.bytes)).undoRecords().count == 3)
  }

  /// Only the value that was asked for goes, although the server takes the first that matches.
  @Test func valuesThatDifferInCaseAloneStayApart() throws {
    let dn = "CN=t,DC=corp,DC=com"
    let directory = MemoryDirectory([dn: ["proxyAddresses": ["SMTP:t@x", "smtp:T@x"]]])
    let before = directory.dump
    let log = MemoryLog()
    let text =
      "dn: \(dn)\nchangetype: modify\ndelete: proxyAddresses\nproxyAddresses: smtp:T@x\n-\n"
    _ = try run(patch(text), on: directory, log: log)
    #expect(directory.dump == [dn: ["proxyAddresses": ["SMTP:t@x"]]])
    let undo = try #require(try Journal(log.bytes)).undoRecords()
    _ = try run(undo, on: directory, log: MemoryLog())
    #expect(directory.dump == before)
  }

  @Test func aJournalThatCannotBeWrittenEndsTheRun() throws {
    for room in 0..<9 {
      let directory = Self.directory()
      let log = MemoryLog()
      log.room = room
      let ran = try run(patch(Self.text), on: directory, log: log)
      #expect(ran.stop == .journal(SystemError(operation: "write", code: 28)))
      #expect(directory.modified.count == room / 2)
    }
  }
}
