import Bytes
import LDIF

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where a snapshot is written: a private temporary file, or a file that somebody wants to keep.
///
/// The latter is written beside its place under another name and takes its place when the reading
/// has ended, so that a scan that comes to nothing leaves yesterday's snapshot alone. Nobody else
/// may read either.
final class SaveFile {
  /// The file that it becomes; nil for a temporary one.
  let path: String?
  /// Opened for reading and writing.
  let descriptor: Int32
  private var temporary: [CChar]?

  /// A temporary file in `folder`.
  init(spoolIn folder: String) throws {
    path = nil
    do throws(SystemError) {
      descriptor = try Spool.make(in: folder)
    } catch {
      throw Failure("\(folder): \(error.reason) (\(error.operation))")
    }
  }

  /// A file that becomes the one at `path`.
  init(_ path: String) throws {
    guard !path.isEmpty, path != "-", !path.hasSuffix("/") else {
      throw Failure("--save \(path): expected the name of a file")
    }
    let place = Self.resolved(path)
    var status = stat()
    if unsafe stat(place, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw Failure("--save \(path): that is no plain file")
    }
    var template = Array("\(place).XXXXXX".utf8CString)
    descriptor = unsafe mkstemp(&template)
    guard descriptor >= 0 else {
      throw Failure("--save \(path): \(SystemError(operation: "create").reason)")
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    self.path = place
    temporary = template
  }

  deinit {
    if let temporary { _ = unsafe unlink(temporary) }
  }

  /// The file that `path` stands for when it is a link: that one is replaced, not the link.
  private static func resolved(_ path: String) -> String {
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// Gives it its name, where it is to be kept.
  func keep() throws {
    guard let name = temporary, let path else { return }
    guard unsafe rename(name, path) == 0 else {
      throw Failure("--save \(path): \(SystemError(operation: "rename").reason)")
    }
    temporary = nil
  }

  /// Drops what comes after the first `size` bytes.
  func cut(to size: Int) { _ = ftruncate(descriptor, off_t(size)) }
}
