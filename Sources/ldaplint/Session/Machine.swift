import LibC

/// The machine that the program runs on.
enum Machine {
  /// How many processors are at work.
  static var cores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
