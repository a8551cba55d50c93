import Bytes
import Directory

/// An expression of Entra Connect's declarative provisioning language, ready to be evaluated.
///
/// A class, because every object goes through the scope's expressions and copying a reference is
/// cheap. It can be shared between threads; each thread evaluates on its own objects. Values that it gives
/// are views on the entry or on the expression, see `ExpressionValue`.
public final class Expression: Sendable {
  /// The longest text that is compiled, in bytes.
  public static let sizeLimit = 1 << 16

  /// The attributes that it reads, each once.
  public let attributes: [AttributeID]
  /// What its author should know.
  public let warnings: [ExpressionWarning]
  /// The type of its result.
  public let resultType: ExpressionType
  /// What an entry must show for it to be True.
  public let trueOnlyIf: EntryScreen
  /// What an entry must show for it not to be True.
  public let falseOnlyIf: EntryScreen
  /// The attribute on which alone it depends, or nil when it reads several, or the DN.
  public let onlyAttribute: AttributeID?

  private let node: Node
  private let table: AttributeTable
  private let parsedSlots: Int
  private let literals: Literals
  private let onEntries: ExpressionCode<Entry>

  private init(
    _ node: Node, warnings: [ExpressionWarning], _ compiler: Compiler<Entry>, parsedSlots: Int,
    _ code: ExpressionCode<Entry>, trueOnlyIf: EntryScreen, falseOnlyIf: EntryScreen,
    literals: Literals
  ) {
    attributes = compiler.attributes
    onlyAttribute =
      compiler.attributes.count == 1 && !node.readsName ? compiler.attributes[0] : nil
    self.warnings = warnings
    resultType = node.type
    self.trueOnlyIf = trueOnlyIf
    self.falseOnlyIf = falseOnlyIf
    self.node = node
    table = compiler.table
    self.parsedSlots = parsedSlots
    self.literals = literals
    onEntries = code
  }

  /// Reads, checks and compiles `source`, and registers the attributes it reads in `table`, which
  /// is left as it was when this throws.
  public static func compile(
    _ source: String, table: inout AttributeTable, options: ExpressionOptions
  ) throws(ExpressionError) -> Expression {
    let text = SourceText(source)
    guard text.bytes.count <= sizeLimit else {
      throw text.error("the expression is longer than \(sizeLimit) bytes", at: 0)
    }
    let literals = Literals(text.bytes)
    var parser = try Parser(text, options: options, literals: literals.arena)
    let node = try parser.parse()
    parser.warnAboutLists(node)
    var compiler = Compiler<Entry>(table: table, slotCount: parser.slotCount)
    let code = ExpressionCode(node, &compiler, literals)
    let trueOnlyIf = compiler.screen(node, isTrue: true)
    let falseOnlyIf = compiler.screen(node, isTrue: false)
    table = compiler.table
    return Expression(
      node, warnings: parser.warnings, compiler, parsedSlots: parser.slotCount, code,
      trueOnlyIf: trueOnlyIf, falseOnlyIf: falseOnlyIf, literals: literals)
  }

  /// The expression for objects that are more than one entry; made anew at each call.
  public func code<Subject: Attributes>(on subjects: Subject.Type) -> ExpressionCode<Subject> {
    var compiler = Compiler<Subject>(table: table, slotCount: parsedSlots)
    return ExpressionCode(node, &compiler, literals)
  }

  /// Whether it is True for the entry; see `ExpressionCode.isTrue`.
  public func isTrue(_ entry: Entry) throws(EvaluationError) -> Bool {
    // What was made on the way is forgotten: a pack of many rules makes no more than one of them.
    let mark = entry.arena.mark
    defer { entry.arena.forget(from: mark) }
    do throws(EvaluationError) {
      return try onEntries.isTrue(entry, arena: entry.arena)
    } catch {
      guard error.isLimit else { throw error }
      throw EvaluationError("\(error.message): \(Quoted(literals.source))", limit: error.limit)
    }
  }

  /// The value for the entry, in the entry's arena; see `ExpressionCode.evaluate`.
  public func evaluate(_ entry: Entry) throws(EvaluationError) -> ExpressionValue {
    try onEntries.evaluate(entry, arena: entry.arena)
  }
}

/// Owns the bytes of an expression's literals, which do not change once it is compiled.
final class Literals: @unchecked Sendable {
  let arena = ByteArena(blockSize: 256)
  /// How the expression begins, for messages.
  let source: ByteView

  init(_ source: [UInt8]) { self.source = arena.copy(Array(source.prefix(Quoted.limit + 1))) }
}

extension Parser {
  /// A condition that has one result per value is probably not what was meant.
  mutating func warnAboutLists(_ node: Node) {
    guard node.type.kind == .bool, node.type.isMultiValued else { return }
    warn(
      "gives one result per value of a multi-valued attribute; as a condition it holds when one "
        + "of them is True", at: node.offset)
  }
}
