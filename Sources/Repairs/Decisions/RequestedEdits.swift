import Bytes
import Directory
import LDIF
import Lint
import System

/// What people ask for of the objects of a run, carried out on each object as a strict server would:
/// a value must be there to be deleted, and must not be there to be added.
struct RequestedEdits: Sendable {
  /// An object of which something can be carried out.
  struct Object: Sendable {
    /// What becomes of it; reasons are for whoever knows them.
    var edit: ObjectEdit
    /// What was asked for and can be carried out.
    var requests: [EditRequest] = []
    /// What each of the requests does to single values.
    var changes: [(request: Int, attribute: String, value: ValueEdit)] = []
  }

  /// In the order of their positions.
  private(set) var objects: [Object] = []
  /// What cannot be carried out, and why.
  private(set) var wrong: [EditProblem] = []

  /// Finds the objects that `requests` name and carries out on each what is asked for. Throws when a
  /// source cannot be read.
  init(_ requests: [EditRequest], of result: LintResult) throws(SystemError) {
    var byName = Dictionary(grouping: requests) { DistinguishedName.key(of: $0.dn) }
    for (name, list) in byName
    where list[0].dn.withByteView({ DistinguishedName.depth(of: $0) }) == nil {
      wrong += list.map {
        $0.problem("this is no distinguished name (RFC 4514), so no server would find the object")
      }
      byName[name] = nil
    }
    let positions = result.positions(of: Set(byName.keys))
    for (name, list) in byName {
      switch positions[name]?.count ?? 0 {
      case 1: break
      case 0: wrong += list.map { $0.problem("there is no such object in the sources") }
      default: wrong += list.map { $0.problem("the object is there more than once") }
      }
    }
    let named = byName.compactMap { name, list in
      positions[name].flatMap { $0.count == 1 ? (position: $0[0], requests: list) : nil }
    }
    var current: (source: Int, reader: PlacedRecordReader)?
    for (position, list) in named.sorted(by: { $0.position < $1.position }) {
      let (source, offset) = result.context.map.locate(position)
      if current?.source != source {
        let file = result.context.sources[source].input.file
        current = (source, PlacedRecordReader(file, hash: result.context.hash))
      }
      guard let placed = try current?.reader.read(at: offset),
        result.context.isAsRead(placed.checksum, at: position), let record = placed.record
      else {
        wrong += list.map { $0.problem("the object cannot be read") }
        continue
      }
      guard !record.isDamaged else {
        wrong += list.map {
          $0.problem(
            "the file holds a part of the object damaged (bytes that are not UTF-8), so nothing is "
              + "written for it")
        }
        continue
      }
      carryOut(
        list, on: record, position, source,
        as: result.checks[source].kind == .ldap ? .asServer : .asActiveDirectory)
    }
  }

  private mutating func carryOut(
    _ requests: [EditRequest], on before: ContentRecord, _ position: Int, _ source: Int,
    as strictness: EditStrictness
  ) {
    var object = Object(
      edit: ObjectEdit(
        position: position, source: source, dn: before.dn, modifications: [], reasons: [],
        isOrdered: true,
        isUnderAddressPolicy: !before.values("msExchPoliciesIncluded").isEmpty
          && before.values("msExchPoliciesExcluded").isEmpty))
    var record = before
    var open = requests
    var refused: [EditProblem] = []
    repeat {
      refused = []
      let begin = open
      open = begin.filter { request in
        do throws(Refusal) {
          try object.carryOut(request, on: &record, strictness)
          return false
        } catch {
          refused.append(request.problem(error.text))
          return request.isInAnyOrder
        }
      }
      // What one of them takes away another may bring.
      guard open.count < begin.count else { break }
    } while !open.isEmpty
    wrong += refused
    object.edit.modifications = record.difference(from: before)
    object.edit.lostAddresses = ObjectEdit.lostAddresses(
      from: before.values("proxyAddresses"), to: record.values("proxyAddresses"))
    if !object.edit.modifications.isEmpty { objects.append(object) }
  }
}

extension RequestedEdits.Object {
  /// Carries out `request` on `record`, all of it or nothing.
  fileprivate mutating func carryOut(
    _ request: EditRequest, on record: inout ContentRecord, _ strictness: EditStrictness
  ) throws(Refusal) {
    if let secret = request.modifications.first(where: { SecretAttributes.contains($0.attribute) })
    {
      throw Refusal(text: "\(secret.attribute) holds a secret, which no patch may hold")
    }
    var changed = record
    for modification in request.modifications { try changed.make(modification, strictness) }
    for modification in changed.difference(from: record) {
      changes += modification.values.map { value in
        let isNew = modification.operation == .add
        return (
          requests.count, modification.attribute,
          ValueEdit(old: isNew ? nil : value, new: isNew ? value : nil)
        )
      }
    }
    requests.append(request)
    record = changed
  }
}

/// Why something that a person asks for cannot be carried out.
private struct Refusal: Error {
  var text: String

  init(text: String) { self.text = text }

  init(_ name: String, _ objection: EditObjection) {
    switch objection {
    case .missing(_, among: []), .missing(nil, _): text = "\(name) has no value"
    case .missing(let value?, _):
      let hint = objection.variant.map { "; it is written \(Self.quoted($0)) there" } ?? ""
      text = "\(name) does not have the value \(Self.quoted(value))\(hint)"
    case .present(let value): text = "\(name) has the value \(Self.quoted(value)) already"
    case .empty: text = "an empty value cannot be stored in \(name)"
    case .second: text = "\(name) can have one value only; delete the old one"
    }
  }

  private static func quoted(_ value: [UInt8]) -> String {
    "\"\(String(decoding: value, as: UTF8.self))\""
  }
}

extension ContentRecord {
  /// Makes `modification` as a server would.
  fileprivate mutating func make(
    _ modification: Modification, _ strictness: EditStrictness
  ) throws(Refusal) {
    do throws(EditObjection) {
      try change(modification.attribute) { values throws(EditObjection) in
        try modification.applied(to: values, as: strictness)
      }
    } catch {
      throw Refusal(modification.attribute, error)
    }
  }

  /// What makes this of `before`, attribute by attribute.
  fileprivate func difference(from before: ContentRecord) -> [Modification] {
    let known = Set(before.attributes.map { AttributeDescription.key(of: $0.name) })
    let names =
      before.attributes.map(\.name)
      + attributes.map(\.name).filter { !known.contains(AttributeDescription.key(of: $0)) }
    return names.flatMap { name in
      Modification.difference(name, from: before.values(name), to: values(name))
    }
  }
}
