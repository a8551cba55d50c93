import LDIF

/// Turns planned changes into records of a patch and of its undo.
public enum PatchRecords {
  /// The record that makes `object`'s edits: in one operation each old value is deleted by name and
  /// the new one added, so that a server whose value has changed since refuses the whole record.
  public static func forward(_ object: ObjectEdit) -> ChangeRecord {
    ChangeRecord(
      dn: object.dn, kind: .modify(object.modifications), comments: comments(object))
  }

  /// The record that takes `object`'s edits back.
  public static func backward(_ object: ObjectEdit) -> ChangeRecord {
    ChangeRecord(
      dn: object.dn, kind: .modify(object.modifications.reversed().map(\.inverse)),
      comments: ["takes back: " + object.reasons.map(\.rule).joined(separator: ", ")])
  }

  private static func comments(_ object: ObjectEdit) -> [String] {
    var lines = object.reasons.map { reason in
      let safety = reason.isSafe ? "safe" : "unsafe"
      return "\(reason.rule): \(reason.attribute) \(quoted(reason.edit.old)) -> "
        + "\(quoted(reason.edit.new)) (\(safety)): \(reason.text)"
    }
    if object.isUnderAddressPolicy {
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
