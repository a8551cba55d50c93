import Bytes
import Directory
import LDIF
import LibC
import Lint
import System

/// A change that a person asks for: a record of a patch or a row of a decisions file.
struct Edit: Sendable {
  /// Where it stands: the line of the record or the number of the row.
  var origin: Int
  /// The object's DN.
  var dn: [UInt8]
  /// What is done to it, all or nothing.
  var modifications: [Modification]
}

/// Carries out what people ask for on copies of the sources, as a strict server would: a value
/// must be there to be deleted, and must not be there to be added.
struct EditedSources {
  /// An object as it comes out of its edits.
  struct Object: Sendable {
    var source: Int
    var dn: [UInt8]
    var changes: [Modification]
    /// The edits that it comes from.
    var origins: [Int]
    /// Whether an Exchange address policy may write the old addresses back.
    var isUnderAddressPolicy: Bool
  }

  /// What came of the edits.
  struct Outcome: Sendable {
    var sources: [LintSource] = []
    var objects: [Object] = []
    /// Edits that cannot be carried out, by origin, and why.
    var wrong: [EditProblem] = []
  }

  private let context: RunContext
  private let folder: String
  private var edits: [[UInt8]: [Edit]] = [:]
  private var seen: Set<[UInt8]> = []
  private var outcome = Outcome()

  /// Carries out `edits`. Throws when a copy cannot be written or a source cannot be read.
  static func apply(
    _ edits: [Edit], _ context: RunContext, spoolFolder: String
  ) throws(SystemError) -> Outcome {
    var work = EditedSources(context, edits, folder: spoolFolder)
    for number in context.sources.indices { try work.copy(number) }
    for (dn, list) in work.edits where !work.seen.contains(dn) {
      for edit in list {
        work.outcome.wrong.append(
          EditProblem(edit, reason: "there is no such object in the sources"))
      }
    }
    return work.outcome
  }

  private init(_ context: RunContext, _ edits: [Edit], folder: String) {
    self.context = context
    self.folder = folder
    for edit in edits { self.edits[Self.key(edit.dn), default: []].append(edit) }
  }

  /// What DNs of one object have in common.
  static func key(_ dn: [UInt8]) -> [UInt8] {
    let arena = ByteArena(blockSize: 1024)
    // The view that comes back lives in the arena.
    return withExtendedLifetime(arena) {
      dn.withByteView { (try? DistinguishedName.normalise($0, into: arena))?.array ?? dn }
    }
  }

  // MARK: Sources

  private mutating func copy(_ number: Int) throws(SystemError) {
    var source = context.sources[number]
    let target = try Spool.make(in: folder)
    do throws(SystemError) {
      try write(source.input, number, to: target)
      source.input = LDIFInput(file: try ReadableFile(adopting: target), firstByte: 0)
    } catch {
      close(target)
      throw error
    }
    // What was wrong with the input has been said of the source itself.
    source.problems = []
    outcome.sources.append(source)
  }

  private mutating func write(
    _ input: LDIFInput, _ source: Int, to target: Int32
  ) throws(SystemError) {
    var text = OutputBuffer()
    var failure: SystemError?
    try ContentReader.forEach(input) { result in
      guard case .success(var record) = result else { return true }
      edit(&record, source)
      LDIFWriter().write(record, to: &text)
      guard text.count > 1 << 20 else { return true }
      failure = Self.flush(&text, to: target)
      return failure == nil
    }
    failure = failure ?? Self.flush(&text, to: target)
    if let failure { throw failure }
  }

  private static func flush(_ text: inout OutputBuffer, to target: Int32) -> SystemError? {
    defer { text = OutputBuffer() }
    do throws(SystemError) {
      try text.withByteView { view throws(SystemError) in try Spool.write(view, to: target) }
      return nil
    } catch {
      return error
    }
  }

  // MARK: Objects

  private mutating func edit(_ record: inout ContentRecord, _ source: Int) {
    let key = Self.key(record.dn)
    guard let mine = edits[key] else { return }
    guard seen.insert(key).inserted else {
      for edit in mine {
        outcome.wrong.append(EditProblem(edit, reason: "the object is there more than once"))
      }
      return
    }
    let before = record
    var origins: [Int] = []
    for edit in mine {
      var changed = record
      if let reason = changed.objection(toAnyOf: edit.modifications) {
        outcome.wrong.append(EditProblem(edit, reason: reason))
      } else {
        record = changed
        origins.append(edit.origin)
      }
    }
    let changes = Self.changes(from: before, to: record)
    guard !changes.isEmpty else { return }
    outcome.objects.append(
      Object(
        source: source, dn: record.dn, changes: changes, origins: origins,
        isUnderAddressPolicy: !before.values("msExchPoliciesIncluded").isEmpty
          && before.values("msExchPoliciesExcluded").isEmpty))
  }

  private static func changes(
    from before: ContentRecord, to after: ContentRecord
  ) -> [Modification] {
    var names = before.attributes.map(\.name)
    for attribute in after.attributes
    where !names.contains(where: { $0.lowercased() == attribute.name.lowercased() }) {
      names.append(attribute.name)
    }
    return names.flatMap { name in
      Modification.difference(name, from: before.values(name), to: after.values(name))
    }
  }
}

extension ContentRecord {
  /// Carries out `modifications`, as far as the first that a server would object to.
  fileprivate mutating func objection(
    toAnyOf modifications: [Modification]
  ) -> String? {
    for modification in modifications {
      if let reason = objection(modification) { return reason }
    }
    return nil
  }

  /// Carries out `modification`; what a server would object to comes back instead.
  private mutating func objection(_ modification: Modification) -> String? {
    let name = modification.attribute
    do throws(EditObjection) {
      try change(name) { values throws(EditObjection) in
        try modification.applied(to: values, as: .asServer)
      }
      return nil
    } catch {
      switch error {
      case .missing(_, among: []), .missing(nil, _): return "\(name) has no value"
      case .missing(let value?, _):
        let hint = error.variant.map { "; it is written \(Self.quoted($0)) there" } ?? ""
        return "\(name) does not have the value \(Self.quoted(value))\(hint)"
      case .present(let value): return "\(name) has the value \(Self.quoted(value)) already"
      case .empty: return "an empty value cannot be stored in \(name)"
      case .second: return "\(name) can have one value only; delete the old one"
      }
    }
  }

  private static func quoted(_ value: [UInt8]) -> String {
    "\"\(String(decoding: value, as: UTF8.self))\""
  }
}
