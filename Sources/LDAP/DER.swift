/// One element of DER (ITU-T X.690), as far as reading a certificate takes.
struct DER {
  /// The identifier octet.
  var tag: UInt8
  /// What is in it.
  var content: ArraySlice<UInt8>

  static let sequence: UInt8 = 0x30
  static let set: UInt8 = 0x31
  static let objectIdentifier: UInt8 = 0x06
  static let octetString: UInt8 = 0x04
  static let utcTime: UInt8 = 0x17
  static let generalizedTime: UInt8 = 0x18

  /// The element at the start of `bytes`, which is cut down to what follows it; nil when there is no
  /// whole one.
  init?(_ bytes: inout ArraySlice<UInt8>) {
    var rest = bytes
    guard let tag = rest.popFirst(), let first = rest.popFirst() else { return nil }
    var length = Int(first)
    if first >= 0x80 {
      let digits = Int(first & 0x7F)
      guard digits >= 1, digits <= 4, rest.count >= digits else { return nil }
      length = rest.prefix(digits).reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(digits)
    }
    guard length <= rest.count else { return nil }
    self.tag = tag
    content = rest.prefix(length)
    bytes = rest.dropFirst(length)
  }

  /// The elements inside, as far as they are whole.
  var children: [DER] {
    var rest = content
    var result: [DER] = []
    while let child = DER(&rest) { result.append(child) }
    return result
  }

  /// The content as text; Latin letters of any string type come out right.
  var text: String { String(decoding: content, as: UTF8.self) }
}
