/// An attribute of a record: its description and its values, decoded, in the order of the file.
public struct Attribute: Sendable, Equatable {
  /// The description (RFC 4512 §2.5): a type and options, `userCertificate;binary`, as written.
  public var name: String
  /// The values; they need not be text.
  public var values: [[UInt8]]

  /// The attribute `name` with `values`.
  public init(_ name: String, _ values: [[UInt8]]) {
    self.name = name
    self.values = values
  }

  /// The attribute `name` with values that are text.
  public init(_ name: String, text values: String...) {
    self.init(name, values.map { Array($0.utf8) })
  }
}
