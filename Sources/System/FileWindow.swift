import Bytes
import LibC

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

  deinit { unsafe LargeStorage.give(back: storage, capacity: capacity) }

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
    if count > capacity { try grow(to: count, holding: held) }
    let got = try unsafe file.read(at: start + held, count: count - held, into: storage + held)
    contents.bytes = unsafe ByteView(base: UnsafePointer(storage), count: held + got)
    contents.reachesEnd = held + got < count || start + held + got >= file.size
  }

  private func grow(to count: Int, holding held: Int) throws(SystemError) {
    if let spare = LargeStorage.take(atLeast: count) {
      unsafe spare.base.update(from: storage, count: held)
      unsafe free(storage)
      unsafe storage = spare.base
      capacity = spare.capacity
      return
    }
    // The system moves large pieces of memory without copying them.
    guard let larger = unsafe realloc(storage, count) else {
      throw SystemError(operation: "get memory")
    }
    unsafe storage = larger.assumingMemoryBound(to: UInt8.self)
    capacity = count
  }
}
