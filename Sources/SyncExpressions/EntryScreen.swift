import Bytes
import Directory

/// What an entry must show before an expression can have a certain outcome.
///
/// Conditions are asked of every object of a directory and hold for few: where the screen lets an
/// entry pass, the outcome is known without evaluating, and evaluating would not fail either. It
/// says nothing of an entry that it stops.
public enum EntryScreen: Sendable, Equatable {
  /// The outcome may be for any entry.
  case none
  /// The attribute has at least so many values.
  case values(AttributeID, atLeast: Int)
  /// Both attributes are without a value, or their first is empty; they may be the same.
  case noValues(AttributeID, AttributeID)
  /// The attribute's first value begins with one of these bytes, or not with ASCII.
  case start(AttributeID, ASCIISet)
  /// The DN has a backslash or a control character.
  case escapedName
  /// The DN has a backslash before a hexadecimal digit, or a control character.
  case codedName

  /// Whether the entry shows it, so that the expression must be evaluated.
  @inlinable
  @inline(__always)
  public func stops(_ entry: Entry) -> Bool {
    switch self {
    case .none: true
    case .values(let attribute, let least): entry.count(attribute) >= least
    case .noValues(let first, let second):
      Self.isWithout(first, entry) && (first == second || Self.isWithout(second, entry))
    case .start(let attribute, let set):
      if let byte = entry.first(attribute)?.first {
        byte >= 0x80 || set.contains(byte)
      } else {
        false
      }
    case .escapedName: entry.dn.hasBackslashOrControl
    case .codedName: entry.dn.hasBackslashOrControl && Self.hasCode(entry.dn)
    }
  }

  @inlinable
  @inline(__always)
  static func isWithout(_ attribute: AttributeID, _ entry: Entry) -> Bool {
    guard entry.has(attribute) else { return true }
    return entry.first(attribute)?.isEmpty ?? false
  }

  /// Whether `name` has a backslash before a hexadecimal digit, or a control character: a comma in a name
  /// has a backslash as well.
  @usableFromInline
  @inline(never)
  static func hasCode(_ name: ByteView) -> Bool {
    for index in 0..<name.count {
      let byte = name[index]
      if byte < 0x20 || byte == 0x7F { return true }
      if byte == 0x5C, index + 1 < name.count, name[index + 1].asciiHexadecimalValue != nil {
        return true
      }
    }
    return false
  }

  /// What must be shown for one of two outcomes.
  static func either(_ left: EntryScreen, _ right: EntryScreen) -> EntryScreen {
    switch (left, right) {
    case (.values(let a, let least), .values(let b, let other)) where a == b:
      .values(a, atLeast: min(least, other))
    case (.start(let a, let set), .start(let b, let other)) where a == b:
      .start(a, set.union(other))
    case let (left, right) where left == right: left
    default: .none
    }
  }
}

/// A set of ASCII characters.
public struct ASCIISet: Sendable, Equatable {
  @usableFromInline var low: UInt64 = 0
  @usableFromInline var high: UInt64 = 0

  /// The letter `byte` in both cases, or `byte` alone.
  init(ignoringCase byte: UInt8) {
    insert(byte.asciiLowercased)
    insert(byte.asciiUppercased)
  }

  private mutating func insert(_ byte: UInt8) {
    if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
  }

  /// Whether `byte`, which must be below 128, is in the set.
  @inlinable
  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    (byte < 64 ? low : high) &>> UInt64(byte & 63) & 1 != 0
  }

  func union(_ other: ASCIISet) -> ASCIISet {
    var all = self
    all.low |= other.low
    all.high |= other.high
    return all
  }
}
