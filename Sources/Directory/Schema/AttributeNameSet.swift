import Bytes

/// Names of attributes, to be asked for whatever the case and the options.
///
/// It is asked once for every attribute that a server sends and once for every finding, so that it
/// compares bytes, and only with names as long.
public struct AttributeNameSet: Sendable {
  /// The names in lower case and without options, by their length in bytes.
  private var byLength: [[[UInt8]]] = []

  /// The set of `names`, whose options do not count.
  public init(_ names: some Sequence<String>) {
    for name in names {
      let base = name.utf8.prefix { $0 != UInt8(ascii: ";") }.map(\.asciiLowercased)
      while byLength.count <= base.count { byLength.append([]) }
      byLength[base.count].append(base)
    }
  }

  /// Whether the attribute that `name` describes is one of them.
  public func contains(_ name: ByteView) -> Bool {
    var base = name.upTo(name.firstIndex(of: UInt8(ascii: ";")) ?? name.count)
    // RFC 2253 §2.4 still allowed the prefix.
    if base.count > 4, base.upTo(4).equalsIgnoringASCIICase(ByteView("oid.")) {
      base = base.from(4)
    }
    guard base.count < byLength.count else { return false }
    return byLength[base.count].contains { known in
      known.withByteView { base.equalsIgnoringASCIICase($0) }
    }
  }

  /// Whether the attribute that `name` describes is one of them.
  public func contains(_ name: String) -> Bool { name.withByteView { contains($0) } }
}
