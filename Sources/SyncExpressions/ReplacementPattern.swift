import Bytes

/// The pattern of ReplaceChars: `ä:ae,ö:oe`, in which white space counts for nothing.
struct ReplacementPattern {
  private var targets: [UInt32: [UInt8]] = [:]

  init(_ pattern: ByteView) throws(EvaluationError) {
    var source: UInt32?
    var target: [UInt8]?
    var index = 0
    while index < pattern.count {
      let character = Text.character(pattern, at: index)
      index += character.length
      if Text.isWhiteSpace(character.code) { continue }
      switch character.code {
      case 0x2C:
        try add(&source, &target, pattern)
      case 0x3A where source != nil && target == nil: target = []
      case 0x3A: throw Self.malformed(pattern)
      default:
        if var bytes = target {
          Text.append(character.code, to: &bytes)
          target = bytes
        } else if source == nil {
          source = character.code
        } else {
          throw Self.malformed(pattern)
        }
      }
    }
    if source != nil { try add(&source, &target, pattern) }
  }

  private mutating func add(
    _ source: inout UInt32?, _ target: inout [UInt8]?, _ pattern: ByteView
  ) throws(EvaluationError) {
    guard let code = source, let bytes = target else { throw Self.malformed(pattern) }
    targets[code] = bytes
    source = nil
    target = nil
  }

  private static func malformed(_ pattern: ByteView) -> EvaluationError {
    EvaluationError(
      "ReplaceChars: \(Quoted(pattern)) is not a list of character:replacement, separated by commas"
    )
  }

  /// A copy of `text` with the characters replaced.
  func apply(to text: ByteView, _ arena: ByteArena) throws(EvaluationError) -> ByteView {
    var bytes: [UInt8] = []
    var index = 0
    while index < text.count {
      let character = Text.character(text, at: index)
      if let target = targets[character.code] {
        bytes.append(contentsOf: target)
      } else {
        Text.append(character.code, to: &bytes)
      }
      index += character.length
    }
    try TextFunctions.checkSize(bytes.count, "ReplaceChars")
    return arena.copy(bytes)
  }
}
