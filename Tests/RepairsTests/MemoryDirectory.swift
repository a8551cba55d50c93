import Bytes
import Directory
import LDIF
import Repairs
import System
import Testing

/// A directory in memory that treats values as Samba does: it deletes the first value that is equal
/// without regard to case, and adds what is not there byte for byte.
final class MemoryDirectory: DirectoryTarget {
  typealias Values = [String: [String]]

  /// The objects' attributes by DN.
  var objects: [String: Values]
  /// The DNs of the objects that were changed, in order.
  private(set) var modified: [String] = []
  /// What it answers when it is asked to change an object.
  var refusals: [String: String] = [:]
  /// The connection breaks at the modify operation with this number, from 1.
  var breaksAt: Int?
  /// Whether the operation at which it breaks is done nevertheless.
  var breaksAfterDoing = false
  /// How often it can be connected to anew.
  var reconnections = 0
  private(set) var reconnected = 0
  private var isLost = false
  private var asked = 0

  init(_ objects: [String: Values]) { self.objects = objects }

  /// All values of all attributes, without the order that a directory does not have.
  var dump: [String: [String: Set<String>]] {
    objects.mapValues { $0.mapValues(Set.init).filter { !$0.value.isEmpty } }
  }

  func read(_ dn: [UInt8], attributes: [String]) throws(DirectoryTargetError) -> [Attribute]? {
    if isLost { throw .lost("gone") }
    guard let object = objects[text(dn)] else { return nil }
    return attributes.compactMap { name in
      object[name].map { Attribute(name, $0.map { Array($0.utf8) }) }
    }
  }

  func modify(
    _ dn: [UInt8], _ changes: [Modification]
  ) throws(DirectoryTargetError) {
    if isLost { throw .lost("gone") }
    asked += 1
    let breaks = asked == breaksAt
    if breaks { isLost = true }
    if breaks, !breaksAfterDoing { throw .lost("gone") }
    if let words = refusals[text(dn)] { throw .refused(words) }
    guard var object = objects[text(dn)] else { throw .refused("no such object (32)") }
    for change in changes { try apply(change, to: &object[change.attribute, default: []]) }
    objects[text(dn)] = object
    modified.append(text(dn))
    if breaks { throw .lost("gone") }
  }

  func reconnect() throws(DirectoryTargetError) {
    guard reconnected < reconnections else { throw .lost("nobody there") }
    reconnected += 1
    isLost = false
  }

  /// A new run has a connection of its own.
  func connect() { isLost = false }

  private func apply(
    _ change: Modification, to values: inout [String]
  ) throws(DirectoryTargetError) {
    switch change.operation {
    case .replace: values = change.values.map(text)
    case .delete where change.values.isEmpty: values = []
    case .delete:
      for value in change.values.map(text) {
        guard let place = values.firstIndex(where: { $0.lowercased() == value.lowercased() })
        else { throw .refused("no such attribute (16)") }
        values.remove(at: place)
      }
    case .add:
      for value in change.values.map(text) {
        guard !values.contains(value) else { throw .refused("value exists (20)") }
        values.append(value)
      }
    }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

/// A journal in memory.
final class MemoryLog: JournalLog {
  var bytes: [UInt8] = []
  /// How many appends succeed.
  var room = Int.max

  init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  func append(_ bytes: [UInt8]) throws(SystemError) {
    guard room > 0 else { throw SystemError(operation: "write", code: 28) }
    room -= 1
    self.bytes += bytes
  }

  /// The first words of the lines after the first.
  var events: [String] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().map {
      $0.split(separator: " ").prefix(2).joined(separator: " ")
    }
  }
}

/// The records of a patch's text. Fails the test when one cannot be read.
func patch(_ text: String) throws -> [ChangeRecord] {
  let list = text.withByteView { ChangeRecordReader.read($0) }
  try #require(list.errors.isEmpty, "\(list.errors)")
  return list.records
}

/// What a run left behind.
struct Ran {
  var outcomes: [PatchRun.Outcome] = []
  var totals = PatchRun.Totals()
  var stop: PatchRun.Stop?
}

/// Runs `records` against `directory`, with the journal that `log` holds.
func run(
  _ records: [ChangeRecord], on directory: MemoryDirectory, log: MemoryLog?,
  _ change: (inout PatchRun.Options) -> Void = { _ in }
) throws -> Ran {
  var options = PatchRun.Options()
  options.isTrial = log == nil
  change(&options)
  let journal = try log.flatMap { log throws in try Journal(log.bytes) }
  if let log { log.bytes.removeSubrange((journal?.length ?? 0)...) }
  var result = Ran()
  directory.connect()
  let callbacks = PatchRun.Callbacks { dn in
    String(decoding: dn, as: UTF8.self).hasSuffix("DC=corp,DC=com") ? directory : nil
  } report: { _, _, outcome in
    result.outcomes.append(outcome)
  }
  var run = PatchRun(
    records, options: options, journal: journal, log: log, callbacks: callbacks)
  do throws(PatchRun.Stop) {
    try run.run()
  } catch {
    result.stop = error
  }
  result.totals = run.totals
  return result
}
