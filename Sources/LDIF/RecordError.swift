/// What is wrong with one record of a file that was read whole, and where.
public struct RecordError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The number of the line at fault, from 1.
  public var line: Int
  /// The offset of the line at fault.
  public var byteOffset: Int
  /// The beginning of the line at fault, at most 200 bytes.
  public var raw: [UInt8]
  /// Why the record is refused, and what to do, without the place.
  public var reason: String

  /// An error with all its parts.
  public init(line: Int, byteOffset: Int, raw: [UInt8], reason: String) {
    self.line = line
    self.byteOffset = byteOffset
    self.raw = raw
    self.reason = reason
  }

  /// The place and the reason.
  public var description: String { "line \(line): \(reason)" }
}

/// The records of a file that was read whole, and what could not be read.
public struct RecordList<Record: Sendable>: Sendable {
  /// The good records, in order.
  public var records: [Record] = []
  /// What is wrong with the others, in order.
  public var errors: [RecordError] = []
}

extension RecordList: Equatable where Record: Equatable {}
