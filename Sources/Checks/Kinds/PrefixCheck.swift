import Bytes

/// `prefix`: an address without its `type:`, or with one of the types named.
struct PrefixCheck: Sendable {
  var requires: Bool
  var forbidden: UInt32

  @inline(__always)
  func fires(_ value: ScannedValue) -> Bool {
    if value.typeBit == AddressTypes.noneBit { return requires && !value.value.isEmpty }
    return value.typeBit & forbidden != 0
  }

  /// Whether it may fire on a value of the type with `typeBit`.
  func fires(onType typeBit: UInt32) -> Bool {
    typeBit == AddressTypes.noneBit ? requires : typeBit & forbidden != 0
  }

  func explain(_ value: ScannedValue) -> Explanation {
    let length = value.value.count - value.body.count
    guard length > 0 else { return Explanation() }
    return Explanation(facts: [.type: value.value.upTo(length - 1).string])
  }
}
