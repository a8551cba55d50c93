import Bytes
import Directory

/// `length`: a part that is too long or too short, in UTF-16 units (as Windows counts) or bytes.
struct LengthCheck: Sendable {
  var max: Int
  var min: Int
  var countsBytes: Bool

  @inline(__always)
  func fires(_ part: ByteView) -> Bool {
    // A text never has more UTF-16 units than bytes, so most values need no counting.
    if part.count <= max, min == 0 { return false }
    let length = countsBytes ? part.count : UnicodeText.utf16Count(part)
    return length > max || length < min
  }

  func explain(_ part: ByteView) -> Explanation {
    let length = countsBytes ? part.count : UnicodeText.utf16Count(part)
    let limit = length > max ? max : min
    return Explanation(facts: [.length: String(length), .limit: String(limit)])
  }
}
