/// Just enough BER (ITU-T X.690) to speak LDAP by hand.
package enum BER {
  package static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    var length: [UInt8] = []
    if content.count < 0x80 {
      length = [UInt8(content.count)]
    } else {
      var rest = content.count
      while rest > 0 {
        length.insert(UInt8(rest & 0xFF), at: 0)
        rest >>= 8
      }
      length.insert(0x80 | UInt8(length.count), at: 0)
    }
    return [tag] + length + content
  }

  package static func text(_ text: String, tag: UInt8 = 4) -> [UInt8] {
    element(tag, Array(text.utf8))
  }

  package static func integer(_ number: Int, tag: UInt8 = 2) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = number
    repeat {
      bytes.insert(UInt8(rest & 0xFF), at: 0)
      rest >>= 8
    } while rest > 0
    if bytes[0] >= 0x80 { bytes.insert(0, at: 0) }
    return element(tag, bytes)
  }

  package static func sequence(_ parts: [UInt8]..., tag: UInt8 = 0x30) -> [UInt8] {
    element(tag, parts.flatMap(\.self))
  }

  /// Takes the element at the front off `bytes`; nil when there is no whole one.
  package static func next(_ bytes: inout ArraySlice<UInt8>) -> (
    tag: UInt8, content: ArraySlice<UInt8>
  )? {
    var rest = bytes
    guard let tag = rest.popFirst(), let first = rest.popFirst() else { return nil }
    var length = Int(first)
    if first >= 0x80 {
      let digits = Int(first & 0x7F)
      guard digits <= 4, rest.count >= digits else { return nil }
      length = rest.prefix(digits).reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(digits)
    }
    guard rest.count >= length else { return nil }
    bytes = rest.dropFirst(length)
    return (tag, rest.prefix(length))
  }

  package static func number(_ content: ArraySlice<UInt8>) -> Int {
    content.reduce(0) { $0 << 8 | Int($1) }
  }
  package static func string(_ content: ArraySlice<UInt8>) -> String {
    String(decoding: content, as: UTF8.self)
  }
}
