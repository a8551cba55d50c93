import Directory
import Rules
import SyncExpressions

/// What a source carries: the needed attributes that at least one of its objects has.
public struct AttributeInventory: Sendable, Equatable {
  private var words: [UInt64]

  /// Nothing carried, of `count` attributes.
  public init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

  /// Whether some object has `attribute`.
  public func contains(_ attribute: AttributeID) -> Bool {
    words[Int(attribute.index) / 64] >> UInt64(attribute.index % 64) & 1 != 0
  }

  /// Notes that an object has `attribute`.
  @inline(__always)
  public mutating func insert(_ attribute: AttributeID) {
    words[Int(attribute.index) / 64] |= 1 << UInt64(attribute.index % 64)
  }

  /// Notes that no object has `attribute` any more.
  package mutating func remove(_ attribute: AttributeID) {
    words[Int(attribute.index) / 64] &= ~(1 << UInt64(attribute.index % 64))
  }

  /// Takes over what `other` has.
  public mutating func formUnion(_ other: AttributeInventory) {
    for index in words.indices { words[index] |= other.words[index] }
  }
}

/// What the scope says of an object.
public enum ScopeAnswer: Sendable, Equatable {
  /// It would be synchronized.
  case included
  /// It would not; the number is that of a reason in `RuleSet.reasons`.
  case excluded(Int)
}

/// Why objects are left out.
public struct ScopeReason: Sendable {
  /// As a phrase.
  public var phrase: String
  /// The clause as the pack has it, when an expression decided.
  public var clause: String?
}

/// The clauses of one class in one kind of directory, compiled.
struct CompiledScope: Sendable {
  struct Clause: Sendable {
    /// Among all clauses of the rule set.
    var number: Int
    var isExclusion: Bool
    var expression: Expression
    var needs: [AttributeID]
    var reason: Int

    /// Whether it says nothing about a source that carries `inventory`.
    func isVoid(_ inventory: AttributeInventory) -> Bool {
      !needs.isEmpty && !needs.contains(where: inventory.contains)
    }
  }

  var clauses: [Clause]
}
