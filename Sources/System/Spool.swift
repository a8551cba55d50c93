import Bytes
import LibC

/// A private temporary file that is gone with its descriptor.
///
/// It is made with mode 0600 and unlinked at once, so that no other process can open it and nothing
/// stays behind, however the program ends.
public enum Spool {
  /// The folder for spools when none is given: `TMPDIR`, else `/tmp`.
  public static var defaultFolder: String {
    guard let value = unsafe getenv("TMPDIR") else { return "/tmp" }
    let path = unsafe String(cString: value)
    return path.isEmpty ? "/tmp" : path
  }

  /// A new spool file in `folder`, opened for reading and writing.
  public static func make(in folder: String) throws(SystemError) -> Int32 {
    let descriptor = unnamed(in: folder)
    return descriptor >= 0 ? descriptor : try named(in: folder)
  }

  /// A file without a name in `folder`, opened for reading and writing, where the system and the file
  /// system know such; else -1, and the C library's `errno` says why.
  public static func unnamed(in folder: String) -> Int32 {
    #if os(Linux)
      // O_TMPFILE, whose definition Swift cannot take over.
      let flags = 0o20_000_000 | O_DIRECTORY | O_RDWR | O_CLOEXEC
      return unsafe open(folder, flags, 0o600)
    #else
      return -1
    #endif
  }

  private static func named(in folder: String) throws(SystemError) -> Int32 {
    var template = Array("\(folder)/ldaplint-XXXXXX".utf8CString)
    let descriptor = unsafe template.withUnsafeMutableBufferPointer { buffer -> Int32 in
      guard let base = buffer.baseAddress else { return -1 }
      let descriptor = unsafe mkstemp(base)
      if descriptor >= 0 {
        _ = unsafe unlink(base)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      }
      return descriptor
    }
    guard descriptor >= 0 else { throw SystemError(operation: "create a spool file") }
    return descriptor
  }

  /// Closes `descriptor`, and with it the file is gone.
  public static func close(_ descriptor: Int32) {
    _ = LibC.close(descriptor)
  }

  /// What a failed `write` has tried.
  public static let writing = "write to the spool file"

  /// Writes all of `bytes` to `descriptor`.
  public static func write(_ bytes: ByteView, to descriptor: Int32) throws(SystemError) {
    var done = 0
    while done < bytes.count {
      let wrote = unsafe LibC.write(descriptor, bytes.unsafeBase + done, bytes.count - done)
      if wrote < 0 {
        if errno == EINTR { continue }
        throw SystemError(operation: writing)
      }
      done += wrote
    }
  }
}
