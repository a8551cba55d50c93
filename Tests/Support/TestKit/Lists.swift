/// Every list of up to `count` elements of `alphabet`, repetitions included, the shorter ones first.
package func lists<Element>(of alphabet: [Element], upTo count: Int) -> [[Element]] {
  var all: [[Element]] = [[]]
  var longest: [[Element]] = [[]]
  for _ in 0..<count {
    longest = longest.flatMap { list in alphabet.map { list + [$0] } }
    all += longest
  }
  return all
}
