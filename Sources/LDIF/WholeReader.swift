import Bytes
import System

/// A record that is read whole, nothing dropped.
public protocol WholeRecord: Sendable {
  /// Takes the lines of a block over. Throws at the first that is not as it must be.
  init(_ block: RecordBlock) throws(RecordError)

  /// Whether a record ends where the next begins, also without an empty line.
  static var endsAtDN: Bool { get }
}

/// Reads content records whole: for small files, and for tests. A check reads with `ChunkReader`
/// instead, which decodes only what it needs.
public typealias ContentReader = WholeReader<ContentRecord>

/// Reads the change records of a patch (RFC 2849, `ldif-changes`).
///
/// It is strict where a patch that was cut short would do something else than meant: the last
/// operation of a modify must end with `-` or the record with an empty line.
public typealias ChangeRecordReader = WholeReader<ChangeRecord>

/// Reads records whole.
public enum WholeReader<Record: WholeRecord> {
  /// All records of `input`, and what is wrong with the others. Throws when it cannot be read.
  public static func read(_ input: LDIFInput) throws(SystemError) -> RecordList<Record> {
    var list = RecordList<Record>()
    try forEach(input) { list.append($0) }
    return list
  }

  /// All records of `bytes`, which are UTF-8, and what is wrong with the others.
  public static func read(_ bytes: ByteView) -> RecordList<Record> {
    var list = RecordList<Record>()
    var reader = BlockReader(endsAtDN: Record.endsAtDN)
    reader.read(bytes) { block in
      if let result = record(block) { list.append(result) }
      return true
    }
    return list
  }

  /// Runs `body` on every record of `input` in order until it returns false; only one is in memory.
  /// Throws when the input cannot be read.
  public static func forEach(
    _ input: LDIFInput, _ body: (Result<Record, RecordError>) -> Bool
  ) throws(SystemError) {
    var reader = BlockReader(endsAtDN: Record.endsAtDN)
    try reader.read(input) { block in record(block).map(body) ?? true }
  }

  /// The record of `block`; nil when there is none.
  static func record(_ block: RecordBlock) -> Result<Record, RecordError>? {
    do throws(RecordError) {
      var block = block
      try block.dropVersion()
      return block.lines.isEmpty ? nil : .success(try Record(block))
    } catch {
      return .failure(error)
    }
  }
}

extension ChangeRecord: WholeRecord {
  /// No: what is missing may be more than the empty line.
  public static var endsAtDN: Bool { false }

  /// Takes the lines of a change record over. Throws at the first that is not as it must be.
  public init(_ block: RecordBlock) throws(RecordError) {
    var parser = ChangeParser(block)
    self = try parser.parse()
  }
}

extension RecordList {
  /// Takes over a record or an error; always true.
  @discardableResult
  mutating func append(_ result: Result<Record, RecordError>) -> Bool {
    switch result {
    case .success(let record): records.append(record)
    case .failure(let error): errors.append(error)
    }
    return true
  }
}
