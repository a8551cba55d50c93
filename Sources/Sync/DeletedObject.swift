import Bytes
import Directory

/// What a directory keeps of deleted objects, to tell other servers or to restore them: an export with
/// the control that shows them has them among the others.
extension ObjectView {
  /// Whether the object is deleted: Active Directory says so by isDeleted (MS-ADTS §3.1.1.5.5) and the
  /// name, recycled objects included, 389 Directory Server by the class nsTombstone.
  @inline(__always)
  var isDeleted: Bool {
    entry.has(attributes.isDeleted) && hasTrueFlag
      || DistinguishedName.isOfDeletedObject(entry.dn) || isTombstone
  }

  private var hasTrueFlag: Bool {
    entry.first(attributes.isDeleted)?.trimmed.equalsIgnoringASCIICase(ByteView("TRUE")) ?? false
  }

  @inline(__always)
  private var isTombstone: Bool {
    // Other entries may be called so as well: those that are in conflict.
    entry.dn.first.map { $0 | 0x20 } == UInt8(ascii: "n") && isNamedAsTombstone
  }

  private var isNamedAsTombstone: Bool {
    let name = ByteView("nsuniqueid=")
    guard entry.dn.count > name.count,
      entry.dn.upTo(name.count).equalsIgnoringASCIICase(name)
    else { return false }
    var isTombstone = false
    entry.forEach(attributes.objectClass) { _, value in
      if value.equalsIgnoringASCIICase(ByteView("nsTombstone")) { isTombstone = true }
    }
    return isTombstone
  }
}
