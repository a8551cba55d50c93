/// A run of bytes that another object owns.
///
/// The view is two words: it can be stored, passed and sliced without reference counting. It is
/// valid only as long as its owner (a read buffer, a `ByteArena`, an array inside `withByteView`)
/// keeps the bytes, which the owner's documentation states. Every access is bounds-checked.
@safe
public struct ByteView: @unchecked Sendable {
  /// The first byte; never dereferenced when `count` is 0.
  @usableFromInline let base: UnsafePointer<UInt8>

  /// The number of bytes.
  public let count: Int

  /// A view of `count` bytes from `base`.
  @inlinable
  @unsafe
  public init(base: UnsafePointer<UInt8>, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  /// A view of a literal, which lives for ever.
  @inlinable
  public init(_ literal: StaticString) {
    unsafe self.init(base: literal.utf8Start, count: literal.utf8CodeUnitCount)
  }

  /// The view of nothing.
  @inlinable public static var empty: ByteView { ByteView("") }

  /// Whether there is no byte.
  @inlinable public var isEmpty: Bool { count == 0 }

  /// The byte at `index`, counted from 0.
  @inlinable
  public subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count, "byte index out of range")
    return unsafe base[index]
  }

  /// The bytes from `range.lowerBound` up to and without `range.upperBound`.
  @inlinable
  public subscript(range: Range<Int>) -> ByteView {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "byte range out of range")
    return unsafe ByteView(base: base + range.lowerBound, count: range.count)
  }

  /// The bytes from `start` to the end.
  @inlinable public func from(_ start: Int) -> ByteView { self[start..<count] }

  /// The bytes before `end`.
  @inlinable public func upTo(_ end: Int) -> ByteView { self[0..<end] }

  /// Runs `body` on the bytes as a span.
  @inlinable
  public func withSpan<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
    let buffer = unsafe UnsafeBufferPointer(start: base, count: count)
    return try unsafe body(Span(_unsafeElements: buffer))
  }

  /// The raw pointer, for the other files of this module and for system calls.
  @inlinable
  @unsafe
  public var unsafeBase: UnsafePointer<UInt8> { unsafe base }

  /// A copy of the bytes.
  public var array: [UInt8] {
    unsafe Array(UnsafeBufferPointer(start: base, count: count))
  }

  /// The text; what is not UTF-8 becomes U+FFFD. For output only.
  public var string: String {
    unsafe String(decoding: UnsafeBufferPointer(start: base, count: count), as: UTF8.self)
  }
}

extension ByteView: RandomAccessCollection {
  /// Always 0.
  @inlinable public var startIndex: Int { 0 }
  /// The number of bytes.
  @inlinable public var endIndex: Int { count }
}

extension Span where Element == UInt8 {
  /// Runs `body` on a view of the bytes, which must not leave `body`.
  @inlinable
  public func withByteView<R, E: Error>(_ body: (ByteView) throws(E) -> R) throws(E) -> R {
    try unsafe withUnsafeBufferPointer { (buffer) throws(E) in
      guard let base = buffer.baseAddress else { return try body(.empty) }
      return try unsafe body(ByteView(base: base, count: buffer.count))
    }
  }
}

extension Array where Element == UInt8 {
  /// Runs `body` on a view of the array's bytes, which must not leave `body`.
  @inlinable
  public func withByteView<R, E: Error>(_ body: (ByteView) throws(E) -> R) throws(E) -> R {
    try span.withByteView(body)
  }
}

extension String {
  /// Runs `body` on a view of the text's UTF-8 bytes, which must not leave `body`.
  @inlinable
  public func withByteView<R, E: Error>(_ body: (ByteView) throws(E) -> R) throws(E) -> R {
    // Not through `utf8Span`: that of a text of up to 15 bytes points to where the text itself is,
    // which the optimizer does not keep for a pointer alone.
    var text = self
    let result: Result<R, E> = text.withUTF8 { buffer in
      Result { () throws(E) -> R in
        guard let base = buffer.baseAddress else { return try body(.empty) }
        return try unsafe body(ByteView(base: base, count: buffer.count))
      }
    }
    return try result.get()
  }
}
