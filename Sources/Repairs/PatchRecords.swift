import LDIF

/// Turns planned changes into records of a patch and of its undo.
public enum PatchRecords {
  /// The record that makes `change`: in one operation each old value is deleted by name and the
  /// new one added, so that a server whose value has changed since refuses the whole record.
  public static func forward(_ change: ObjectChange) -> ChangeRecord {
    ChangeRecord(
      dn: change.dn, kind: .modify(change.changes.flatMap { modifications($0) }),
      comments: comments(change))
  }

  /// The record that takes `change` back.
  public static func backward(_ change: ObjectChange) -> ChangeRecord {
    let inverse = change.changes.reversed().map {
      AttributeChange(attribute: $0.attribute, removed: $0.added, added: $0.removed)
    }
    return ChangeRecord(
      dn: change.dn, kind: .modify(inverse.flatMap { modifications($0) }),
      comments: ["takes back: " + change.reasons.map(\.rule).joined(separator: ", ")])
  }

  static func modifications(_ change: AttributeChange) -> [ChangeRecord.Modification] {
    var result: [ChangeRecord.Modification] = []
    if !change.removed.isEmpty {
      result.append(
        ChangeRecord.Modification(
          operation: .delete, attribute: change.attribute, values: change.removed))
    }
    if !change.added.isEmpty {
      result.append(
        ChangeRecord.Modification(
          operation: .add, attribute: change.attribute, values: change.added))
    }
    return result
  }

  private static func comments(_ change: ObjectChange) -> [String] {
    var lines = change.reasons.map { reason in
      let safety = reason.isSafe ? "safe" : "unsafe"
      return "\(reason.rule): \(reason.attribute) \(quoted(reason.old)) -> "
        + "\(quoted(reason.new)) (\(safety)): \(reason.text)"
    }
    if change.isUnderAddressPolicy {
      lines.append(
        "note: an Exchange e-mail address policy applies to this object and may write the old "
          + "address back")
    }
    return lines
  }

  private static func quoted(_ value: [UInt8]?) -> String {
    value.map { "\"\(String(decoding: $0, as: UTF8.self))\"" } ?? "(none)"
  }
}
