import Bytes
import Directory
import RulePacks

/// One value as the checks look at it: split once into the parts that rules name.
struct CheckedValue {
  /// The whole value.
  let value: ByteView
  /// After the `type:` prefix; the whole value where the attribute has no types.
  let body: ByteView
  /// The bit of its address type in the rule set's list of types.
  let typeBit: UInt32
  /// Whether the type is in capitals.
  let isPrimary: Bool
  /// The position of the last `@` in `body`, or -1.
  let at: Int
  /// How many `@` there are in `body`.
  let atCount: Int
  /// For each of the rule set's prefilters whether some byte of `body` may be at fault.
  let suspects: UInt64

  @inline(__always)
  init(_ value: ByteView, isTyped: Bool, types: AddressTypes, prefilter: CharacterPrefilter) {
    self.value = value
    var body = value
    var bit = AddressTypes.noneBit
    var isPrimary = false
    if isTyped, let colon = types.prefixEnd(value) {
      let name = value.upTo(colon)
      body = value.from(colon &+ 1)
      bit = types.bit(name)
      isPrimary = types.isPrimary(name)
    }
    self.body = body
    typeBit = bit
    self.isPrimary = isPrimary
    (suspects, at, atCount) = prefilter.scan(body)
  }

  /// What stands before the last `@`, without white space at the value's start: Connect trims it.
  @inline(__always)
  var localPart: ByteView { body.upTo(at).trimmed }

  /// What stands after the last `@`, without white space at the value's end.
  @inline(__always)
  var domainPart: ByteView { body.from(at &+ 1).trimmed }

  /// The part of the value, or nil when it lacks it.
  @inline(__always)
  func part(_ part: ValuePart) -> ByteView? {
    switch part {
    case .value: value
    case .address: body
    case .local: at < 0 ? nil : body.upTo(at)
    case .domain: at < 0 ? nil : body.from(at &+ 1)
    }
  }
}

/// The address types that rules name, each with a bit.
struct AddressTypes: Sendable {
  /// No `type:` prefix.
  static let noneBit: UInt32 = 1
  /// A type that no rule names.
  static let unnamedBit: UInt32 = 2
  static let smtpBit: UInt32 = 4
  static let sipBit: UInt32 = 8

  private var names: [[UInt8]] = [Array("smtp".utf8), Array("sip".utf8)]

  /// The bits of the types called `types`, in lower case; all bits for an empty list.
  mutating func mask(_ types: [String]) -> UInt32 {
    types.isEmpty ? .max : types.reduce(0) { $0 | bit(named: $1) }
  }

  private mutating func bit(named name: String) -> UInt32 {
    if name == "none" { return Self.noneBit }
    let bytes = Array(name.utf8)
    if let index = names.firstIndex(of: bytes) { return 4 << UInt32(index) }
    guard names.count < 29 else { return Self.unnamedBit }
    names.append(bytes)
    return 4 << UInt32(names.count - 1)
  }

  /// The bit of the type written as `name`.
  @inline(__always)
  func bit(_ name: ByteView) -> UInt32 {
    if name.count == 4, name.equalsIgnoringASCIICase(ByteView("smtp")) { return Self.smtpBit }
    return slowBit(name)
  }

  private func slowBit(_ name: ByteView) -> UInt32 {
    for (index, known) in names.enumerated() where known.count == name.count {
      if known.withByteView({ $0.equalsIgnoringASCIICase(name) }) { return 4 << UInt32(index) }
    }
    return Self.unnamedBit
  }

  /// The position of the colon that ends a `type:` prefix, or nil when there is none.
  @inline(__always)
  func prefixEnd(_ value: ByteView) -> Int? {
    var index = 0
    while index < value.count {
      let byte = unsafe value.unsafeBase[index]
      if byte == 0x3A { return index > 0 ? index : nil }
      guard byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2D || byte == 0x2E || byte == 0x2B
      else { return nil }
      index &+= 1
    }
    return nil
  }

  /// Whether a type is in capitals, which makes the address the primary of its type.
  @inline(__always)
  func isPrimary(_ name: ByteView) -> Bool {
    var hasCapital = false
    for byte in name {
      if byte &- 0x61 < 26 { return false }
      if byte &- 0x41 < 26 { hasCapital = true }
    }
    return hasCapital
  }
}

/// One pass over the bytes of a value that tells most character rules that they need not look.
struct CharacterPrefilter: Sendable {
  /// For each byte the rules to which it may be at fault, a bit each.
  private var table = [UInt64](repeating: 0, count: 256)
  private var used = 0

  /// A bit that `scan` sets when some byte fails `mayFail`; 0, no filter, when there are too many.
  mutating func add(_ mayFail: (UInt8) -> Bool) -> UInt64 {
    guard used < 64 else { return 0 }
    let bit: UInt64 = 1 << UInt64(used)
    used += 1
    for byte in UInt8.min...UInt8.max where mayFail(byte) { table[Int(byte)] |= bit }
    return bit
  }

  /// The bits of all bytes of `body`, with where its last `@` is and how many there are.
  @inline(__always)
  func scan(_ body: ByteView) -> (suspects: UInt64, at: Int, atCount: Int) {
    var suspects: UInt64 = 0
    var at = -1
    var atCount = 0
    unsafe table.withUnsafeBufferPointer { table in
      for index in 0..<body.count {
        let byte = unsafe body.unsafeBase[index]
        suspects |= unsafe table[Int(byte)]
        if byte == 0x40 {
          at = index
          atCount &+= 1
        }
      }
    }
    // With several "@" a part may hold one that the filter takes for the separator.
    return (atCount > 1 ? .max : suspects, at, atCount)
  }
}
