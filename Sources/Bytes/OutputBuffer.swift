/// Bytes on their way out: grows at its end only.
///
/// Threads render into buffers of their own, which are joined in order afterwards.
public struct OutputBuffer: Sendable {
  @usableFromInline var storage: [UInt8] = []

  /// An empty buffer with room for `capacity` bytes.
  @inlinable
  public init(capacity: Int = 0) {
    storage.reserveCapacity(capacity)
  }

  /// What has been written.
  @inlinable public var bytes: [UInt8] { storage }

  /// The number of bytes written.
  @inlinable public var count: Int { storage.count }

  /// Whether nothing has been written.
  @inlinable public var isEmpty: Bool { storage.isEmpty }

  /// Makes room for `additional` bytes beyond those written.
  @inlinable
  public mutating func reserve(_ additional: Int) {
    // Array grows to exactly what it is asked for: asking in small steps would be quadratic.
    let wanted = storage.count + additional
    if wanted > storage.capacity { storage.reserveCapacity(max(wanted, storage.capacity * 2)) }
  }

  /// Forgets the contents and keeps the memory.
  @inlinable
  public mutating func removeAll() {
    storage.removeAll(keepingCapacity: true)
  }

  /// Appends one byte.
  @inlinable
  public mutating func append(_ byte: UInt8) {
    storage.append(byte)
  }

  /// Appends `byte` `count` times; nothing when `count` is not positive.
  @inlinable
  public mutating func append(_ byte: UInt8, count: Int) {
    guard count > 0 else { return }
    storage.append(contentsOf: repeatElement(byte, count: count))
  }

  /// Appends the bytes of a view.
  @inlinable
  public mutating func append(_ view: ByteView) {
    view.withSpan { append($0) }
  }

  /// Appends the bytes of a span.
  @inlinable
  public mutating func append(_ span: Span<UInt8>) {
    unsafe span.withUnsafeBufferPointer { unsafe storage.append(contentsOf: $0) }
  }

  /// Appends the bytes of an array.
  @inlinable
  public mutating func append(_ array: [UInt8]) {
    storage.append(contentsOf: array)
  }

  /// Appends the contents of another buffer.
  @inlinable
  public mutating func append(_ other: OutputBuffer) {
    storage.append(contentsOf: other.storage)
  }

  /// Appends a literal.
  @inlinable
  public mutating func append(_ literal: StaticString) {
    let bytes = unsafe UnsafeBufferPointer(
      start: literal.utf8Start, count: literal.utf8CodeUnitCount)
    unsafe storage.append(contentsOf: bytes)
  }

  /// Appends a text as UTF-8. Labelled, so that a literal never becomes a String on its way.
  @inlinable
  public mutating func append(utf8 text: String) {
    append(text.utf8Span.span)
  }

  /// Appends a number in decimal.
  public mutating func append(decimal number: Int) {
    if number < 0 { storage.append(UInt8(ascii: "-")) }
    // The largest number has 19 digits.
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var first = 20
    var rest = number.magnitude
    repeat {
      first &-= 1
      digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    append(digits.span.extracting(first..<20))
  }

  /// Appends a number in lower-case hexadecimal, with zeros in front up to `digits`.
  public mutating func append(hex number: UInt32, digits: Int = 1) {
    var shown = digits
    while shown < 8 && number >> UInt32(4 * shown) != 0 { shown += 1 }
    for position in (0..<shown).reversed() {
      let digit = UInt8(truncatingIfNeeded: number >> UInt32(4 * position)) & 0xF
      storage.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }

  /// Appends bytes in base64 with padding, on one line (RFC 4648 section 4).
  public mutating func append(base64 bytes: Span<UInt8>) {
    let digits = ByteView(Base64.digits)
    reserve((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let left = bytes.count - index
      let second = left > 1 ? bytes[index + 1] : 0
      let third = left > 2 ? bytes[index + 2] : 0
      storage.append(digits[Int(bytes[index] >> 2)])
      storage.append(digits[Int((bytes[index] & 0x3) << 4 | second >> 4)])
      storage.append(left > 1 ? digits[Int((second & 0xF) << 2 | third >> 6)] : UInt8(ascii: "="))
      storage.append(left > 2 ? digits[Int(third & 0x3F)] : UInt8(ascii: "="))
      index += 3
    }
  }

  /// Runs `body` on a view of the bytes, which must not leave `body`.
  @inlinable
  public func withByteView<R, E: Error>(_ body: (ByteView) throws(E) -> R) throws(E) -> R {
    try storage.withByteView(body)
  }
}
