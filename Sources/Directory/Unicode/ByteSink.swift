import Bytes

/// Something that takes bytes one after the other; the writers of this module are generic over it.
protocol ByteSink {
  mutating func append(_ byte: UInt8)
}

extension ByteSink {
  /// Appends the UTF-8 form of `scalar` (RFC 3629).
  @inline(__always)
  mutating func append(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    if value < 0x80 {
      append(UInt8(truncatingIfNeeded: value))
      return
    }
    if value < 0x800 {
      append(0xC0 | UInt8(truncatingIfNeeded: value >> 6))
    } else {
      if value < 0x10000 {
        append(0xE0 | UInt8(truncatingIfNeeded: value >> 12))
      } else {
        append(0xF0 | UInt8(truncatingIfNeeded: value >> 18))
        append(0x80 | UInt8(truncatingIfNeeded: value >> 12 & 0x3F))
      }
      append(0x80 | UInt8(truncatingIfNeeded: value >> 6 & 0x3F))
    }
    append(0x80 | UInt8(truncatingIfNeeded: value & 0x3F))
  }

  @inline(__always)
  mutating func append(_ bytes: ByteView) {
    for index in 0..<bytes.count { append(bytes[index]) }
  }

  @inline(__always)
  mutating func append(_ text: StaticString) { append(ByteView(text)) }

  /// Appends `value` in decimal digits.
  mutating func append(decimal value: UInt64) {
    if value >= 10 { append(decimal: value / 10) }
    append(0x30 + UInt8(value % 10))
  }

  /// Appends `value` as two hexadecimal digits.
  @inline(__always)
  mutating func append(hexadecimal value: UInt8) {
    append((value >> 4).asciiHexadecimalDigit)
    append((value & 0xF).asciiHexadecimalDigit)
  }
}

extension [UInt8]: ByteSink {}

/// Counts, to know how much room the bytes need.
struct CountingSink: ByteSink {
  var count = 0

  @inline(__always)
  mutating func append(_ byte: UInt8) { count += 1 }
}

/// Writes into a piece of an arena, never past its end.
@safe
struct ArenaSink: ByteSink {
  private let base: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private(set) var count = 0

  @inline(__always)
  init(_ base: UnsafeMutablePointer<UInt8>, capacity: Int) {
    unsafe self.base = base
    self.capacity = capacity
  }

  /// Forgets what was written.
  mutating func removeAll() { count = 0 }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    precondition(count < capacity, "arena overrun")
    unsafe base[count] = byte
    count += 1
  }
}

extension ByteArena {
  /// Room for up to `capacity` bytes that `write` fills through a checked sink.
  @inline(__always)
  func write(capacity: Int, _ write: (inout ArenaSink) -> Void) -> ByteView {
    unsafe make(capacity: capacity) { target in
      var sink = unsafe ArenaSink(target, capacity: capacity)
      write(&sink)
      return sink.count
    }
  }
}
