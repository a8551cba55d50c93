import LibC

/// What can be said of a path by its text and by asking the system where it leads.
enum FilePath {
  /// The folder that the last part of `path` is in.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of `path`.
  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// The file that `path` leads to, links followed, under its folder's true name, so that the same file
  /// is called the same. It need not be there yet; then the folder must be.
  static func resolved(_ path: String, links: Int = 40) -> String {
    if let real = real(path) { return real }
    let folder = folder(of: path)
    if links > 0, let target = target(of: path) {
      return resolved(target.hasPrefix("/") ? target : "\(folder)/\(target)", links: links - 1)
    }
    guard let real = real(folder) else { return path }
    return real == "/" ? "/\(name(of: path))" : "\(real)/\(name(of: path))"
  }

  private static func real(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// What the link at `path` says; nil when it is none.
  private static func target(of path: String) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlink(path, &bytes, bytes.count)
    guard count > 0 else { return nil }
    return String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Has the names in the folder of `path` written to the disk. Not every file system knows how to, so
  /// that it does not say whether it did.
  static func syncFolder(of path: String) {
    let descriptor = unsafe open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    close(descriptor)
  }
}
