extension BytePattern {
  /// A pattern as a deterministic automaton.
  ///
  /// The table has a row for each state with a column for each ASCII character, then one for each
  /// class of characters, then one for the end of the text. Its entries are the starts of rows, so
  /// that a step is one addition and one load.
  struct Automaton: Sendable {
    static let maxStates = 1_000
    /// Bounds the nodes that are looked at while compiling, to about a second.
    static let maxVisits = 50_000_000
    /// The row from which nothing can match.
    static let dead: UInt32 = 0

    let alphabet: Alphabet
    let stride: Int
    private(set) var table: [UInt32]
    /// The row after a match, whatever follows.
    let matched: UInt32
    /// The row at the begin of the text.
    private(set) var initial: UInt32

    static let firstClassColumn = 128
    var endColumn: Int { stride - 1 }

    init(_ graph: Graph, extent: Extent, pattern: String) throws(BytePatternError) {
      alphabet = Alphabet(graph.sets)
      stride = Self.firstClassColumn + alphabet.classCount + 1
      matched = UInt32(stride)
      table = [UInt32](repeating: Self.dead, count: stride)
      table += [UInt32](repeating: matched, count: stride)
      initial = Self.dead
      var subsets = Subsets(graph, extent: extent)
      initial = row(subsets.first())
      var done = 0
      while done < subsets.states.count {
        try addRow(done, &subsets, pattern)
        done += 1
      }
    }

    private func row(_ state: Subsets.Target) -> UInt32 {
      switch state {
      case .dead: Self.dead
      case .matched: matched
      case .state(let number): UInt32((number + 2) * stride)
      }
    }

    private mutating func addRow(
      _ number: Int, _ subsets: inout Subsets, _ pattern: String
    ) throws(BytePatternError) {
      let start = table.count
      table += [UInt32](repeating: Self.dead, count: stride)
      if subsets.acceptsAtEnd(number) { table[start + endColumn] = matched }
      for index in 0..<alphabet.classCount {
        let target = subsets.step(number) { alphabet.members[$0][index] }
        table[start + Self.firstClassColumn + index] = row(target)
      }
      for byte in 0..<Self.firstClassColumn {
        let column = Self.firstClassColumn + alphabet.classOf(UInt32(byte))
        table[start + byte] = table[start + column]
      }
      var fault: String?
      if subsets.visits > Self.maxVisits { fault = "too complex" }
      if subsets.states.count > Self.maxStates {
        fault = "needs more than \(Self.maxStates) states"
      }
      if let fault {
        throw BytePatternError(
          pattern: pattern, position: 1, reason: "\(fault); use fewer or smaller repetitions")
      }
    }

    /// Whether `text` matches.
    func matches(_ text: ByteView) -> Bool {
      unsafe table.withUnsafeBufferPointer { table in
        var row = Int(initial)
        let matched = Int(matched)
        var index = 0
        while index < text.count {
          if row <= matched { return row == matched }
          let byte = unsafe text.unsafeBase[index]
          if byte < 0x80 {
            row = unsafe Int(table[row &+ Int(byte)])
            index &+= 1
          } else {
            let (character, length) = BytePattern.decode(text, at: index)
            let column = Self.firstClassColumn &+ alphabet.classOf(character)
            row = unsafe Int(table[row &+ column])
            index &+= length
          }
        }
        return unsafe table[row &+ endColumn] != Self.dead
      }
    }
  }

  /// The states of the deterministic automaton as sets of nodes of the graph.
  struct Subsets {
    enum Target {
      case dead
      case matched
      case state(Int)
    }

    private let graph: Graph
    private let extent: Extent
    /// For each state its nodes in ascending order, but for those that were only passed through.
    private(set) var states: [[Int]] = []
    private var numbers: [[Int]: Int] = [:]
    /// The last closure that reached each node.
    private var marks: [Int]
    private var closures = 0
    /// The nodes looked at so far.
    private(set) var visits = 0

    init(_ graph: Graph, extent: Extent) {
      self.graph = graph
      self.extent = extent
      marks = [Int](repeating: 0, count: graph.nodes.count)
    }

    /// The state at the begin of the text, which no step leads back to.
    mutating func first() -> Target {
      let nodes = closure([graph.start], atStart: true, atEnd: false)
      if extent == .anywhere, nodes.contains(Graph.accept) { return .matched }
      states.append(nodes)
      return .state(0)
    }

    /// The state after `number` and a character that is in the sets for which `isIn` is true.
    mutating func step(_ number: Int, isIn: (Int) -> Bool) -> Target {
      var seeds: [Int] = extent == .anywhere ? [graph.start] : []
      for node in states[number] {
        if case .set(let set, let next) = graph.nodes[node], isIn(set) { seeds.append(next) }
      }
      let nodes = closure(seeds, atStart: false, atEnd: false)
      if nodes.isEmpty { return .dead }
      if extent == .anywhere, nodes.contains(Graph.accept) { return .matched }
      if let known = numbers[nodes] { return .state(known) }
      states.append(nodes)
      numbers[nodes] = states.count - 1
      return .state(states.count - 1)
    }

    /// Whether a text that ends in this state matches.
    mutating func acceptsAtEnd(_ number: Int) -> Bool {
      closure(states[number], atStart: number == 0, atEnd: true).contains(Graph.accept)
    }

    /// The nodes that consume, accept or wait for the end, as far as reached without a character.
    private mutating func closure(_ seeds: [Int], atStart: Bool, atEnd: Bool) -> [Int] {
      closures += 1
      var pending = seeds
      var result: [Int] = []
      while let node = pending.popLast() {
        guard marks[node] != closures else { continue }
        marks[node] = closures
        visits += 1
        switch graph.nodes[node] {
        case .accept, .set: result.append(node)
        case .split(let first, let second):
          pending.append(first)
          pending.append(second)
        case .textStart(let next): if atStart { pending.append(next) }
        case .textEnd(let next): if atEnd { pending.append(next) } else { result.append(node) }
        }
      }
      return result.sorted()
    }
  }
}
