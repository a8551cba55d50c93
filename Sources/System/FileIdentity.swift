import LibC

/// Which file something is, whatever it is called: by its number or, where there is none yet, by its
/// folder's number and its name.
public struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let number: UInt64
  private let name: String?

  /// The plain file that is at `path`, or could be; nil when something else is there.
  public init?(path: String) {
    var status = stat()
    guard unsafe stat(path, &status) != 0 else {
      self.init(status, name: nil, type: S_IFREG)
      return
    }
    let place = FilePath.resolved(path)
    guard unsafe stat(FilePath.folder(of: place), &status) == 0 else { return nil }
    self.init(status, name: FilePath.name(of: place), type: S_IFDIR)
  }

  /// The plain file behind `descriptor`; nil when it is something else.
  public init?(descriptor: Int32) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return nil }
    self.init(status, name: nil, type: S_IFREG)
  }

  private init?(_ status: stat, name: String?, type: mode_t) {
    guard status.st_mode & S_IFMT == type else { return nil }
    device = UInt64(status.st_dev)
    number = UInt64(status.st_ino)
    self.name = name
  }
}
