/// Something that kept the run from seeing all of its input: never a finding about an object.
public struct Problem: Sendable, Equatable {
  /// What kind of trouble it is.
  public enum Kind: String, Sendable {
    /// A record that is not LDIF.
    case malformedRecord = "malformed-record"
    /// A record of changes where content was expected.
    case changeRecord = "change-record"
    /// A value given by URL, which is never fetched.
    case urlValue = "url-value"
    /// A source that could not be read, or not to its end.
    case unreadable
    /// A server's limit, a lost connection, a reference not followed.
    case incomplete
    /// A rule that could not be judged.
    case notChecked = "not-checked"
    /// A check that failed on an object.
    case checkFailed = "check-failed"
    /// Worth knowing; the result is complete all the same.
    case note
  }

  /// What kind of trouble it is.
  public var kind: Kind
  /// The source's name, when it is about one.
  public var source: String?
  /// The line in the source, from 1.
  public var line: Int?
  /// The byte offset in the source.
  public var byteOffset: Int?
  /// The DN, when it is about one object.
  public var dn: String?
  /// What is wrong, why, and what to do: one line.
  public var message: String
  /// The raw line, at most 200 bytes of it, as it stands in the source.
  public var raw: [UInt8]?

  /// Whether it is about what the user asked for, which commands that show no notes tell as well.
  public var concernsRequest = false

  /// A problem of `kind`; the place is set afterwards.
  public init(kind: Kind, message: String, source: String? = nil) {
    self.kind = kind
    self.message = message
    self.source = source
  }

  /// Whether it makes the run's result incomplete (status 2).
  public var makesIncomplete: Bool { kind != .note }
}
