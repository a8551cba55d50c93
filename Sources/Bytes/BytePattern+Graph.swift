extension BytePattern {
  /// A pattern as a nondeterministic automaton (Thompson's construction).
  struct Graph {
    enum Node {
      case accept
      /// Consumes a character of a set.
      case set(Int, next: Int)
      case split(Int, Int)
      case textStart(next: Int)
      case textEnd(next: Int)
    }

    /// Bounds the copies that nested `{m,n}` make, and with them the time to compile.
    static let maxSize = 5_000

    private(set) var nodes: [Node] = [.accept]
    private(set) var sets: [Characters] = []
    private(set) var start = 0
    static let accept = 0

    private var setNumbers: [Characters: Int] = [:]
    private var steps = 0
    private let pattern: String

    init(_ tree: Tree, pattern: String) throws(BytePatternError) {
      self.pattern = pattern
      start = try add(tree, next: Self.accept)
    }

    private mutating func add(_ node: Node) -> Int {
      nodes.append(node)
      return nodes.count - 1
    }

    /// Adds `tree` in front of the node `next`; returns where it begins.
    private mutating func add(_ tree: Tree, next: Int) throws(BytePatternError) -> Int {
      // Steps and not nodes are counted, because copies of an empty group make no nodes.
      steps += 1
      guard steps <= Self.maxSize else {
        throw BytePatternError(
          pattern: pattern, position: 1, reason: "too large; use fewer or smaller repetitions")
      }
      switch tree {
      case .set(let set): return add(.set(number(of: set), next: next))
      case .textStart: return add(.textStart(next: next))
      case .textEnd: return add(.textEnd(next: next))
      case .sequence(let items):
        var next = next
        for item in items.reversed() { next = try add(item, next: next) }
        return next
      case .choice(let branches):
        var entry = try add(branches[branches.count - 1], next: next)
        for branch in branches.dropLast().reversed() {
          entry = add(.split(try add(branch, next: next), entry))
        }
        return entry
      case .repeated(let item, let min, let max):
        return try addRepeated(item, min: min, max: max, next: next)
      }
    }

    private mutating func addRepeated(
      _ item: Tree, min: Int, max: Int?, next: Int
    ) throws(BytePatternError) -> Int {
      var entry = next
      if let max {
        for _ in min..<max { entry = add(.split(try add(item, next: entry), next)) }
      } else {
        entry = add(.split(next, next))
        nodes[entry] = .split(try add(item, next: entry), next)
      }
      for _ in 0..<min { entry = try add(item, next: entry) }
      return entry
    }

    private mutating func number(of set: Characters) -> Int {
      if let number = setNumbers[set] { return number }
      sets.append(set)
      setNumbers[set] = sets.count - 1
      return sets.count - 1
    }
  }
}
