import LibC

/// What an open file is like: which one, how large, and when it was written and changed last.
struct FileState: Sendable {
  /// The size in bytes.
  let size: Int
  private let device: UInt64
  private let number: UInt64
  private let seconds: Int
  private let nanoseconds: Int
  private let changedSeconds: Int
  private let changedNanoseconds: Int
  private let links: UInt64
  private let user: uid_t
  private let group: gid_t
  private let mode: mode_t

  /// The state of the file behind `descriptor`.
  init(descriptor: Int32) throws(SystemError) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw SystemError(operation: "stat") }
    self.init(status)
  }

  /// The state of the file that is at `path` now; nil when none can be seen there.
  init?(path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    size = Int(status.st_size)
    device = UInt64(status.st_dev)
    number = UInt64(status.st_ino)
    #if os(Linux)
      seconds = Int(status.st_mtim.tv_sec)
      nanoseconds = Int(status.st_mtim.tv_nsec)
      changedSeconds = Int(status.st_ctim.tv_sec)
      changedNanoseconds = Int(status.st_ctim.tv_nsec)
    #else
      seconds = Int(status.st_mtimespec.tv_sec)
      nanoseconds = Int(status.st_mtimespec.tv_nsec)
      changedSeconds = Int(status.st_ctimespec.tv_sec)
      changedNanoseconds = Int(status.st_ctimespec.tv_nsec)
    #endif
    links = UInt64(status.st_nlink)
    user = status.st_uid
    group = status.st_gid
    mode = status.st_mode
  }

  /// Whether it is a folder.
  var isFolder: Bool { mode & S_IFMT == S_IFDIR }

  /// Whether size and time of both tell of the same contents.
  func isWritten(as other: FileState) -> Bool {
    isOfSameFile(as: other) && size == other.size && seconds == other.seconds
      && nanoseconds == other.nanoseconds
  }

  /// Whether something was changed between both that shows nowhere: neither its size, its owner and mode,
  /// nor the number of its names. Who writes to a file can set the time of that back, but not the
  /// time of this.
  func isTouched(since other: FileState) -> Bool {
    links == other.links && user == other.user && group == other.group && mode == other.mode
      && (changedSeconds != other.changedSeconds || changedNanoseconds != other.changedNanoseconds)
  }

  /// Whether both are states of one file.
  func isOfSameFile(as other: FileState) -> Bool {
    device == other.device && number == other.number
  }
}
