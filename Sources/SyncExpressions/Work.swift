import Bytes
import Directory

/// How much one evaluation may do on one object. A pack is its author's, and what it does to an object
/// with thousands of values is not seen before it meets one: lists in lists are n², and n may be large.
struct Work {
  /// Steps: a part of the expression done for a value of a list, a value of a list that is looked at or
  /// made, and each `bytesPerStep` bytes of a value.
  var steps: Int
  /// Bytes that may be made, of text and of lists.
  var bytes: Int

  /// Steps that every object has.
  static let leastSteps = 4_000_000
  /// Steps for each value that is there to be read, once they are more than `leastSteps`.
  static let stepsPerValue = 128
  /// Bytes of a value that are a step.
  static let bytesPerStep = 64
  /// Bytes that may be made.
  static let byteLimit = 256 << 20
  /// How deep the bodies of `Select` and `Where` may stand in each other.
  static let nestingLimit = 4

  /// What every object has.
  static let least = Work(steps: leastSteps, bytes: byteLimit)

  /// What `subject` has by the size of its `attributes`.
  init<Subject: Attributes>(_ subject: Subject, _ attributes: [AttributeID]) {
    var size = subject.dn.count / Self.bytesPerStep
    for attribute in attributes {
      size += subject.count(attribute)
      subject.forEach(attribute) { size += $1.count / Self.bytesPerStep }
    }
    steps = Self.leastSteps + Self.stepsPerValue * size
    bytes = Self.byteLimit
  }

  private init(steps: Int, bytes: Int) {
    self.steps = steps
    self.bytes = bytes
  }
}

extension EvaluationError {
  static var tooMuchWork: EvaluationError {
    EvaluationError(
      "it takes more steps than it may on one object, which are \(Work.leastSteps), and "
        + "\(Work.stepsPerValue) more for each value that it reads; lists inside lists (Select, "
        + "Where) multiply: compute the inner one once, by With, or ask less",
      limit: .steps)
  }

  static var tooMuchMemory: EvaluationError {
    EvaluationError(
      "it makes more than \(Work.byteLimit >> 20) MiB of text and lists on one object; ask less",
      limit: .bytes)
  }
}
