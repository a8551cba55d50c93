import Bytes
import Directory

extension Compiler {
  /// A part of an expression that is evaluated once per value of the lists in it.
  ///
  /// All lists advance together: value number i of the result comes from value number i of each list,
  /// also where the same attribute stands in a condition and in a branch. Nulls keep their places.
  final class Mapping {
    /// A list and the slot that holds it during the run.
    struct Source {
      var slot: Int
      var code: Code<ExpressionValue>
    }

    var sources: [Source] = []
    /// Slots of parts that do not depend on the value at hand.
    var caches: [Int] = []
  }

  /// `node` applied to each value of the lists below it; to the values themselves when there is no
  /// list after all (attributes of unknown type).
  mutating func mapped(_ node: Node) -> Code<ExpressionValue> {
    let mapping = Mapping()
    let body = operation(node, in: mapping)
    let sources = mapping.sources
    let caches = mapping.caches
    return { subject, frame throws(EvaluationError) in
      let saved = frame.index
      defer { frame.index = saved }
      let count = try Self.load(sources, subject, &frame)
      for slot in caches { frame[slot] = .empty }
      guard let count else { return try body(subject, &frame) }
      try frame.makeList(count)
      var results: [ExpressionValue] = []
      results.reserveCapacity(count)
      for index in 0..<count {
        frame.index = index
        results.append(try body(subject, &frame))
      }
      return .list(results)
    }
  }

  /// Reads the lists; the length of the longest, or nil when none is a list.
  private static func load(
    _ sources: [Mapping.Source], _ subject: Subject, _ frame: inout Frame
  ) throws(EvaluationError) -> Int? {
    var count: Int?
    for source in sources {
      do throws(EvaluationError) {
        let value = try source.code(subject, &frame)
        if case .list(let values) = value {
          count = max(count ?? 0, values.count)
          try frame.makeList(values.count)
          frame[source.slot] = .list(values)
        } else {
          frame[source.slot] = .one(value)
        }
      } catch {
        if error.isLimit { throw error }
        // Perhaps it is never read: && and IIF are lazy.
        frame[source.slot] = .failed(error)
      }
    }
    return count
  }

  /// The value at hand of a list.
  mutating func leaf(_ node: Node, in mapping: Mapping) -> Code<ExpressionValue> {
    let slot = newSlot()
    mapping.sources.append(Mapping.Source(slot: slot, code: operation(node, in: nil)))
    return { _, frame throws(EvaluationError) in
      switch frame[slot] {
      case .list(let values): return frame.index < values.count ? values[frame.index] : .null
      case .one(let value): return value
      case .failed(let error): throw error
      case .empty: return .null
      }
    }
  }

  /// A part that is the same for every value.
  mutating func invariant(_ node: Node, in mapping: Mapping) -> Code<ExpressionValue> {
    switch node.kind {
    case .literal, .attribute, .distinguishedName, .variable, .valueCount:
      return operation(node, in: nil)
    default: return cached(node, in: mapping)
    }
  }

  /// The value of `node`, computed at most once per run of `mapping`: what takes a whole list would
  /// otherwise make the run quadratic.
  mutating func cached(_ node: Node, in mapping: Mapping) -> Code<ExpressionValue> {
    let slot = newSlot()
    mapping.caches.append(slot)
    let code = value(node)
    return { subject, frame throws(EvaluationError) in
      if case .one(let value) = frame[slot] { return value }
      let value = try code(subject, &frame)
      frame[slot] = .one(value)
      return value
    }
  }
}
