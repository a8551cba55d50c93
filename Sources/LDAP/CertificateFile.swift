import LibC
internal import System

/// Files that the TLS library reads. It would only say that something does not work, or nothing.
enum CertificateFile {
  /// Throws when no certificate is in the file at `path`, which is then of no use as authorities.
  static func checkCertificates(_ path: String, server: String) throws(LDAPError) {
    try check(path, server: server)
    guard !holdsCertificate(path) else { return }
    throw LDAPError(
      .connect, .refusedHere, server: server, summary: "there is no certificate in \(path)",
      advice: "name a PEM file with the authorities to trust (-----BEGIN CERTIFICATE-----)")
  }

  private static func holdsCertificate(_ path: String) -> Bool {
    guard let file = unsafe fopen(path, "re") else { return false }
    defer { unsafe fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while unsafe fgets(&line, Int32(line.count), file) != nil {
      // "CERTIFICATE", "X509 CERTIFICATE" and "TRUSTED CERTIFICATE" are all in use.
      let text = String(
        decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if text.hasPrefix("-----BEGIN "), text.contains("CERTIFICATE-----") { return true }
    }
    return false
  }

  /// Throws when `path` cannot be opened for reading.
  static func check(_ path: String, server: String) throws(LDAPError) {
    guard unsafe access(path, R_OK) != 0 else { return }
    let reason = unsafe String(cString: strerror(errno))
    throw LDAPError(
      .connect, .refusedHere, server: server, summary: "cannot read \(path): \(reason)",
      advice: "name a PEM file that exists")
  }
}
