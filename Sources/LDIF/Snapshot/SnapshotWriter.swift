import Bytes
import System

/// Writes what a server sends as LDIF to a file descriptor, with comments that say what it is.
///
/// A failed write is remembered and thrown by `flush()`, so that the path of a value through here has
/// no other branches than those of the format.
public struct SnapshotWriter: ~Copyable {
  private static let roomBeforeWriting = 256 * 1024

  private let ldif = LDIFWriter()
  private var pending = OutputBuffer(capacity: 2 * roomBeforeWriting)
  private var output: OutputWriter
  private var failure: OutputError?
  private var written = 0

  /// How many bytes have been produced so far, those not flushed yet included.
  public var bytes: Int { written + pending.count }

  /// A writer to `descriptor`, which stays the caller's.
  public init(_ descriptor: Int32) { output = OutputWriter(descriptor: descriptor) }

  /// Whether `name` may stand as an attribute's: it is a description, and no word that LDIF reads as
  /// something else (RFC 2849).
  public static func isUsable(_ name: ByteView) -> Bool {
    AttributeNames.isValid(name)
      && !["dn", "control", "changetype"].contains {
        name.equalsIgnoringASCIICase($0 as StaticString)
      }
  }

  /// Writes `text` as one comment; line breaks in it become blanks.
  public mutating func comment(_ text: String) {
    ldif.comment(HostileText.oneLine(text), to: &pending)
  }

  /// Writes the line that says which LDIF it is, and an empty line after it.
  public mutating func version() { ldif.version(to: &pending) }

  /// Ends a record.
  public mutating func blankLine() { ldif.emptyLine(to: &pending) }

  /// Writes `name: value`, or `name:: base64` where the value needs it.
  public mutating func line(_ name: ByteView, _ value: ByteView) {
    if pending.count >= Self.roomBeforeWriting { write() }
    ldif.field(name, value, to: &pending)
  }

  private mutating func write() {
    written += pending.count
    guard failure == nil else { return pending.removeAll() }
    do throws(OutputError) {
      try output.write(&pending)
      try output.flush()
    } catch {
      failure = error
    }
  }

  /// Hands everything to the system; throws when that, or a write before, failed.
  public mutating func flush() throws(OutputError) {
    write()
    if let failure { throw failure }
  }
}
