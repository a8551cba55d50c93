import Bytes

/// An expression as code for one kind of object; it can be shared between threads.
public struct ExpressionCode<Subject: Attributes>: Sendable {
  private let slotCount: Int
  private let truth: Compiler<Subject>.Code<Bool>
  private let value: Compiler<Subject>.Code<ExpressionValue>
  /// Views that the code gives may be of the literals.
  private let literals: Literals

  init(_ node: Node, _ compiler: inout Compiler<Subject>, _ literals: Literals) {
    truth = compiler.truth(node)
    value = compiler.value(node)
    slotCount = compiler.slotCount
    self.literals = literals
  }

  /// Whether it is True for `subject`; null is not True, and a list is when one of its values is.
  /// What is made on the way is in `arena`. Throws when there is no result: `Error(…)`, an index out of
  /// bounds, a value of the wrong type.
  public func isTrue(_ subject: Subject, arena: ByteArena) throws(EvaluationError) -> Bool {
    var frame = Frame(slotCount: slotCount, arena: arena)
    return try truth(subject, &frame)
  }

  /// The value for `subject`; absent values are null, and a list has at least one value. What is made
  /// is in `arena`; other views belong to the object or to the expression. Throws as `isTrue` does.
  public func evaluate(
    _ subject: Subject, arena: ByteArena
  ) throws(EvaluationError) -> ExpressionValue {
    var frame = Frame(slotCount: slotCount, arena: arena)
    return try value(subject, &frame).settled
  }
}
