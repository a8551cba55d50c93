import Bytes
import CZlib
import LibC
import System

/// zlib's state while gzip data are unpacked (RFC 1951, 1952). Used by one thread at a time.
@safe
final class Inflater {
  /// How far a step has come.
  enum State {
    /// There is more to come.
    case goesOn
    /// The member has ended, and its length and checksum are right.
    case ended
    /// The data are none, or not what they were.
    case damaged
  }

  /// What a step has done.
  struct Step {
    /// Bytes taken of the input.
    var read: Int
    /// Bytes put into the output.
    var written: Int
    var state: State
  }

  private let stream: UnsafeMutablePointer<z_stream>

  /// A state before the first member. Throws when there is no memory for it.
  init() throws(SystemError) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // A window of 15 bits, as gzip's is, and 16 that ask for gzip's own head and end.
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    guard unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else {
      throw SystemError(operation: "unpack", code: ENOMEM)
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Begins the next member.
  func restart() { _ = unsafe inflateReset(stream) }

  /// Unpacks from `input` into `output` until one of them is used up or the member ends.
  func step(_ input: ByteView, into output: inout [UInt8]) -> Step {
    let room = min(output.count, Int(UInt32.max))
    let offered = min(input.count, Int(UInt32.max))
    let code = unsafe output.withUnsafeMutableBufferPointer { target in
      unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.unsafeBase)
      unsafe stream.pointee.avail_in = UInt32(offered)
      unsafe stream.pointee.next_out = target.baseAddress
      unsafe stream.pointee.avail_out = UInt32(room)
      return unsafe inflate(stream, Z_NO_FLUSH)
    }
    let state: State =
      switch code {
      case Z_OK, Z_BUF_ERROR: .goesOn
      case Z_STREAM_END: .ended
      default: .damaged
      }
    return unsafe Step(
      read: offered - Int(stream.pointee.avail_in),
      written: room - Int(stream.pointee.avail_out), state: state)
  }
}
