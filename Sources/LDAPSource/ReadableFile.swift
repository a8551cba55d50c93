#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Files that the TLS library reads. It would only say that something does not work.
enum ReadableFile {
  /// Throws when `path` cannot be opened for reading.
  static func check(_ path: String, server: String) throws(LDAPError) {
    guard unsafe access(path, R_OK) != 0 else { return }
    let reason = unsafe String(cString: strerror(errno))
    throw LDAPError(
      .connect, .refusedHere, server: server, summary: "cannot read \(path): \(reason)",
      advice: "name a PEM file that exists")
  }
}
