import Bytes
import LibC
import System

/// A file that a report goes to, or standard output.
///
/// It is opened before the run, so that a place that cannot be written is known at once, and emptied
/// only when there is something to write: a run that fails leaves yesterday's report alone.
final class OutputFile {
  /// What could not be written, and why.
  struct Failed {
    var name: String
    var error: OutputError
  }

  /// Which file it is; nil for what is no plain file.
  let identity: FileIdentity?
  private let name: String
  private let descriptor: Int32
  private let isOwn: Bool
  private var writer: OutputWriter

  /// Opens `path`, nil for standard output, unless it is one of `taken`, which says why not.
  init(_ path: String?, taken: [FileIdentity: String]) throws {
    if let path {
      descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else {
        throw Failure("\(path): \(SystemError(operation: "create").reason) (create)")
      }
      isOwn = true
    } else {
      descriptor = 1
      isOwn = false
    }
    name = path ?? "standard output"
    identity = FileIdentity(descriptor: descriptor)
    writer = OutputWriter(descriptor: descriptor)
    if let identity, let reason = taken[identity] {
      throw Failure("\(name): no report can be written there; \(reason)")
    }
  }

  /// Forgets what the file held. Standard output keeps it: a shell's >> appends.
  func empty() {
    if isOwn, identity != nil { _ = ftruncate(descriptor, 0) }
  }

  /// Takes over the contents of `buffer`.
  func write(_ buffer: inout OutputBuffer) -> Failed? {
    do throws(OutputError) {
      try writer.write(&buffer)
      return nil
    } catch {
      return Failed(name: name, error: error)
    }
  }

  /// Writes what is left. What a full disk did not take may be known only now.
  func close() -> Failed? {
    do throws(OutputError) {
      try writer.flush()
    } catch {
      return Failed(name: name, error: error)
    }
    guard isOwn else { return nil }
    let status = LibC.close(descriptor)
    return status == 0 ? nil : Failed(name: name, error: .failed(code: errno))
  }
}

/// Which file something is, whatever it is called.
struct FileIdentity: Hashable {
  private let device: UInt64
  private let number: UInt64

  /// The plain file at `path`; nil when there is none.
  init?(path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// The plain file behind `descriptor`; nil when it is something else.
  init?(descriptor: Int32) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init?(_ status: stat) {
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    device = UInt64(status.st_dev)
    number = UInt64(status.st_ino)
  }
}
