import Bytes
import LDIF

/// Other ways to write the same LDIF.
enum Rewritings {
  static let all: [(String, @Sendable (String) -> [UInt8])] = [
    ("CRLF", { Array($0.replacing("\n", with: "\r\n").utf8) }),
    ("folded at 20 columns", folded),
    ("base64", base64),
    ("names in capitals", { renamed($0) { $0.uppercased() } }),
    ("names in small letters", { renamed($0) { $0.lowercased() } }),
    ("other order", reordered),
  ]

  private static func records(_ text: String) -> [ContentRecord] {
    text.withByteView { ContentReader.read($0) }.records
  }

  /// Lines of 20 bytes, cut wherever that falls, inside a character as well.
  @Sendable private static func folded(_ text: String) -> [UInt8] {
    var result: [UInt8] = []
    for line in plain(records(text)).split(separator: 0x0A, omittingEmptySubsequences: false) {
      var rest = line[...]
      result += rest.prefix(20)
      rest = rest.dropFirst(20)
      while !rest.isEmpty {
        result += [0x0A, 0x20] + rest.prefix(19)
        rest = rest.dropFirst(19)
      }
      result.append(0x0A)
    }
    return result
  }

  /// Every value and DN in Base64.
  @Sendable private static func base64(_ text: String) -> [UInt8] {
    records(text).flatMap { record in
      line("dn", record.dn)
        + record.attributes.flatMap { attribute in
          attribute.values.flatMap { line(attribute.name, $0) }
        } + [0x0A]
    }
  }

  private static func line(_ name: String, _ value: [UInt8]) -> [UInt8] {
    Array("\(name):: ".utf8) + Base64.encode(value) + [0x0A]
  }

  private static func renamed(_ text: String, _ change: (String) -> String) -> [UInt8] {
    plain(
      records(text).map { record in
        var record = record
        record.attributes = record.attributes.map { Attribute(change($0.name), $0.values) }
        return record
      })
  }

  @Sendable private static func reordered(_ text: String) -> [UInt8] {
    plain(records(text).reversed())
  }

  private static func plain(_ records: [ContentRecord]) -> [UInt8] {
    var out = OutputBuffer()
    for record in records { LDIFWriter().write(record, to: &out) }
    return out.bytes
  }
}
