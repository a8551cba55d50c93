import Bytes
import Directory

/// What looks like a server's name where a file is expected.
enum ServerName {
  /// The ports of LDAP without TLS.
  private static let plainPorts: Set = [389, 3268]

  /// How names of files end that look like domains otherwise.
  private static let fileEndings: Set = [
    "ldif", "ldf", "lif", "txt", "gz", "zip", "csv", "json", "xml", "tmp", "bak", "old", "log",
    "out", "tar", "tgz", "xz", "bz2", "zst", "dat", "dit", "db", "xlsx", "xls", "pdf", "html",
  ]

  /// The URL of the server that `text` names as HOST or HOST:PORT; nil when it looks like a file.
  static func url(of text: String) -> String? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let host = parts.first, parts.count <= 2 else { return nil }
    var port: Int?
    if parts.count == 2 {
      guard let number = Int(parts[1]), (1...65535).contains(number) else { return nil }
      port = number
    }
    let labels = host.lowercased().split(separator: ".", omittingEmptySubsequences: false)
    let isHost =
      port != nil || host.lowercased() == "localhost"
      || labels.count > 1 && !fileEndings.contains(String(labels[labels.count - 1]))
    let isName = String(host).withByteView { Domain.malformation(of: $0) == nil }
    guard isHost, isName else { return nil }
    let scheme = port.map(plainPorts.contains) ?? false ? "ldap" : "ldaps"
    return "\(scheme)://\(text)"
  }
}
