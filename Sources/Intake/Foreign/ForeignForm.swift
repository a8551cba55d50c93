import Bytes

/// What people give that is no LDIF: what it is, and how they come to something that is read.
struct ForeignForm: Equatable {
  /// What it is, "a PDF document".
  var what: String
  /// The command that makes something of it that is read, or that reads it; nil when only the directory
  /// has that.
  var way: String?

  /// Files of fewer bytes are called nothing.
  private static let minimum = 8

  /// The form of a file that begins with `head`; nil when it is LDIF, or may be.
  static func recognised(_ head: ByteView) -> ForeignForm? {
    let text = ForeignText(head)
    guard !text.isEmpty, !text.beginsAsLDIF else { return nil }
    if let form = ForeignMagic.recognised(head) ?? text.recognised { return form }
    // A record of an export may be broken, the first as well.
    if text.hasEntry { return nil }
    if let form = text.table { return form }
    guard head.count >= minimum else { return nil }
    if text.isBinary {
      return ForeignForm(what: "a binary file: packed, encrypted or of some program's own")
    }
    // The beginning of one long line says nothing of what comes behind it.
    guard head.count < Intake.headSize || head.contains(0x0A) else { return nil }
    return ForeignForm(what: "text without a line that begins with \"dn:\"")
  }

  /// What is said of a file that has this form, perhaps inside gzip.
  func sentence(isPacked: Bool) -> String {
    "this is \(what)\(isPacked ? ", packed with gzip" : ""), not LDIF; "
      + (way ?? Self.export)
  }

  /// What makes an export, on any machine.
  static let export =
    "make an export that is read: ldifde -f export.ldif -u on Windows, ldapsearch -LLL -H "
    + "ldap://SERVER -b BASE > export.ldif elsewhere"
}
