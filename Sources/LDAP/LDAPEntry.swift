internal import Bytes

/// One object as it was read from a server, copied: for small reads. A scan writes LDIF instead.
public struct LDAPEntry: Sendable {
  /// An attribute with its values.
  public struct Attribute: Sendable {
    /// Its description as the server spells it, options included, `;range=` excepted.
    public var name: String
    /// Its values as bytes.
    public var values: [[UInt8]]

    /// An attribute with its values.
    public init(name: String, values: [[UInt8]]) {
      self.name = name
      self.values = values
    }
  }

  /// The DN as the server spells it.
  public var dn: [UInt8]
  /// The attributes in the server's order.
  public var attributes: [Attribute]

  /// An entry with all its parts.
  public init(dn: [UInt8], attributes: [Attribute]) {
    self.dn = dn
    self.attributes = attributes
  }

  /// The values of the attribute called `name`, compared without case; empty when it is absent.
  public func values(_ name: String) -> [[UInt8]] {
    let lowered = name.lowercased()
    return attributes.first { $0.name.lowercased() == lowered }?.values ?? []
  }

  /// The values of the attribute called `name` as text.
  public func texts(_ name: String) -> [String] {
    values(name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The first value of the attribute called `name` as text.
  public func text(_ name: String) -> String? { texts(name).first }

  /// An entry from what a cursor walks over; ranges are left as they are.
  init(_ cursor: inout EntryCursor) {
    dn = cursor.dn.array
    attributes = []
    while cursor.next() {
      let values = (0..<cursor.count).map { cursor.value($0).array }
      attributes.append(Attribute(name: cursor.name.string, values: values))
    }
  }
}
