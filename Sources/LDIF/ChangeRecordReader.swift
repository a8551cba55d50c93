import Bytes
import System

/// Reads the change records of a patch (RFC 2849, `ldif-changes`) whole.
///
/// It is strict where a patch that was cut short would do something else than meant: the last
/// operation of a modify must end with `-` or the record with an empty line.
public enum ChangeRecordReader {
  /// All changes of `input`, and what is wrong with the others. Throws when it cannot be read.
  public static func read(_ input: LDIFInput) throws(SystemError) -> RecordList<ChangeRecord> {
    var list = RecordList<ChangeRecord>()
    try forEach(input) { list.append($0) }
    return list
  }

  /// All changes of `bytes`, which are UTF-8, and what is wrong with the others.
  public static func read(_ bytes: ByteView) -> RecordList<ChangeRecord> {
    var list = RecordList<ChangeRecord>()
    var reader = BlockReader()
    reader.read(bytes) { block in
      if let result = record(block) { list.append(result) }
      return true
    }
    return list
  }

  /// Runs `body` on every change of `input` in order until it returns false; only one is in
  /// memory. Throws when the input cannot be read.
  public static func forEach(
    _ input: LDIFInput, _ body: (Result<ChangeRecord, RecordError>) -> Bool
  ) throws(SystemError) {
    var reader = BlockReader()
    try reader.read(input) { block in record(block).map(body) ?? true }
  }

  private static func record(_ block: RecordBlock) -> Result<ChangeRecord, RecordError>? {
    do throws(RecordError) {
      var block = block
      try block.dropVersion()
      guard !block.lines.isEmpty else { return nil }
      var parser = ChangeParser(block)
      return .success(try parser.parse())
    } catch {
      return .failure(error)
    }
  }
}
