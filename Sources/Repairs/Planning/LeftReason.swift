import Checks
import Directory

/// Why a pass has left a finding alone.
struct LeftReason: Sendable {
  /// What it says it of.
  struct Place: Hashable, Sendable {
    /// The object's position.
    var position: Int
    /// The rule's index.
    var rule: Int
    var attribute: AttributeID
    var value: [UInt8]?
  }

  var place: Place
  /// Why, as a phrase.
  var reason: String

  /// The phrase as a sentence.
  var sentence: String {
    let first = reason.prefix { $0 != " " }
    // Names of attributes are written as they are.
    let isWord = first.allSatisfy { !$0.isUppercase }
    let text = isWord ? reason.prefix(1).uppercased() + reason.dropFirst() : reason
    return text.hasSuffix(".") ? text : text + "."
  }
}
