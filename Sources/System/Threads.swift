import LibC

/// Threads of the system.
///
/// Those of Dispatch are not for this program: it looks into `/proc` for how its threads are doing, and ends
/// the process where that is not there.
public enum Threads {
  /// What a thread is to do.
  private final class Work {
    let body: () -> Void

    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Runs `body` for each number below `count`, at the same time as far as there are threads, and waits
  /// for all of them. The caller's thread is one of them.
  public static func run(_ count: Int, _ body: @Sendable (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      var threads: [pthread_t] = []
      var own = [0]
      for number in 1..<max(1, count) {
        // What no thread is to be had for is done here.
        let thread = start { body(number) }
        if let thread { threads.append(thread) } else { own.append(number) }
      }
      own.forEach(body)
      for thread in threads { pthread_join(thread, nil) }
    }
  }

  /// Runs `body` on a thread that nobody waits for. Throws when there is none to be had.
  public static func detach(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
    guard let thread = start(body) else {
      throw SystemError(operation: "make a thread", code: EAGAIN)
    }
    pthread_detach(thread)
  }

  /// A thread that runs `body`; nil when there is none to be had. Signals are left to the thread that the
  /// program began with.
  private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
    var all = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    var thread = pthread_t()
    let work = unsafe Unmanaged.passRetained(Work(body))
    let code = unsafe pthread_create(
      &thread, nil,
      { work in
        if let work = unsafe work {
          unsafe Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
        }
        return nil
      }, work.toOpaque())
    guard code == 0 else {
      unsafe work.release()
      return nil
    }
    return thread
  }
}
