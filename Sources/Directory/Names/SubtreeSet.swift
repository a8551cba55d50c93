import Bytes

/// A set of subtrees, by the DNs of their tops: those that a scan leaves out, or those that it reads.
public struct SubtreeSet: Sendable {
  private var tops: [[UInt8]] = []

  /// The subtrees below `dns`, tops included.
  public init(_ dns: [String]) { tops = dns.map { DistinguishedName.key(of: Array($0.utf8)) } }

  /// Whether there is no subtree in it.
  public var isEmpty: Bool { tops.isEmpty }

  /// Whether `dn` is one of the tops or lies below one.
  public func contains(_ dn: ByteView) -> Bool { !tops.isEmpty && contains(key: dn.array) }

  /// Whether `dn` is one of the tops or lies below one.
  public func contains(_ dn: String) -> Bool { contains(key: Array(dn.utf8)) }

  private func contains(key dn: [UInt8]) -> Bool {
    DistinguishedName.key(of: dn).withByteView { name in
      tops.contains { top in
        top.withByteView { DistinguishedName.isWithin(normalised: name, base: $0) }
      }
    }
  }

  /// Whether `dn` is one of the tops.
  public func isTop(_ dn: String) -> Bool {
    tops.contains(DistinguishedName.key(of: Array(dn.utf8)))
  }
}
