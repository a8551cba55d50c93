import Bytes
import LDIF
import LibC
import System

/// Where a snapshot is written: a private temporary file, or a file that somebody wants to keep.
///
/// The latter is written in its folder without a name, where the system knows such files, and takes
/// its place when the reading has ended: a scan that comes to nothing leaves yesterday's snapshot
/// alone, and one that is killed leaves nothing behind. Nobody else may read either.
final class SaveFile {
  /// The file that it becomes; nil for a temporary one.
  let path: String?
  /// Opened for reading and writing.
  let descriptor: Int32
  /// The name in the meantime; nil when it has none.
  private var temporary: String?
  private var isKept = false

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
    (descriptor, temporary) = Self.create(for: place)
    guard descriptor >= 0 else {
      throw Failure("--save \(path): \(SystemError(operation: "create").reason)")
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    self.path = place
  }

  /// A file in the folder of `place`, and its name when it cannot be without one.
  private static func create(for place: String) -> (Int32, String?) {
    let unnamed = Spool.unnamed(in: folder(of: place))
    // The way to give it a name later.
    if unnamed >= 0 {
      if unsafe access(link(to: unnamed), F_OK) == 0 { return (unnamed, nil) }
      close(unnamed)
    }
    var template = Array("\(place).XXXXXX".utf8CString)
    let named = unsafe mkstemp(&template)
    let name = template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return (named, named < 0 ? nil : String(decoding: name, as: UTF8.self))
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// What the system calls an open file.
  private static func link(to descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }

  deinit {
    if let temporary, !isKept { _ = unsafe unlink(temporary) }
  }

  /// The file that `path` stands for when it is a link: that one is replaced, not the link. One that
  /// is not there yet is called by its folder's true name, so that the same file is called the same.
  private static func resolved(_ path: String) -> String {
    if let real = real(path) { return real }
    guard let folder = real(folder(of: path)) else { return path }
    let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    return folder == "/" ? "/\(name)" : "\(folder)/\(name)"
  }

  private static func real(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// Gives it its name, where it is to be kept.
  func keep() throws {
    guard !isKept, let path else { return }
    let name = try temporary ?? named(beside: path)
    temporary = name
    guard unsafe rename(name, path) == 0 else {
      throw Failure("--save \(path): \(SystemError(operation: "rename").reason)")
    }
    isKept = true
  }

  /// Gives it a name that nothing else has. A link can take no other file's place, a renamed one can.
  private func named(beside path: String) throws -> String {
    for _ in 0..<100 {
      let name = path + "." + String(UInt32.random(in: .min ... .max), radix: 36)
      let code = unsafe linkat(
        AT_FDCWD, Self.link(to: descriptor), AT_FDCWD, name, AT_SYMLINK_FOLLOW)
      if code == 0 { return name }
      guard errno == EEXIST else { break }
    }
    throw Failure("--save \(path): \(SystemError(operation: "create").reason)")
  }

  /// Drops what comes after the first `size` bytes.
  func cut(to size: Int) { _ = ftruncate(descriptor, off_t(size)) }
}
