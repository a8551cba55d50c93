import Bytes

/// The 16 bytes of objectGUID and mS-DS-ConsistencyGuid (MS-DTYP §2.3.4.2): as Active Directory
/// stores them, the first three fields have their least significant byte first.
public struct ObjectGUID: Hashable, Sendable {
  private var bytes: SIMD16<UInt8>

  /// Which stored byte stands at each place of the text.
  private static let order = SIMD16<UInt8>(3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15)

  /// The GUID with the stored bytes `bytes`; nil unless there are 16.
  public init?(bytes: ByteView) {
    guard bytes.count == 16 else { return nil }
    self.bytes = SIMD16()
    for index in 0..<16 { self.bytes[index] = bytes[index] }
  }

  /// The GUID that Windows writes as `text`, in either case, with or without braces; nil when it is
  /// something else.
  public init?(text: ByteView) {
    var digits = text
    if text.count == 38 {
      guard text[0] == UInt8(ascii: "{"), text[37] == UInt8(ascii: "}") else { return nil }
      digits = text[1..<37]
    }
    guard digits.count == 36 else { return nil }
    bytes = SIMD16()
    var offset = 0
    for place in 0..<16 {
      if ObjectGUID.hasHyphenBefore(place) {
        guard digits[offset] == UInt8(ascii: "-") else { return nil }
        offset += 1
      }
      guard let high = digits[offset].asciiHexadecimalValue,
        let low = digits[offset + 1].asciiHexadecimalValue
      else { return nil }
      bytes[Int(ObjectGUID.order[place])] = high << 4 | low
      offset += 2
    }
  }

  /// The bytes as they are stored.
  public var storedBytes: [UInt8] { (0..<16).map { bytes[$0] } }

  /// The text as Windows writes it, in small letters, without braces.
  public var text: String {
    unsafe String(unsafeUninitializedCapacity: 36) { target in
      var end = 0
      for place in 0..<16 {
        if ObjectGUID.hasHyphenBefore(place) {
          unsafe target[end] = UInt8(ascii: "-")
          end += 1
        }
        let byte = bytes[Int(ObjectGUID.order[place])]
        unsafe target[end] = (byte >> 4).asciiHexadecimalDigit
        unsafe target[end + 1] = (byte & 0xF).asciiHexadecimalDigit
        end += 2
      }
      return end
    }
  }

  /// The text in `arena`.
  public func text(into arena: ByteArena) -> ByteView {
    arena.write(capacity: 36) { write(to: &$0) }
  }

  private func write(to sink: inout some ByteSink) {
    for place in 0..<16 {
      if ObjectGUID.hasHyphenBefore(place) { sink.append(UInt8(ascii: "-")) }
      sink.append(hexadecimal: bytes[Int(ObjectGUID.order[place])])
    }
  }

  private static func hasHyphenBefore(_ place: Int) -> Bool {
    place == 4 || place == 6 || place == 8 || place == 10
  }
}
