import LibC

/// Folders, and paths as the system sees them.
public enum Folder {
  /// The names of what is in the folder at `path`, without `.` and `..`, sorted by bytes whatever
  /// the locale.
  public static func names(in path: String) throws(SystemError) -> [String] {
    guard let folder = unsafe opendir(path) else { throw SystemError(operation: "open") }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(folder) else { break }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe String(cString: UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
      }
      if name != ".", name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw SystemError(operation: "read") }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether there is a folder at `path`, or a link to one.
  public static func exists(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The one absolute path of what is at `path`, without links, `.` and `..`; `path` itself when
  /// nothing is there.
  public static func realPath(_ path: String) -> String {
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// The folder that `path` lies in and its name there, as the path spells them. Where it ends with
  /// no name (`.`, `..`), they are those of the real path.
  public static func split(_ path: String) -> (parent: String, name: String) {
    var parts = path.split(separator: "/")
    while parts.last == "." { parts.removeLast() }
    guard let name = parts.popLast(), name != ".." else {
      let real = realPath(path)
      return real == path || real == "/" ? (path, "") : split(real)
    }
    let parent = parts.joined(separator: "/")
    if path.hasPrefix("/") { return ("/" + parent, String(name)) }
    return (parent.isEmpty ? "." : parent, String(name))
  }
}
