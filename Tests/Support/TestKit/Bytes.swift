import Foundation

extension String {
  /// The bytes of the text in UTF-8.
  package var bytes: [UInt8] { Array(utf8) }
}

extension Array where Element == UInt8 {
  /// The bytes as text.
  package var text: String { String(decoding: self, as: UTF8.self) }
}

/// Runs `body` with the path of a file that holds `bytes`, which is removed afterwards.
package func withFile<R>(_ bytes: [UInt8], _ body: (String) throws -> R) throws -> R {
  let url = FileManager.default.temporaryDirectory.appending(path: "ldaplint-\(UUID())")
  try Data(bytes).write(to: url)
  defer { try? FileManager.default.removeItem(at: url) }
  return try body(url.path)
}
