import LibC

/// A file that is written beside the one whose place it takes when it is whole.
///
/// It is made without a name, where the system knows such files: a run that comes to nothing leaves
/// yesterday's file alone, and one that is killed leaves nothing behind. Only its owner may read it.
public final class Replacement {
  /// The file whose place it takes. Of a link, that is the file it leads to.
  public let place: String
  /// Opened for reading and writing; the caller closes it.
  public let descriptor: Int32
  /// The name in the meantime; nil when it has none.
  private var temporary: String?
  private var isCommitted = false
  /// Where the system has names for open files.
  private let openFiles: String

  /// A file that is to take the place of the one at `path`, which need not be there. Throws when its
  /// folder takes no file or it must not be written.
  public convenience init(of path: String) throws(SystemError) {
    try self.init(of: path, openFiles: "/proc/self/fd")
  }

  init(of path: String, openFiles: String) throws(SystemError) {
    guard !FilePath.name(of: path).isEmpty else {
      throw SystemError(operation: "create", code: path.isEmpty ? ENOENT : EISDIR)
    }
    place = FilePath.resolved(path)
    self.openFiles = openFiles
    // A folder would take a file's place whatever the file itself allows.
    guard unsafe access(place, W_OK) == 0 || errno == ENOENT else {
      throw SystemError(operation: "create")
    }
    (descriptor, temporary) = Self.create(for: place, openFiles: openFiles)
    guard descriptor >= 0 else { throw SystemError(operation: "create") }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit {
    if let temporary, !isCommitted { _ = unsafe unlink(temporary) }
  }

  /// A file in the folder of `place`, and its name when it cannot be without one: where there is no way
  /// to give it one later.
  private static func create(for place: String, openFiles: String) -> (Int32, String?) {
    let unnamed = Spool.unnamed(in: FilePath.folder(of: place))
    if unnamed >= 0 {
      if unsafe access("\(openFiles)/\(unnamed)", F_OK) == 0 { return (unnamed, nil) }
      close(unnamed)
    }
    var template = Array("\(temporaryName(for: place))XXXXXX".utf8CString)
    let named = unsafe mkstemp(&template)
    let name = template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return (named, named < 0 ? nil : String(decoding: name, as: UTF8.self))
  }

  /// Gives it its place, when what was written is on the disk.
  public func commit() throws(SystemError) {
    guard !isCommitted else { return }
    guard fsync(descriptor) == 0 else { throw SystemError(operation: "fsync") }
    // Where nothing is yet it has its name at once: killed between two steps, a run leaves a file behind.
    if temporary != nil || link(to: place) != 0 {
      if temporary == nil { temporary = try named() }
      guard let temporary, unsafe rename(temporary, place) == 0 else {
        throw SystemError(operation: "rename")
      }
    }
    isCommitted = true
    FilePath.syncFolder(of: place)
  }

  /// Gives it a name that nothing else has. A link can take no other file's place, a renamed one can.
  private func named() throws(SystemError) -> String {
    for _ in 0..<100 {
      let name =
        Self.temporaryName(for: place) + String(UInt32.random(in: .min ... .max), radix: 36)
      if link(to: name) == 0 { return name }
      guard errno == EEXIST else { break }
    }
    throw SystemError(operation: "create")
  }

  /// Gives it `name`; not 0 where something has it.
  private func link(to name: String) -> Int32 {
    unsafe linkat(AT_FDCWD, "\(openFiles)/\(descriptor)", AT_FDCWD, name, AT_SYMLINK_FOLLOW)
  }

  /// The beginning of a name in the folder of `place`, which no pattern of a shell matches.
  private static func temporaryName(for place: String) -> String {
    "\(FilePath.folder(of: place))/.\(FilePath.name(of: place))."
  }
}
