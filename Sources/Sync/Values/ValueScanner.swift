import Bytes
import Directory

/// Looks at every byte of a value once: its type, where its `@` is, and what screens ask of its bytes.
///
/// The tables are in memory of their own, because every value of every object goes through them.
@safe
public final class ValueScanner {
  private static let separator: UInt64 = 1 << 63
  private static let nonASCII: UInt64 = 1 << 62
  private static let whiteSpace: UInt64 = 1 << 61
  private static let atSign: UInt64 = 1 << 60
  private static let own = separator | nonASCII | whiteSpace | atSign

  private let bytes: UnsafeMutablePointer<UInt64>
  /// The names of the types as eight bytes each, padded with zeros; 0 for a longer name.
  private let typeNames: UnsafeMutablePointer<UInt64>
  private let typeCount: Int
  private let types: AddressTypes

  init(types: AddressTypes, screens: ByteScreens) {
    self.types = types
    unsafe bytes = .allocate(capacity: 256)
    for byte in UInt8.min...UInt8.max {
      var word = screens.table[Int(byte)]
      if byte == 0x2E || byte == 0x40 { word |= Self.separator }
      if byte == 0x40 { word |= Self.atSign }
      if byte >= 0x80 { word |= Self.nonASCII }
      if byte.isASCIIWhiteSpace { word |= Self.whiteSpace }
      unsafe (bytes + Int(byte)).initialize(to: word)
    }
    typeCount = types.names.count
    unsafe typeNames = .allocate(capacity: max(1, typeCount))
    for (index, name) in types.names.enumerated() {
      let word = name.count > 8 ? 0 : name.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      unsafe (typeNames + index).initialize(to: word)
    }
  }

  deinit {
    unsafe bytes.deallocate()
    unsafe typeNames.deallocate()
  }

  /// How the values of an attribute are read.
  struct Form: OptionSet {
    let rawValue: UInt8
    /// They have `type:` prefixes.
    static let typed = Form(rawValue: 1)
    /// Connect takes white space off their ends before anything else.
    static let trimmed = Form(rawValue: 2)
  }

  /// `value`, of an attribute of `form`, split and scanned.
  @inline(__always)
  func scan(_ value: ByteView, _ form: Form) -> ScannedValue {
    var prefix = Prefix(length: 0, bit: AddressTypes.noneBit, isPrimary: false)
    if form.contains(.typed) { prefix = self.prefix(of: value) }
    let body = unsafe ByteView(
      base: value.unsafeBase + prefix.length, count: value.count &- prefix.length)
    let seen = seen(body)
    // White space before a type keeps it from being one, so that it is in the body.
    if seen.bits & (Self.whiteSpace | Self.nonASCII) != 0, form.contains(.trimmed),
      let inner = Self.trimmed(value)
    {
      return scanTrimmed(inner, form)
    }
    // With several "@" a part may hold one that the filter takes for the separator.
    return ScannedValue(
      value: value, body: body, typeBit: prefix.bit, isPrimary: prefix.isPrimary, at: seen.at,
      atCount: seen.atCount, suspects: seen.atCount > 1 ? .max : seen.bits & ~Self.own,
      traits: seen.traits)
  }

  /// `value`, from whose ends white space was taken.
  @inline(never)
  private func scanTrimmed(_ value: ByteView, _ form: Form) -> ScannedValue {
    var scanned = scan(value, form.subtracting(.trimmed))
    scanned.traits.insert(.trimmed)
    return scanned
  }

  /// `value` without white space at its ends; nil when there is none.
  private static func trimmed(_ value: ByteView) -> ByteView? {
    let inner = UnicodeText.withoutOuterWhiteSpace(value)
    return inner.count == value.count ? nil : inner
  }

  // MARK: Types

  private struct Prefix {
    /// With the colon.
    var length: Int
    var bit: UInt32
    var isPrimary: Bool
  }

  private static let smtp: UInt32 = 0x7074_6D73
  private static let capitalSMTP: UInt32 = 0x5054_4D53

  @inline(__always)
  private func prefix(of value: ByteView) -> Prefix {
    if value.count > 4, unsafe value.unsafeBase[4] == 0x3A {
      let word = unsafe UnsafeRawPointer(value.unsafeBase).loadUnaligned(as: UInt32.self)
      if UInt32(littleEndian: word) | 0x2020_2020 == Self.smtp {
        return Prefix(
          length: 5, bit: AddressTypes.smtpBit,
          isPrimary: UInt32(littleEndian: word) == Self.capitalSMTP)
      }
    }
    return otherPrefix(of: value)
  }

  private func otherPrefix(of value: ByteView) -> Prefix {
    guard let colon = types.prefixEnd(value) else {
      return Prefix(length: 0, bit: AddressTypes.noneBit, isPrimary: false)
    }
    let name = value.upTo(colon)
    return Prefix(length: colon + 1, bit: bit(name), isPrimary: types.isPrimary(name))
  }

  private func bit(_ name: ByteView) -> UInt32 {
    guard name.count <= 8 else { return types.bit(name) }
    var word: UInt64 = 0
    for index in 0..<name.count {
      word |= unsafe UInt64(name.unsafeBase[index].asciiLowercased) &<< UInt64(index &* 8)
    }
    for index in 0..<typeCount where unsafe typeNames[index] == word {
      return 4 &<< UInt32(index)
    }
    return AddressTypes.unnamedBit
  }

  // MARK: Bytes

  private struct Seen {
    var bits: UInt64
    var at: Int
    var atCount: Int
    var traits: ValueTraits
  }

  @inline(__always)
  private func seen(_ body: ByteView) -> Seen {
    var bits: UInt64 = 0
    // The ends count as separators, so that a dot beside one is seen.
    var previous = Self.separator
    var pairs: UInt64 = 0
    let base = unsafe body.unsafeBase
    for index in 0..<body.count {
      let word = unsafe bytes[Int(base[index])]
      bits |= word
      pairs |= word & previous
      previous = word
    }
    pairs |= previous
    var traits: ValueTraits = []
    if pairs & Self.separator != 0 { traits.insert(.misplacedDot) }
    if bits & Self.nonASCII != 0 { traits.insert(.nonASCII) }
    if bits & Self.whiteSpace != 0 { traits.insert(.whiteSpace) }
    let at = bits & Self.atSign == 0 ? (last: -1, count: 0) : Self.findAt(body)
    return Seen(bits: bits, at: at.last, atCount: at.count, traits: traits)
  }

  /// The last `@` of `body`, which has one, and how many there are. Looking for it apart from the rest
  /// is faster than asking at each byte.
  @inline(__always)
  private static func findAt(_ body: ByteView) -> (last: Int, count: Int) {
    var (last, count) = (-1, 0)
    while let next = body.firstIndex(of: 0x40, from: last &+ 1) {
      last = next
      count &+= 1
    }
    return (last, count)
  }
}
