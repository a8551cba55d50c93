/// What is wrong with one record; reading goes on with the next.
public struct LDIFError: Error, Sendable, Equatable {
  /// Why the record is not LDIF, and what to do, without the place.
  public var reason: String
  /// The offset of the line at fault in the source.
  public var byteOffset: Int
  /// The beginning of the line at fault, at most `maximumRaw` bytes.
  public var raw: [UInt8]
  /// The number of lines between the beginning of the record and the line at fault.
  public var line: Int

  /// How much of a line is shown, in bytes.
  public static let maximumRaw = 200

  /// An error with all its parts.
  public init(reason: String, byteOffset: Int, raw: [UInt8], line: Int = 0) {
    self.reason = reason
    self.byteOffset = byteOffset
    self.raw = raw
    self.line = line
  }
}

/// What one block of lines, up to an empty line, turned out to be.
public enum RecordOutcome: Sendable {
  /// An entry; it is in the `Entry` that was given.
  case entry
  /// Only comments, `version:` or nothing.
  case nothing
  /// A change record other than `changetype: add`, which only patches may have.
  case change
  /// Not LDIF.
  case malformed(LDIFError)
  /// The block goes on beyond the bytes at hand.
  case incomplete
}

/// Something in a good record that was not taken over, or beside one.
public struct RecordRemark: Sendable, Equatable {
  /// What it is.
  public enum Kind: Sendable, Equatable {
    /// `attr:< URL`, which is never fetched.
    case urlValue
    /// `attr;range=0-1499`: the file holds only the first values.
    case partialRange
    /// What the tool that made the file says of its search, beside the entries.
    case search(SearchRemark)
    /// The next record begins behind this one without an empty line between them.
    case noEmptyLine
    /// `_attr: value`: what stands before the colon is no attribute's name.
    case notAName
    /// A value, or the DN, whose bytes are not UTF-8, as everything in LDIF must be. Those above 127 have
    /// letters in the code pages of DOS (437, 850), or in Latin-1 and Windows-1252.
    case notUTF8(isOfDOS: Bool)
  }

  /// What it is.
  public var kind: Kind
  /// The attribute's description as written.
  public var attribute: String
  /// The offset of the line in the source.
  public var byteOffset: Int
  /// The number of lines between the beginning of the record and the line, where that is counted.
  public var line = 0
}
