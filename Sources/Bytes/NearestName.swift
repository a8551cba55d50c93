/// Finds the name that was meant where one is written that does not exist.
public enum NearestName {
  /// Longer words are no slip of the pen, and comparing them would take long.
  private static let maximumLength = 64

  /// The candidate with the fewest changed letters, if that is no more than about a third of them;
  /// the first of several in the order of their names. Case does not count.
  public static func of(_ word: String, in candidates: some Sequence<String>) -> String? {
    of(word, in: candidates) { max(1, max($0, $1) * 2 / 5) }
  }

  /// The candidate with the fewest changed letters, if that is no more than `limit` says for the numbers
  /// of letters of the word and of the candidate.
  public static func of(
    _ word: String, in candidates: some Sequence<String>, limit: (Int, Int) -> Int
  ) -> String? {
    let wanted = Array(word.lowercased().unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= maximumLength else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let letters = Array(candidate.lowercased().unicodeScalars)
      let limit = limit(wanted.count, letters.count)
      guard letters.count <= maximumLength, abs(letters.count - wanted.count) <= limit else {
        continue
      }
      let distance = distance(wanted, letters)
      guard distance <= limit else { continue }
      if let best, (best.distance, best.name) <= (distance, candidate) { continue }
      best = (candidate, distance)
    }
    return best?.name
  }

  /// A limit for `of`: a third of the word's letters, at least one.
  public static func third(_ word: Int, _ candidate: Int) -> Int { max(word, 3) / 3 }

  /// What an error adds to "unknown name": the nearest candidate, else all when they are few.
  public static func hint(_ word: String, in candidates: [String]) -> String {
    if let nearest = of(word, in: candidates) { return "; did you mean \"\(nearest)\"?" }
    guard !candidates.isEmpty, candidates.count <= 12 else { return "" }
    return "; there are: " + candidates.joined(separator: ", ")
  }

  /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
  static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in 1...left.count {
      var current = [row]
      for column in 1...right.count {
        let replaced = last[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
        var cost = min(replaced, last[column] + 1, current[column - 1] + 1)
        if row > 1, column > 1, left[row - 1] == right[column - 2],
          left[row - 2] == right[column - 1]
        {
          cost = min(cost, beforeLast[column - 2] + 1)
        }
        current.append(cost)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
