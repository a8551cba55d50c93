import Directory

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
    attributes.first { AttributeDescription.isSame($0.name, name) }?.values ?? []
  }
}

extension ContentRecord {
  /// Whether the source holds a part of it damaged: bytes that are not UTF-8.
  public var isDamaged: Bool {
    remarks.contains { remark in
      if case .notUTF8 = remark.kind { true } else { false }
    }
  }

  /// Makes what `change` says of the values of the attribute `name`; one without values is absent.
  ///
  /// With `anyForm`, the values are those of all descriptions of the attribute, as
  /// `AttributeDescription` has it: a value stays under its description, and a new one comes under the
  /// first. Throws what `change` throws,
  /// and changes nothing then.
  public mutating func change<Failure: Error>(
    _ name: String, anyForm: Bool = false,
    by change: ([[UInt8]]) throws(Failure) -> [[UInt8]]
  ) throws(Failure) {
    let places = attributes.indices.filter { index in
      let description = attributes[index].name
      return AttributeDescription.isSame(description, name)
        || anyForm && AttributeDescription.isOf(name, description)
    }
    var values = try change(places.flatMap { attributes[$0].values })
    guard let first = places.first else {
      if !values.isEmpty { attributes.append(Attribute(name, values)) }
      return
    }
    if places.count > 1 {
      // Each stays under its description as often as it is still there.
      var left = Dictionary(grouping: values.indices) { values[$0] }.mapValues { $0[...] }
      var isPlaced = [Bool](repeating: false, count: values.count)
      for place in places {
        attributes[place].values.removeAll { value in
          guard let found = left[value]?.popFirst() else { return true }
          isPlaced[found] = true
          return false
        }
      }
      values =
        attributes[first].values + values.indices.lazy.filter { !isPlaced[$0] }.map { values[$0] }
    }
    attributes[first].values = values
    for place in places.reversed() where attributes[place].values.isEmpty {
      attributes.remove(at: place)
    }
  }
}
