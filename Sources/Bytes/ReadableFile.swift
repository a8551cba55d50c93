import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A system call that failed.
public struct SystemError: Error, Sendable, Equatable {
  /// What was tried, "open", "read".
  public var operation: String
  /// The `errno` value.
  public var code: Int32

  /// The failure of `operation` with the current `errno`.
  public init(operation: String, code: Int32 = errno) {
    self.operation = operation
    self.code = code
  }

  /// The failure of an `operation` that ended before it should.
  public static func endedEarly(operation: String) -> SystemError {
    SystemError(operation: operation, code: EIO)
  }

  /// The system's words for it, "No such file or directory".
  public var reason: String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}

/// An open file that is read by position, from any thread.
///
/// Blocks are read, never mapped: a file that shrinks meanwhile gives a short read instead of a
/// signal, and a page cache hit costs the same.
public final class ReadableFile: Sendable {
  /// The descriptor; closed with the object.
  public let descriptor: Int32
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
  }

  /// Takes over an open descriptor.
  public init(adopting descriptor: Int32) throws(SystemError) {
    extent = Atomic(try Self.measure(descriptor))
    self.descriptor = descriptor
  }

  /// Takes over the descriptor of a file that is still being written. Whoever reads it must know
  /// from elsewhere how far it goes, until `settle()`.
  public init(growing descriptor: Int32) {
    extent = Atomic(Self.unknownSize)
    self.descriptor = descriptor
  }

  /// Takes note of the size of a file that was still being written and no longer is.
  public func settle() throws(SystemError) {
    extent.store(try Self.measure(descriptor), ordering: .releasing)
  }

  deinit { close(descriptor) }

  private static func measure(_ descriptor: Int32) throws(SystemError) -> Int {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw SystemError(operation: "stat") }
    if status.st_mode & S_IFMT == S_IFDIR { throw SystemError(operation: "read", code: EISDIR) }
    return Int(status.st_size)
  }

  /// Whether the file is shorter now than when it was opened.
  public var hasShrunk: Bool { (try? Self.measure(descriptor)).map { $0 < size } ?? true }

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

/// A block of a file in memory, reused from block to block.
@safe
public final class FileWindow {
  private var storage: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private let file: ReadableFile

  /// What a window holds; a copy spares a loop the run-time checks of a class's variables.
  public struct Contents {
    /// Where in the file the window begins.
    public fileprivate(set) var start = 0
    /// The bytes; valid until the next `load` or `extend`.
    public fileprivate(set) var bytes: ByteView = .empty
    /// Whether the window reaches the end of the file.
    public fileprivate(set) var reachesEnd = false
  }

  /// What the window holds; valid until the next `load` or `extend`.
  public private(set) var contents = Contents()
  /// Where in the file the window begins.
  public var start: Int { contents.start }
  /// The bytes; valid until the next `load` or `extend`.
  public var bytes: ByteView { contents.bytes }
  /// Whether the window reaches the end of the file.
  public var reachesEnd: Bool { contents.reachesEnd }

  /// An empty window on `file`.
  public init(file: ReadableFile, capacity: Int) {
    self.file = file
    self.capacity = max(capacity, 4096)
    guard let storage = unsafe malloc(self.capacity) else { fatalError("no memory") }
    unsafe self.storage = storage.assumingMemoryBound(to: UInt8.self)
  }

  deinit { unsafe free(storage) }

  /// Moves the window to `offset` and reads `count` bytes.
  public func load(at offset: Int, count: Int) throws(SystemError) {
    contents.start = offset
    contents.bytes = .empty
    try fill(upTo: count)
  }

  /// Reads on until the window holds `count` bytes or reaches the end.
  public func extend(to count: Int) throws(SystemError) {
    try fill(upTo: count)
  }

  private func fill(upTo count: Int) throws(SystemError) {
    let held = bytes.count
    if count > capacity {
      // The system moves large pieces of memory without copying them.
      guard let larger = unsafe realloc(storage, count) else {
        throw SystemError(operation: "get memory")
      }
      unsafe storage = larger.assumingMemoryBound(to: UInt8.self)
      capacity = count
    }
    let got = try unsafe file.read(at: start + held, count: count - held, into: storage + held)
    contents.bytes = unsafe ByteView(base: UnsafePointer(storage), count: held + got)
    contents.reachesEnd = held + got < count || start + held + got >= file.size
  }
}
