import LibC

/// The process's own CPU time, which other work on the machine disturbs less than the clock.
enum ProcessorTime {
  /// In seconds.
  static var now: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Keeps the optimiser from dropping work whose result nobody wants.
@inline(never)
func keep<T>(_ value: T) {
  unsafe withUnsafePointer(to: value) { unsafe blackHole = UnsafeRawPointer($0) }
}

private nonisolated(unsafe) var blackHole: UnsafeRawPointer?
