extension BytePattern {
  /// A pattern as a tree.
  indirect enum Tree: Sendable {
    case set(Characters)
    case textStart
    case textEnd
    case sequence([Tree])
    case choice([Tree])
    case repeated(Tree, min: Int, max: Int?)
  }

  /// Reads a pattern by recursive descent.
  struct Parser {
    static let maxLength = 2_000
    static let maxRepeat = 256
    static let maxDepth = 100

    private let pattern: String
    private let scalars: [Unicode.Scalar]
    private let ignoringCase: Bool
    private var index = 0
    private var depth = 0

    init(_ pattern: String, ignoringCase: Bool) {
      self.pattern = pattern
      scalars = Array(pattern.unicodeScalars)
      self.ignoringCase = ignoringCase
    }

    mutating func parse() throws(BytePatternError) -> Tree {
      guard scalars.count <= Self.maxLength else {
        throw error("longer than \(Self.maxLength) characters")
      }
      let tree = try choice()
      if index < scalars.count {
        throw error("\")\" without \"(\"; write \"\\)\" for the character")
      }
      return tree
    }

    private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private func error(_ reason: String, at position: Int? = nil) -> BytePatternError {
      BytePatternError(pattern: pattern, position: (position ?? index) + 1, reason: reason)
    }

    // MARK: Structure

    private mutating func choice() throws(BytePatternError) -> Tree {
      var branches = [try sequence()]
      while next == "|" {
        index += 1
        branches.append(try sequence())
      }
      return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(BytePatternError) -> Tree {
      var items: [Tree] = []
      while let scalar = next, scalar != "|", scalar != ")" {
        let item = try atom()
        items.append(try quantified(item))
      }
      return items.count == 1 ? items[0] : .sequence(items)
    }

    private mutating func atom() throws(BytePatternError) -> Tree {
      let scalar = scalars[index]
      switch scalar {
      case "(": return try group()
      case "[":
        index += 1
        return .set(try characterClass())
      case "*", "+", "?", "{":
        throw error("nothing to repeat; write \"\\\(scalar)\" for the character")
      case "]", "}": throw error("\"\(scalar)\" closes nothing; write \"\\\(scalar)\"")
      case "\\": return .set(folded(try escape()))
      default: break
      }
      index += 1
      switch scalar {
      case "^": return .textStart
      case "$": return .textEnd
      case ".": return .set(.anyButLineFeed)
      default: return .set(folded(Characters([scalar.value...scalar.value])))
      }
    }

    private func folded(_ set: Characters) -> Characters { ignoringCase ? set.foldingCase : set }

    private mutating func group() throws(BytePatternError) -> Tree {
      let start = index
      guard depth < Self.maxDepth else { throw error("more than \(Self.maxDepth) nested groups") }
      depth += 1
      defer { depth -= 1 }
      index += 1
      if next == "?" {
        guard index + 1 < scalars.count, scalars[index + 1] == ":" else {
          throw error("only \"(?:\" is supported after \"(\"")
        }
        index += 2
      }
      let tree = try choice()
      guard next == ")" else { throw error("\"(\" without \")\"", at: start) }
      index += 1
      return tree
    }

    // MARK: Quantifiers

    private mutating func quantified(_ item: Tree) throws(BytePatternError) -> Tree {
      guard let scalar = next, "*+?{".unicodeScalars.contains(scalar) else { return item }
      switch item {
      case .textStart, .textEnd: throw error("an anchor cannot be repeated")
      default: break
      }
      let (min, max) = try quantifier()
      if let after = next, "*+?{".unicodeScalars.contains(after) {
        throw error("a quantifier after a quantifier; lazy and possessive ones are not supported")
      }
      return .repeated(item, min: min, max: max)
    }

    private mutating func quantifier() throws(BytePatternError) -> (min: Int, max: Int?) {
      let start = index
      index += 1
      switch scalars[start] {
      case "*": return (0, nil)
      case "+": return (1, nil)
      case "?": return (0, 1)
      default: break
      }
      let min = try number()
      var max: Int? = min
      if next == "," {
        index += 1
        max = next == "}" ? nil : try number()
      }
      guard next == "}" else { throw error("\"}\" expected") }
      if let max, max < min {
        throw error("the upper bound \(max) is below the lower bound \(min)", at: start)
      }
      index += 1
      return (min, max)
    }

    private mutating func number() throws(BytePatternError) -> Int {
      let start = index
      var value = 0
      while let scalar = next, ("0"..."9").contains(scalar) {
        value = value * 10 + Int(scalar.value - 0x30)
        guard value <= Self.maxRepeat else {
          throw error("more than \(Self.maxRepeat) repetitions", at: start)
        }
        index += 1
      }
      guard index > start else {
        throw error("a number expected; write \"\\{\" for the character \"{\"")
      }
      return value
    }

    // MARK: Characters

    /// The set after the `\` at `index`.
    private mutating func escape() throws(BytePatternError) -> Characters {
      let start = index
      index += 1
      guard let scalar = next else {
        throw error("nothing after \"\\\"; write \"\\\\\" for the character", at: start)
      }
      index += 1
      switch scalar {
      case "s": return .whiteSpace
      case "S": return Characters.whiteSpace.inverted
      case "d": return .digits
      case "D": return Characters.digits.inverted
      case "w": return .word
      case "W": return Characters.word.inverted
      case "t": return Characters([0x09...0x09])
      case "n": return Characters([0x0A...0x0A])
      case "r": return Characters([0x0D...0x0D])
      default: break
      }
      guard scalar.isASCII, scalar.value >= 0x20, !Characters.word.contains(scalar.value) else {
        throw error("the escape \"\\\(scalar)\" is not supported", at: start)
      }
      return Characters([scalar.value...scalar.value])
    }

    /// The class whose `[` is behind.
    private mutating func characterClass() throws(BytePatternError) -> Characters {
      let start = index - 1
      let isNegated = next == "^"
      if isNegated { index += 1 }
      let first = index
      var ranges: [ClosedRange<UInt32>] = []
      while next != "]" {
        guard index < scalars.count else { throw error("\"[\" without \"]\"", at: start) }
        if next == "-", index != first, !isFollowedByClassEnd {
          throw error("write \"\\-\" for a hyphen inside a class")
        }
        ranges += try classMember()
      }
      guard index > first else {
        throw error("an empty class; write \"\\]\" for the character \"]\"", at: start)
      }
      index += 1
      let set = folded(Characters(ranges))
      return isNegated ? set.inverted : set
    }

    private var isFollowedByClassEnd: Bool {
      index + 1 < scalars.count && scalars[index + 1] == "]"
    }

    private mutating func classMember() throws(BytePatternError) -> [ClosedRange<UInt32>] {
      let start = index
      let low = try classCharacters()
      guard next == "-", !isFollowedByClassEnd else { return low.ranges }
      index += 1
      guard index < scalars.count else { return low.ranges }
      let high = try classCharacters()
      guard let from = Self.single(low), let to = Self.single(high) else {
        throw error("a range needs a character on both sides", at: start)
      }
      guard from <= to else { throw error("the range runs backwards", at: start) }
      return [from...to]
    }

    private static func single(_ set: Characters) -> UInt32? {
      guard set.ranges.count == 1, set.ranges[0].count == 1 else { return nil }
      return set.ranges[0].lowerBound
    }

    private mutating func classCharacters() throws(BytePatternError) -> Characters {
      let scalar = scalars[index]
      if scalar == "\\" { return try escape() }
      if scalar == "[" { throw error("write \"\\[\" for the character inside a class") }
      index += 1
      return Characters([scalar.value...scalar.value])
    }
  }
}
