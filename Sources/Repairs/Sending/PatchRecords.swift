import Bytes
import Directory
import LDIF

/// Turns planned changes into records of a patch and of its undo.
public enum PatchRecords {
  /// The record that makes `object`'s edits: in one operation each old value is deleted by name and
  /// the new one added, so that a server whose value has changed since refuses the whole record.
  public static func forward(_ object: ObjectEdit) -> ChangeRecord {
    ChangeRecord(
      dn: object.dn, kind: .modify(object.modifications), comments: comments(object, isUndo: false))
  }

  /// The record that takes `object`'s edits back.
  public static func backward(_ object: ObjectEdit) -> ChangeRecord {
    ChangeRecord(
      dn: object.dn, kind: .modify(backwards(object)), comments: comments(object, isUndo: true))
  }

  /// What takes `object`'s edits back.
  public static func backwards(_ object: ObjectEdit) -> [Modification] {
    object.modifications.reversed().map(\.inverse)
  }

  /// What a person wants to know of the record that makes `object`'s edits or takes them back: the
  /// object in clear text, and for each change the rule, the values and why.
  public static func comments(_ object: ObjectEdit, isUndo: Bool) -> [String] {
    var lines = [HostileText.shown(SecretLine.shown(dn: object.dn))]
    let reasons = isUndo ? object.reasons.reversed() : object.reasons
    lines += reasons.map { reason in
      let (old, new) = (shown(reason.edit.old, reason), shown(reason.edit.new, reason))
      if isUndo {
        return "restores \(reason.attribute) \(new) -> \(old), changed for \(reason.rule)"
      }
      let safety = reason.isSafe ? "safe" : "unsafe"
      return "\(reason.rule): \(reason.attribute) \(old) -> \(new) (\(safety)): \(reason.text)"
    }
    if object.isUnderAddressPolicy, !isUndo {
      lines.append(
        "note: an Exchange e-mail address policy applies to this object and may write the old "
          + "address back")
    }
    return lines
  }

  /// What a patch of `objects` changes, for its head: objects, values by attribute, safe and unsafe.
  public static func totals(_ objects: [ObjectEdit]) -> [String] {
    let edits = objects.lazy.flatMap(\.reasons)
    let safe = edits.count { $0.isSafe }
    var values = ValueTotals()
    for object in objects { values.add(object.modifications) }
    return [
      "\(objects.count) \(objects.count == 1 ? "object" : "objects"); values changed: \(values.text)",
      "changes: \(safe) safe, \(edits.count { !$0.isSafe }) unsafe",
    ]
  }

  private static func shown(_ value: [UInt8]?, _ reason: ObjectEdit.Reason) -> String {
    guard let value else { return "(none)" }
    return SecretAttributes.contains(reason.attribute)
      ? SecretLine.mask : "\"\(HostileText.shown(value))\""
  }
}

/// How many values of which attribute are changed.
public struct ValueTotals: Sendable {
  private var counts: [String: Int] = [:]

  /// Nothing yet.
  public init() {}

  /// Counts `modifications` of one object; a value that takes the place of another is one.
  public mutating func add(_ modifications: [Modification]) {
    var object: [String: (deleted: Int, added: Int)] = [:]
    for modification in modifications {
      let count = max(1, modification.values.count)
      if modification.operation == .delete {
        object[modification.attribute, default: (0, 0)].deleted += count
      } else {
        object[modification.attribute, default: (0, 0)].added += count
      }
    }
    for (name, count) in object { counts[name, default: 0] += max(count.deleted, count.added) }
  }

  /// `mail 3, userPrincipalName 17`, by name; `none`.
  public var text: String {
    counts.isEmpty
      ? "none"
      : counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }
}
