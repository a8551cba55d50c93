import Bytes
import Directory
import TestKit
import Testing

@testable import LDIF

/// What is wrong with a line that holds a secret, or goes on with one, is said without it.
@Suite struct SecretLineTests {
  /// Malformed records whose faulty line holds `S3CRET` as a value of `name`, or as the rest of one.
  private static func records(_ name: String) -> [String] {
    [
      "\(name): S3CRET\n", "\(name);x-1:: UzNDUkVU*S3CRET\n", "dn: CN=a\n\(name) : S3CRET\n",
      "dn: CN=a\n\(name) S3CRET\n", "dn: CN=a\n\(name) S3\n CRET S3CRET\n",
      "dn: CN=a\n\(name): abc\nS3CRET\n", "dn: CN=a\n\(name): ab\n c\n# comment\n on\nS3CRET\n",
      "dn: CN=a\r\n\(name.uppercased()): abc\r\nS3CRET\r\n", "dn: CN=a\nd\n n: \(name): S3CRET\n",
      "dn:: \(name): S3CRET\n", "dn: CN=a\n# \(name): abc\nS3CRET\n",
    ]
  }

  @Test(arguments: SecretAttributes.names)
  func errorDoesNotShowIt(_ name: String) throws {
    for record in Self.records(name) {
      var table = AttributeTable()
      _ = table.need(name)
      let seen = scanned(record.bytes, table: table)
      let scanned = try #require(seen.first?.error, "\(record)")
      let read = record.withByteView { ContentReader.read($0).errors }
      for raw in [scanned.raw, try #require(read.first, "\(record)").raw] {
        #expect(!raw.text.contains("S3CRET"), "\(record)")
        #expect(raw.text.hasSuffix("[redacted]"), "\(record)")
      }
    }
  }

  @Test(arguments: SecretAttributes.names)
  func errorOfAPatchDoesNotShowIt(_ name: String) throws {
    for body in ["\(name): abc\nS3CRET\n-\n", "S3CRET\n-\n", "\(name) S3CRET\n-\n"] {
      let record = "dn: CN=a\nchangetype: modify\nreplace: \(name)\n\(body)\n"
      let errors = record.withByteView { ChangeRecordReader.read($0).errors }
      let error = try #require(errors.first, "\(record)")
      #expect(!error.raw.text.contains("S3CRET"), "\(record)")
    }
  }
}
