internal import Bytes

/// The `range` option of an attribute description: Active Directory's way of handing out many values
/// in portions (MS-ADTS §3.1.1.3.1.3.3), `member;range=0-1499`.
struct RangeOption: Equatable {
  /// The description without the option.
  var attribute: [UInt8]
  /// The number of the first value.
  var first: Int
  /// The number of the last value; nil when these are all that are left.
  var last: Int?

  /// The range in `description`, or nil when it has none.
  init?(_ description: ByteView) {
    let semicolon = UInt8(ascii: ";")
    guard description.contains(semicolon) else { return nil }
    var kept: [[UInt8]] = []
    var range: (Int, Int?)?
    for option in description.split(separator: semicolon, omittingEmptySubsequences: false) {
      let text = Array(option)
      if range == nil, !kept.isEmpty, let found = Self.bounds(text) {
        range = found
      } else {
        kept.append(text)
      }
    }
    guard let range else { return nil }
    attribute = Array(kept.joined(separator: [semicolon]))
    (first, last) = range
  }

  /// The bounds in `range=0-1499` or `range=1500-*`.
  private static func bounds(_ option: [UInt8]) -> (Int, Int?)? {
    let text = String(decoding: option, as: UTF8.self).lowercased()
    guard text.hasPrefix("range=") else { return nil }
    let ends = text.dropFirst("range=".count).split(
      separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let first = Int(ends[0]), first >= 0 else { return nil }
    if ends[1] == "*" { return (first, nil) }
    guard let last = Int(ends[1]), last >= first, last < Int.max else { return nil }
    return (first, last)
  }
}
