import Bytes
import Directory

/// An expression as code for one kind of object; it can be shared between threads.
public struct ExpressionCode<Subject: Attributes>: Sendable {
  private let slotCount: Int
  private let attributes: [AttributeID]
  private let truth: Compiler<Subject>.Code<Bool>
  private let value: Compiler<Subject>.Code<ExpressionValue>
  /// Views that the code gives may be of the literals.
  private let literals: Literals

  init(_ node: Node, _ compiler: inout Compiler<Subject>, _ literals: Literals) {
    truth = compiler.truth(node)
    value = compiler.value(node)
    slotCount = compiler.slotCount
    attributes = compiler.attributes
    self.literals = literals
  }

  /// Whether it is True for `subject`; null is not True, and a list is when one of its values is.
  /// What is made on the way is in `arena`. Throws when there is no result: `Error(…)`, an index out of
  /// bounds, a value of the wrong type, more work than one object may be.
  public func isTrue(_ subject: Subject, arena: ByteArena) throws(EvaluationError) -> Bool {
    try run(truth, subject, arena)
  }

  /// The value for `subject`; absent values are null, and a list has at least one value. What is made
  /// is in `arena`; other views belong to the object or to the expression. Throws as `isTrue` does.
  public func evaluate(
    _ subject: Subject, arena: ByteArena
  ) throws(EvaluationError) -> ExpressionValue {
    try run(value, subject, arena).settled
  }

  /// Runs `code` with the work that every object may be. When that is not enough, the object is
  /// measured and the code begins anew: that costs nothing where it is not needed, which is nearly
  /// everywhere.
  @inline(__always)
  private func run<R>(
    _ code: Compiler<Subject>.Code<R>, _ subject: Subject, _ arena: ByteArena
  ) throws(EvaluationError) -> R {
    var frame = Frame(slotCount: slotCount, arena: arena, work: .least)
    do throws(EvaluationError) {
      return try code(subject, &frame)
    } catch {
      guard error.limit == .steps else { throw error }
    }
    frame = Frame(slotCount: slotCount, arena: arena, work: Work(subject, attributes))
    return try code(subject, &frame)
  }
}
