import Bytes
import LibC

/// Why bytes could not be written.
public enum OutputError: Error, Equatable, CustomStringConvertible {
  /// The reader has gone away (EPIPE), as in `… | head -1`: a reason to stop quietly.
  case brokenPipe
  /// Anything else: the system's error number.
  case failed(code: Int32)

  /// What went wrong, in the system's words.
  public var description: String {
    switch self {
    case .brokenPipe: "nobody reads the output any more"
    case .failed(let code): unsafe String(cString: strerror(code))
    }
  }
}

/// Writes to a file descriptor that the caller opened and closes, 64 KiB at a time.
///
/// A process that wants to see `OutputError.brokenPipe` must ignore SIGPIPE; otherwise the signal
/// ends it. What has not been flushed when the writer goes away is lost: call `flush()` last.
public struct OutputWriter: ~Copyable {
  /// How much is gathered before it is written, in bytes.
  public static let flushSize = 64 * 1024

  private let descriptor: Int32
  private var pending = OutputBuffer(capacity: OutputWriter.flushSize)

  /// A writer to `descriptor`.
  public init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Takes over the contents of `buffer` and empties it.
  public mutating func write(_ buffer: inout OutputBuffer) throws(OutputError) {
    defer { buffer.removeAll() }
    if pending.count + buffer.count >= Self.flushSize { try flush() }
    if buffer.count >= Self.flushSize {
      try buffer.withByteView { view throws(OutputError) in try writeAll(view) }
    } else {
      pending.append(buffer)
    }
  }

  /// Writes what is pending. What could not be written is not tried again.
  public mutating func flush() throws(OutputError) {
    defer { pending.removeAll() }
    try pending.withByteView { view throws(OutputError) in try writeAll(view) }
  }

  private func writeAll(_ view: ByteView) throws(OutputError) {
    var written = 0
    while written < view.count {
      let rest = view.from(written)
      let count = unsafe systemWrite(descriptor, rest.unsafeBase, rest.count)
      if count > 0 {
        written += count
        continue
      }
      // A zero from write(2) on a non-empty buffer would loop for ever: it is an error too.
      try recover(count == 0 ? EIO : errno)
    }
  }

  /// Returns when the write is worth trying again.
  private func recover(_ code: Int32) throws(OutputError) {
    switch code {
    case EINTR: return
    case EAGAIN, EWOULDBLOCK:
      // A process that shares the terminal or the pipe made it non-blocking.
      var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      _ = unsafe poll(&request, 1, -1)
    case EPIPE: throw .brokenPipe
    default: throw .failed(code: code)
    }
  }
}

private func systemWrite(_ descriptor: Int32, _ base: UnsafePointer<UInt8>, _ count: Int) -> Int {
  unsafe LibC.write(descriptor, base, count)
}
