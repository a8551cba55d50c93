import Bytes

/// `size`: a binary value that is too large or not of the one size that it should have.
struct SizeCheck: Sendable {
  var max: Int?
  var exactly: Int?

  @inline(__always)
  func fires(_ value: ByteView) -> Bool {
    if let max, value.count > max { return true }
    if let exactly, value.count != exactly { return true }
    return false
  }

  func explain(_ value: ByteView) -> Explanation {
    Explanation(facts: [
      .length: String(value.count), .limit: String(exactly ?? max ?? 0),
    ])
  }
}
