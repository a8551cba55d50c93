import Bytes

/// Attributes that hold passwords and keys. They are never asked of a server, never written to a
/// snapshot, a patch or a journal, and never shown.
public enum SecretAttributes {
  /// Every name and every object identifier.
  public static let names = Schema.attributes.filter { $0.traits.contains(.secret) }
    .flatMap { [$0.name] + ($0.oid.map { [$0] } ?? []) }

  private static let set = AttributeNameSet(names)

  /// Whether the attribute that `name` describes holds a secret, whatever its case and options.
  public static func contains(_ name: String) -> Bool { set.contains(name) }

  /// Whether the attribute that `name` describes holds a secret, whatever its case and options.
  public static func contains(_ name: ByteView) -> Bool { set.contains(name) }
}
