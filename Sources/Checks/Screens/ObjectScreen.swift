import Bytes
import Directory
import Sync
import SyncExpressions

/// What an object is like on which a check of the object as a whole cannot fire; see `ValueScreen`.
///
/// No case has a reference, so that asking costs no reference counting.
enum ObjectScreen {
  /// Nothing is known: the check must look.
  case look
  /// The attribute has a first value that is not blank, or is absent and may be.
  case present(AttributeID, mayBeAbsent: Bool, mayBeBlank: Bool)
  /// So many values.
  case count(AttributeID, min: Int, max: Int)
  /// So many values with one of the types.
  case typedCount(AttributeID, mask: UInt32, primaryOnly: Bool, min: Int, max: Int)
  /// No two values are the same.
  case different(AttributeID)
  /// The expression cannot be True.
  case without(EntryScreen)
}

extension ObjectView {
  /// Whether the entry is such that the check behind `screen` cannot fire.
  @inline(__always)
  func passes(_ screen: ObjectScreen) -> Bool {
    switch screen {
    case .look: return false
    case .present(let attribute, let mayBeAbsent, let mayBeBlank):
      guard let first = entry.first(attribute) else { return mayBeAbsent }
      if mayBeBlank { return true }
      guard let byte = first.first else { return false }
      return byte > 0x20 && byte < 0x7F
    case .count(let attribute, let min, let max):
      let count = entry.count(attribute)
      return count >= min && count <= max
    case .typedCount(let attribute, let mask, let primaryOnly, let min, let max):
      var count = 0
      forEachScanned(attribute) { _, value in
        let isCounted = value.typeBit & mask != 0 && (value.isPrimary || !primaryOnly)
        count &+= isCounted ? 1 : 0
      }
      return count >= min && count <= max
    case .different(let attribute): return areDifferent(attribute)
    case .without(let screen): return !screen.stops(entry)
    }
  }

  /// Whether the few values of `attribute` are surely different, by length and last bytes.
  @inline(__always)
  private func areDifferent(_ attribute: AttributeID) -> Bool {
    let count = entry.count(attribute)
    if count < 2 { return true }
    guard count <= 8 else { return false }
    var areDifferent = true
    forEachScanned(attribute) { place, value in
      // Case and outer white space do not count, and beyond ASCII folding may change the length.
      if value.traits.contains(.nonASCII) || Self.hasOuterSpace(value.value) {
        areDifferent = false
      }
      forEachScanned(attribute) { other, second in
        if other < place, value.value.count == second.value.count,
          value.value.equalsIgnoringASCIICase(second.value)
        {
          areDifferent = false
        }
      }
    }
    return areDifferent
  }

  @inline(__always)
  private static func hasOuterSpace(_ value: ByteView) -> Bool {
    guard let first = value.first, let last = value.last else { return true }
    return first.isASCIIWhiteSpace || last.isASCIIWhiteSpace
  }
}
