import LDIF

/// A small made-up forest with any mixture of what rules find fault with.
///
/// Values are put together from few parts, so that objects meet each other's values all the time,
/// before a repair and through one.
struct Forest {
  /// The objects of each source.
  var sources: [[ContentRecord]]

  /// A forest of given objects.
  init(sources: [[ContentRecord]]) { self.sources = sources }

  /// The forest number `seed`: up to 60 objects, mostly few.
  init(seed: Int) {
    var random = Randomness(seed: seed)
    let count = random.happens(2) ? random.number(20..<61) : random.number(5..<9)
    let sourceCount = random.number(1..<4)
    var person = Person(&random)
    sources = (0..<sourceCount).map { source in
      (0..<max(2, count / sourceCount)).map { _ in person.next(source: source, &random) }
    }
    Knots.tie(into: &sources, &random)
  }

  /// The forest as a directory keeps it, where no attribute has a value twice, however it is spelled.
  var asKept: Forest {
    var result = self
    for source in sources.indices {
      for index in sources[source].indices {
        for place in sources[source][index].attributes.indices {
          var known: Set<[UInt8]> = []
          result.sources[source][index].attributes[place].values.removeAll {
            !known.insert($0.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }).inserted
          }
        }
      }
    }
    return result
  }

  /// The same objects in another order, in the same sources.
  func shuffled(seed: Int) -> Forest {
    var random = Randomness(seed: seed)
    var result = self
    for index in result.sources.indices {
      result.sources[index] = random.shuffled(result.sources[index])
    }
    return result
  }
}
