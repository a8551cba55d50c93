/// One entry of a content LDIF (RFC 2849, `ldif-attrval-record`) with everything it has.
public struct ContentRecord: Sendable, Equatable {
  /// The distinguished name, decoded.
  public var dn: [UInt8]
  /// The attributes in the order of their first line; lines of one description are one attribute.
  public var attributes: [Attribute]
  /// The comments directly above the record, each without `#` and the blank after it.
  public var comments: [String]
  /// What was passed over: values given by URL, and ranges that are not all of an attribute.
  public var remarks: [RecordRemark]
  /// The number of the record's `dn:` line in its source, from 1; 0 when it has none.
  public var line: Int

  /// A record called `dn`.
  public init(
    dn: [UInt8], attributes: [Attribute] = [], comments: [String] = [],
    remarks: [RecordRemark] = [], line: Int = 0
  ) {
    self.dn = dn
    self.attributes = attributes
    self.comments = comments
    self.remarks = remarks
    self.line = line
  }

  /// The values of the attribute with the description `name`; none when it is absent.
  public func values(_ name: String) -> [[UInt8]] {
    attributes.first { Attribute.isSame($0.name, name) }?.values ?? []
  }
}
