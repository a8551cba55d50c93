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
  /// The name under which it was opened; nil when it was opened elsewhere.
  private let path: String?
  private let history: Mutex<History>

  /// What is known of the file's past.
  private struct History: Sendable {
    /// The state when it was opened or settled; nil of one that is still being written.
    var opened: FileState?
    /// What a reader has met.
    var trouble: Trouble?
  }

  /// Why what was read of a file may not be what is in it.
  public enum Trouble: Sendable, Equatable {
    /// It is not what it was when it was opened, or another has its name now.
    case changed
    /// It could be read once, but not again.
    case unreadable(SystemError)
  }

  /// What counts as the size of a file whose end is not known yet.
  private static let unknownSize = 1 << 60

  /// The size in bytes when it was opened or, of one that was still being written, when it was
  /// settled; larger than any file before that.
  public var size: Int { extent.load(ordering: .acquiring) }

  /// Opens the file at `path`. Throws when it cannot be opened, is a folder or, where it has to be plain,
  /// a pipe or a device.
  public init(path: String, mustBePlain: Bool = false) throws(SystemError) {
    // Whoever opens a pipe would wait for somebody to write into it.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | (mustBePlain ? O_NONBLOCK : 0))
    guard descriptor >= 0 else { throw SystemError(operation: "open") }
    let state: FileState
    do throws(SystemError) {
      state = try Self.measure(descriptor)
      guard !mustBePlain || FileIdentity(descriptor: descriptor) != nil else { throw .notPlain }
    } catch {
      close(descriptor)
      throw error
    }
    extent = Atomic(state.size)
    history = Mutex(History(opened: state))
    self.descriptor = descriptor
    self.path = path
    stretches = nil
  }

  /// Takes over an open descriptor.
  public init(adopting descriptor: Int32) throws(SystemError) {
    let state = try Self.measure(descriptor)
    extent = Atomic(state.size)
    history = Mutex(History(opened: state))
    self.descriptor = descriptor
    path = nil
    stretches = nil
  }

  /// A file that is made of pieces of others, one after the other, without copying them.
  public init(stretches: FileStretches) {
    extent = Atomic(stretches.count)
    history = Mutex(History())
    descriptor = -1
    path = nil
    self.stretches = stretches
  }

  /// Takes over the descriptor of a file that is still being written. The reader must know
  /// from elsewhere how far it goes, until `settle()`.
  public init(growing descriptor: Int32) {
    extent = Atomic(Self.unknownSize)
    history = Mutex(History())
    self.descriptor = descriptor
    path = nil
    stretches = nil
  }

  /// Takes note of the size of a file that was still being written and no longer is.
  public func settle() throws(SystemError) {
    let state = try Self.measure(descriptor)
    history.withLock { $0.opened = state }
    extent.store(state.size, ordering: .releasing)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  private static func measure(_ descriptor: Int32) throws(SystemError) -> FileState {
    let state = try FileState(descriptor: descriptor)
    if state.isFolder { throw SystemError.isFolder }
    return state
  }

  // MARK: Changes

  /// Why what was read may not be what is in the file now; nil when nothing tells against it.
  ///
  /// Its size and times, and which file has its name, are compared with what they were when it was
  /// opened. A file whose name is gone is whole: nothing has taken its place.
  public var trouble: Trouble? {
    if let stretches { return stretches.trouble }
    let known = history.withLock { $0 }
    guard known.trouble == nil, let opened = known.opened else { return known.trouble }
    guard let now = try? FileState(descriptor: descriptor), now.isWritten(as: opened) else {
      return .changed
    }
    // Another name is a change of a file as well, but none of what is in it.
    guard let path, let named = FileState(path: path) else { return nil }
    return named.isOfSameFile(as: opened) && !now.isTouched(since: opened) ? nil : .changed
  }

  /// Takes note of what a reader has met: something else than was there before, or a failure. What is
  /// noted first stays.
  public func note(_ trouble: Trouble) {
    if let stretches { return stretches.note(trouble) }
    history.withLock { $0.trouble = $0.trouble ?? trouble }
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
