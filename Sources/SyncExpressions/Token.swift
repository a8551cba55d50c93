/// A piece of an expression's text.
struct Token: Sendable {
  enum Kind: Sendable, Equatable {
    case name(String)
    case attribute(String)
    case parameter(String)
    case variable(String)
    /// The bytes between the quotes, `\\` already read as one backslash.
    case string([UInt8])
    /// A literal without sign; hexadecimal ones are bit patterns.
    case number(UInt64, isHexadecimal: Bool)
    case op(Operator)
    case leftParenthesis
    case rightParenthesis
    case comma
    case end
  }

  var kind: Kind
  /// The byte at which it starts.
  var offset: Int

  /// The token as an error names it.
  var found: String {
    switch kind {
    case .name(let name): name
    case .attribute(let name): "[\(name)]"
    case .parameter(let name): "%\(name)%"
    case .variable(let name): "$\(name)"
    case .string(let bytes): bytes.withByteView { Quoted($0).description }
    case .number(let value, let isHexadecimal):
      isHexadecimal ? "&H\(String(value, radix: 16, uppercase: true))" : String(value)
    case .op(let op): "\"\(op.rawValue)\""
    case .leftParenthesis: "\"(\""
    case .rightParenthesis: "\")\""
    case .comma: "\",\""
    case .end: "the end of the expression"
    }
  }
}
