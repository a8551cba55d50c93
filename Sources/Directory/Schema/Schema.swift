import Bytes

/// An attribute of which something is known.
public struct KnownAttribute: Sendable {
  /// What its values are.
  public enum Kind: Sendable {
    /// Text, in any of the schema's string syntaxes.
    case text
    /// An integer, a large integer or a time as one.
    case number
    /// `TRUE` or `FALSE`.
    case boolean
    /// Octets.
    case bytes
    /// The DN of another object.
    case reference
  }

  /// What else is known of it.
  public struct Traits: OptionSet, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// Traits from their bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// An object of Active Directory has one value at most (`isSingleValued`).
    public static let single = Traits(rawValue: 1)
    /// Its values are addresses with a type before a colon, `smtp:ann@contoso.com`.
    public static let typed = Traits(rawValue: 2)
    /// Entra Connect's default rules take its values without white space at both ends.
    public static let trimmed = Traits(rawValue: 4)
    /// It holds a password or a key.
    public static let secret = Traits(rawValue: 8)
    /// Its values are GUIDs, 16 octets.
    public static let guid = Traits(rawValue: 16)
    /// Its values are SIDs in their binary form.
    public static let sid = Traits(rawValue: 32)
  }

  /// The name as the schema spells it (`lDAPDisplayName`).
  public let name: String
  /// The object identifier in dots; nil where none is published.
  public let oid: String?
  /// What its values are.
  public let kind: Kind
  /// What else is known of it.
  public let traits: Traits

  init(_ name: String, _ oid: String?, _ kind: Kind, _ traits: Traits) {
    self.name = name
    self.oid = oid
    self.kind = kind
    self.traits = traits
  }
}

/// What is known of attributes, in one table that can be held against the published schemas.
public enum Schema {
  /// The attribute called `name`, whatever the case.
  public static func find(_ name: String) -> KnownAttribute? {
    places[name.lowercased()].map { attributes[$0] }
  }

  /// The name of the attribute that `description` describes: without options, and the name that belongs
  /// to an object identifier where that is known.
  public static func name(_ description: String) -> String {
    var base = String(description.prefix { $0 != ";" })
    if base.lowercased().hasPrefix("oid.") { base = String(base.dropFirst(4)) }
    guard base.utf8.first?.isASCIIDigit == true else { return base }
    return attributes.first { $0.oid == base }?.name ?? base
  }

  /// The names and object identifiers of the attributes that `descriptions` describe by either.
  public static func spellings(_ descriptions: [String]) -> [String] {
    descriptions.map(name).flatMap { name in [name] + (find(name)?.oid.map { [$0] } ?? []) }
  }

  /// The names of the attributes that have `trait`.
  public static func names(_ trait: KnownAttribute.Traits) -> [String] {
    attributes.filter { $0.traits.contains(trait) }.map(\.name)
  }

  /// Numbers in `attributes` by name in lower case.
  private static let places: [String: Int] = {
    var places: [String: Int] = [:]
    for (number, attribute) in attributes.enumerated() {
      places[attribute.name.lowercased()] = number
    }
    return places
  }()
}
