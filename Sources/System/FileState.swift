import LibC

/// What an open file is like: which one, how large, and when it was written last.
struct FileState: Sendable, Equatable {
  /// The size in bytes.
  let size: Int
  private let device: UInt64
  private let number: UInt64
  private let seconds: Int
  private let nanoseconds: Int
  private let type: mode_t

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
    #else
      seconds = Int(status.st_mtimespec.tv_sec)
      nanoseconds = Int(status.st_mtimespec.tv_nsec)
    #endif
    type = status.st_mode & S_IFMT
  }

  /// Whether it is a folder.
  var isFolder: Bool { type == S_IFDIR }

  /// Whether both are states of one file.
  func isOfSameFile(as other: FileState) -> Bool {
    device == other.device && number == other.number
  }
}
