import LibC

/// Shuts a socket down when a call that cannot be interrupted takes too long: the call then fails.
///
/// It has a descriptor of its own for it: the call may close the other one, whose number is then soon
/// another file's.
@safe
struct SocketWatchdog: ~Copyable {
  /// What the waiting thread needs. Lives until `stop` has joined the thread.
  private final class Watch: Sendable {
    let socket: Int32
    let bell: Int32
    let milliseconds: Int32

    init(socket: Int32, bell: Int32, milliseconds: Int32) {
      self.socket = socket
      self.bell = bell
      self.milliseconds = milliseconds
    }
  }

  private var thread = pthread_t()
  private var rope: Int32 = -1
  private var bell: Int32 = -1
  private var watched: Int32 = -1
  private let isRunning: Bool

  /// Watches `socket` for `limit` from now on. Without a thread or a pipe to spare, there is no watch.
  init(_ socket: Int32, limit: Duration) {
    var ends: [Int32] = [-1, -1]
    watched = socket >= 0 ? fcntl(socket, F_DUPFD_CLOEXEC, 0) : -1
    guard watched >= 0, unsafe pipe(&ends) == 0 else {
      if watched >= 0 { close(watched) }
      isRunning = false
      return
    }
    (bell, rope) = (ends[0], ends[1])
    let parts = limit.components
    let milliseconds = parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
    let watch = Watch(
      socket: watched, bell: bell, milliseconds: Int32(clamping: max(1, milliseconds)))
    let argument = unsafe Unmanaged.passRetained(watch)
    let code = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        let watch = unsafe Unmanaged<Watch>.fromOpaque(argument).takeRetainedValue()
        var waiting = pollfd(fd: watch.bell, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&waiting, 1, watch.milliseconds) == 0 else { return nil }
        shutdown(watch.socket, Int32(SHUT_RDWR))
        // Anything but null says that the time was up.
        return unsafe UnsafeMutableRawPointer(bitPattern: 1)
      }, argument.toOpaque())
    isRunning = code == 0
    if code != 0 { unsafe argument.release() }
  }

  /// Ends the watch. True when the time was up.
  consuming func stop() -> Bool {
    guard rope >= 0 else { return false }
    close(rope)
    var result: UnsafeMutableRawPointer?
    if isRunning { unsafe pthread_join(thread, &result) }
    close(bell)
    close(watched)
    return unsafe result != nil
  }
}
