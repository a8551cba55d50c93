import LibC

/// The file descriptors of the process.
public enum Descriptors {
  /// Fills those of the three standard ones that are closed, so that no file gets the number of one: a
  /// report would be written into it. What is read or written there fails as if it were still closed.
  public static func fillStandard() {
    for number in Int32(0)...2 where fcntl(number, F_GETFD) < 0 {
      let flags = number == 0 ? O_WRONLY : O_RDONLY
      // The lowest number that is free is taken, and those below are not.
      _ = unsafe open("/dev/null", flags)
    }
  }

  /// Whether `count` more files can be opened now.
  public static func canOpen(_ count: Int) -> Bool {
    var opened: [Int32] = []
    defer { for descriptor in opened { close(descriptor) } }
    for _ in 0..<count {
      let descriptor = fcntl(2, F_DUPFD_CLOEXEC, 3)
      guard descriptor >= 0 else { return false }
      opened.append(descriptor)
    }
    return true
  }
}
