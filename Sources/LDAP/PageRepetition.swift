/// Notices a server that sends the same pages for ever, whatever its cookies say.
///
/// One page is kept in mind, and another one at the 1st, 2nd, 4th, 8th … page (Brent's way to find a
/// cycle): however long the circle is, the page in mind comes again. No object is in a search's
/// result twice, so neither is a page.
struct PageRepetition {
  private var inMind: [[UInt8]] = []
  private var pages = 0
  private var next = 1

  /// Whether the page of which `ends` are the first and the last DN has been there before; false for
  /// a page of nothing.
  mutating func hasSeen(_ ends: [[UInt8]]) -> Bool {
    guard !ends.isEmpty else { return false }
    if ends == inMind { return true }
    pages += 1
    if pages == next {
      inMind = ends
      next *= 2
    }
    return false
  }
}
