import LibC

/// Keeps a connection that the server has closed from ending the program.
///
/// libldap writes to its sockets with write(2), which raises SIGPIPE on a closed one. The signal is
/// held back on this thread alone: what it means for standard output is the program's business.
enum BrokenPipe {
  /// Runs `body` with SIGPIPE held back; one that came meanwhile is dropped.
  static func ignored<R: ~Copyable>(
    _ body: () throws(LDAPError) -> R
  ) throws(LDAPError) -> R {
    var pipe = sigset_t()
    unsafe sigemptyset(&pipe)
    unsafe sigaddset(&pipe, SIGPIPE)
    var pending = sigset_t()
    unsafe sigpending(&pending)
    let wasPending = unsafe sigismember(&pending, SIGPIPE) == 1
    var before = sigset_t()
    unsafe pthread_sigmask(SIG_BLOCK, &pipe, &before)
    defer {
      if !wasPending {
        var now = timespec()
        while unsafe sigtimedwait(&pipe, nil, &now) == SIGPIPE {}
      }
      unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
    }
    return try body()
  }
}
