import LibC

/// The machine's clock.
enum Clock {
  /// Seconds since 1970.
  static var now: Int { time(nil) }
}
