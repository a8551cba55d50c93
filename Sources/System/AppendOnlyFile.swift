import LibC

/// A file that grows at its end, each piece on the disk before the next thing is done: a journal. Only
/// its owner may read it, and only one run at a time has it open.
public final class AppendOnlyFile {
  /// What was in the file when it was opened.
  public let contents: [UInt8]
  private let descriptor: Int32

  /// Opens or makes the file at `path` and locks it. Throws `EWOULDBLOCK` when another run has it.
  public init(_ path: String) throws(SystemError) {
    let descriptor = unsafe open(
      path, O_RDWR | O_CREAT | O_CLOEXEC | O_APPEND | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { throw SystemError(operation: "open") }
    do throws(SystemError) {
      // What is written to a pipe or a device is not there to be read when it is needed.
      guard FileIdentity(descriptor: descriptor) != nil else { throw SystemError.notPlain }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw SystemError(operation: "lock") }
      contents = try Self.readAll(descriptor)
      // The name has to be on the disk as well as what it names.
      FilePath.syncFolder(of: path)
    } catch {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// What the file at `path` holds; nil when there is none.
  public static func contents(of path: String) throws(SystemError) -> [UInt8]? {
    // Whoever opens a pipe would wait for somebody to write into it.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw SystemError(operation: "open")
    }
    defer { close(descriptor) }
    guard FileIdentity(descriptor: descriptor) != nil else { throw .notPlain }
    return try readAll(descriptor)
  }

  /// Removes a last line that was cut off: what is left are `length` bytes.
  public func truncate(to length: Int) throws(SystemError) {
    guard length < contents.count else { return }
    guard ftruncate(descriptor, off_t(length)) == 0, fsync(descriptor) == 0 else {
      throw SystemError(operation: "truncate")
    }
  }

  /// Appends `bytes` and has them written to the disk.
  public func append(_ bytes: [UInt8]) throws(SystemError) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe write(
          descriptor, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw SystemError(operation: "write") }
      done += count
    }
    guard fsync(descriptor) == 0 else { throw SystemError(operation: "fsync") }
  }

  private static func readAll(_ descriptor: Int32) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = unsafe block.withUnsafeMutableBytes { buffer in
        unsafe read(descriptor, buffer.baseAddress, buffer.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw SystemError(operation: "read") }
      if count == 0 { return bytes }
      bytes += block[..<count]
    }
  }
}
