import LibC
import Synchronization

/// Ctrl-C while a directory is read: the first ends the reading, the second the program.
enum Interrupt {
  private static let flag = Atomic<Bool>(false)
  /// Ctrl-C, a polite kill, and the terminal's end.
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Whether somebody wants the reading to end.
  static var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// The signals that are noted at the moment.
  private static let noted = Mutex<[Int32]>([])

  /// Runs `body` while a signal does not end the program but is noted in `isRequested`.
  static func noted<R>(during body: () throws -> R) rethrows -> R {
    beginNoting()
    defer { endNoting() }
    return try body()
  }

  /// From here on a signal does not end the program but is noted in `isRequested`.
  static func beginNoting() {
    // Made before a signal handler can be the first to need it.
    _ = isRequested
    noted.withLock { noted in
      if noted.isEmpty { noted = signals.filter(note) }
    }
    unblock()
  }

  /// From here on a signal ends the program as ever.
  static func endNoting() {
    noted.withLock { noted in
      for number in noted { _ = signal(number, SIG_DFL) }
      noted = []
    }
  }

  /// A program that runs others may have blocked signals for itself, which its children inherit.
  private static func unblock() {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for number in signals { unsafe sigaddset(&set, number) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  /// Has signal `number` noted once; after that it ends the program as ever. One that is ignored
  /// (`nohup`) stays so: then false is returned.
  private static func note(_ number: Int32) -> Bool {
    let before = signal(number) { number in
      Interrupt.flag.store(true, ordering: .relaxed)
      _ = signal(number, SIG_DFL)
    }
    guard unsafe unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) else {
      return true
    }
    _ = signal(number, SIG_IGN)
    return false
  }
}
