/// What a repair does (docs/rule-format.md, "Repairs").
public enum RepairKind: Sendable, Equatable {
  /// Removes white space at both ends.
  case trim
  /// Removes the characters that the check found.
  case removeCharacters
  /// Removes white space and control characters from the part.
  case removeWhitespace
  /// Replaces letters with diacritics.
  case transliterate
  /// Cuts the part at the check's `max`.
  case truncate
  /// Removes leading, trailing and repeated dots.
  case fixDots
  /// The domain in its ASCII form, `xn--…`.
  case encodeDomain
  /// The domain by the user's suffix map.
  case replaceDomainFromMap
  /// The domain of the primary SMTP address.
  case replaceDomainFromPrimary
  /// The value of another attribute, or of `primary-smtp`.
  case replaceValue(from: String)
  /// Another text in place of the whole value, by the texts in capitals.
  case replaceText([String: String])
  /// Removes a type that stands before the address a second time.
  case removeRepeatedType
  /// The first address in the value alone, without marks, types of a link and further addresses.
  case firstAddress
  /// The first address stays in the value; each other one becomes a secondary value of its own.
  case splitAddresses
  /// Puts the type before it.
  case addPrefix(type: String)
  /// The type in small letters.
  case demote
  /// The type in capitals.
  case promote
  /// Removes the value.
  case removeValue
  /// Removes the loser's value.
  case resolveDuplicate
  /// Left to a person.
  case leave
}

/// One entry of a rule's `fix`.
public struct RepairSpec: Sendable {
  /// What it does.
  public var kind: RepairKind
  /// Whether it is part of a default `fix`.
  public var isSafe: Bool
  /// Why, as a sentence; placeholders allowed.
  public var reason: Template

  /// A repair with all its parts.
  public init(kind: RepairKind, isSafe: Bool, reason: Template) {
    self.kind = kind
    self.isSafe = isSafe
    self.reason = reason
  }
}
