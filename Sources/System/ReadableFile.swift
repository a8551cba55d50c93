import LibC
import Synchronization

/// An open file that is read by position, from any thread.
///
/// Blocks are read, never mapped: a file that shrinks meanwhile gives a short read instead of a
/// signal, and a page cache hit costs the same.
public final class ReadableFile: Sendable {
  /// The descriptor, closed with the object; -1 of a file that is made of others.
  public let descriptor: Int32
  private let stretches: FileStretches?
  private let extent: Atomic<Int>
  /// What counts as the size of a file whose end is not known yet.
  private static let unknownSize = 1 << 60

  /// The size in bytes when it was opened or, of one that was still being written, when it was
  /// settled; larger than any file before that.
  public var size: Int { extent.load(ordering: .acquiring) }

  /// Opens the file at `path`. Throws when it cannot be opened or is a folder.
  public init(path: String) throws(SystemError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError(operation: "open") }
    do throws(SystemError) {
      extent = Atomic(try Self.measure(descriptor))
    } catch {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    stretches = nil
  }

  /// Takes over an open descriptor.
  public init(adopting descriptor: Int32) throws(SystemError) {
    extent = Atomic(try Self.measure(descriptor))
    self.descriptor = descriptor
    stretches = nil
  }

  /// A file that is made of pieces of others, one after the other, without copying them.
  public init(stretches: FileStretches) {
    extent = Atomic(stretches.count)
    descriptor = -1
    self.stretches = stretches
  }

  /// Takes over the descriptor of a file that is still being written. The reader must know
  /// from elsewhere how far it goes, until `settle()`.
  public init(growing descriptor: Int32) {
    extent = Atomic(Self.unknownSize)
    self.descriptor = descriptor
    stretches = nil
  }

  /// Takes note of the size of a file that was still being written and no longer is.
  public func settle() throws(SystemError) {
    extent.store(try Self.measure(descriptor), ordering: .releasing)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  private static func measure(_ descriptor: Int32) throws(SystemError) -> Int {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw SystemError(operation: "stat") }
    if status.st_mode & S_IFMT == S_IFDIR { throw SystemError(operation: "read", code: EISDIR) }
    return Int(status.st_size)
  }

  /// Whether the file is shorter now than when it was opened.
  public var hasShrunk: Bool {
    if let stretches { return stretches.haveShrunk }
    return (try? Self.measure(descriptor)).map { $0 < size } ?? true
  }

  /// Whether the descriptor at `path` is a plain file, whose size is known.
  public static func isRegular(path: String) -> Bool {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFREG
  }

  /// Reads up to `count` bytes from `offset` to `target`; fewer only at the end of the file.
  @unsafe
  public func read(
    at offset: Int, count: Int, into target: UnsafeMutablePointer<UInt8>
  ) throws(SystemError) -> Int {
    if let stretches { return try unsafe stretches.read(at: offset, count: count, into: target) }
    var done = 0
    while done < count {
      let got = unsafe pread(descriptor, target + done, count - done, off_t(offset + done))
      if got < 0 {
        if errno == EINTR { continue }
        throw SystemError(operation: "read")
      }
      if got == 0 { break }
      done += got
    }
    return done
  }
}
