import System

/// LDIF bytes in UTF-8, ready to be read by position.
public struct LDIFInput: Sendable {
  /// The bytes.
  public var file: ReadableFile
  /// Where the LDIF begins in them: after a UTF-8 byte order mark.
  public var firstByte: Int

  /// The bytes of `file` from `firstByte` on.
  public init(file: ReadableFile, firstByte: Int) {
    self.file = file
    self.firstByte = firstByte
  }
}
