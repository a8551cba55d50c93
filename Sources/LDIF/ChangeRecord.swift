import Directory

/// One change of a patch (RFC 2849, `ldif-change-record`).
public struct ChangeRecord: Sendable, Equatable {
  /// What is done to the entry.
  public enum Kind: Sendable, Equatable {
    /// `changetype: add`, the new entry's attributes.
    case add([Attribute])
    /// `changetype: delete`.
    case delete
    /// `changetype: modify`, one operation after the other, all or none.
    case modify([Modification])
    /// `changetype: modrdn` or `moddn`.
    case rename(newRDN: [UInt8], deleteOld: Bool, newSuperior: [UInt8]?)
  }

  /// A control that goes with the change (RFC 4511 §4.1.11).
  public struct Control: Sendable, Equatable {
    /// The object identifier, in dots.
    public var oid: String
    /// Whether a server that does not know it must refuse the change.
    public var isCritical: Bool
    /// Its value, when it has one.
    public var value: [UInt8]?

    /// A control with all its parts.
    public init(oid: String, isCritical: Bool = false, value: [UInt8]? = nil) {
      self.oid = oid
      self.isCritical = isCritical
      self.value = value
    }
  }

  /// The distinguished name, decoded.
  public var dn: [UInt8]
  /// What is done to the entry.
  public var kind: Kind
  /// The controls, in order.
  public var controls: [Control]
  /// The comments directly above the record, each without `#` and the blank after it.
  public var comments: [String]
  /// The number of the record's `dn:` line in its source, from 1; 0 when it has none.
  public var line: Int

  /// A change with all its parts.
  public init(
    dn: [UInt8], kind: Kind, controls: [Control] = [], comments: [String] = [], line: Int = 0
  ) {
    self.dn = dn
    self.kind = kind
    self.controls = controls
    self.comments = comments
    self.line = line
  }
}
