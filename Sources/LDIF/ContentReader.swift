import Bytes
import System

/// Reads content records whole, nothing dropped: for small files, and for tests.
///
/// A check reads with `ChunkReader` instead, which decodes only what it needs.
public enum ContentReader {
  /// All records of `input`, and what is wrong with the others. Throws when it cannot be read.
  public static func read(_ input: LDIFInput) throws(SystemError) -> RecordList<ContentRecord> {
    var list = RecordList<ContentRecord>()
    try forEach(input) { list.append($0) }
    return list
  }

  /// All records of `bytes`, which are UTF-8, and what is wrong with the others.
  public static func read(_ bytes: ByteView) -> RecordList<ContentRecord> {
    var list = RecordList<ContentRecord>()
    var reader = BlockReader()
    reader.read(bytes) { block in
      if let result = record(block) { list.append(result) }
      return true
    }
    return list
  }

  /// Runs `body` on every record of `input` in order until it returns false; only one record is
  /// in memory. Throws when the input cannot be read.
  public static func forEach(
    _ input: LDIFInput, _ body: (Result<ContentRecord, RecordError>) -> Bool
  ) throws(SystemError) {
    var reader = BlockReader()
    try reader.read(input) { block in record(block).map(body) ?? true }
  }

  static func record(_ block: RecordBlock) -> Result<ContentRecord, RecordError>? {
    do throws(RecordError) {
      var block = block
      try block.dropVersion()
      return block.lines.isEmpty ? nil : .success(try parse(block))
    } catch {
      return .failure(error)
    }
  }

  private static func parse(_ block: RecordBlock) throws(RecordError) -> ContentRecord {
    var record = ContentRecord(
      dn: try block.dn(), comments: block.comments, line: block.lines[0].number)
    var places: [String: Int] = [:]
    var last = ""
    var place = 0
    for line in block.lines[try contentStart(block)...] {
      let field = try line.field(block.arena)
      if field.name != last {
        try refuseHead(field)
        let key = field.name.lowercased()
        place = places[key] ?? record.attributes.count
        last = field.name
        if places.updateValue(place, forKey: key) == nil {
          record.attributes.append(Attribute(field.name, []))
          if AttributeNames.isPartialRange(field.name) {
            record.remarks.append(remark(.partialRange, field))
          }
        }
      }
      if case .url = field.value {
        record.remarks.append(remark(.urlValue, field))
      } else {
        record.attributes[place].values.append(try field.bytes())
      }
    }
    return record
  }

  /// The index of the first line behind the DN and, in an entry to be added as `ldifde` writes it,
  /// behind `control:` and `changetype: add`. Throws for another change.
  private static func contentStart(_ block: RecordBlock) throws(RecordError) -> Int {
    var index = 1
    while index < block.lines.count {
      let field = try block.lines[index].field(block.arena)
      if field.isNamed("changetype") {
        guard try field.word().lowercased() == "add" else {
          throw field.line.error("a change record; only content is expected here")
        }
        return index + 1
      }
      guard field.isNamed("control") else {
        guard index > 1 else { return index }
        throw field.line.error("a change record; only content is expected here")
      }
      index += 1
    }
    return index
  }

  private static func remark(_ kind: RecordRemark.Kind, _ field: RecordLine.Field) -> RecordRemark {
    RecordRemark(kind: kind, attribute: field.name, byteOffset: field.line.byteOffset)
  }

  /// Throws when `field` can only begin another record.
  private static func refuseHead(_ field: RecordLine.Field) throws(RecordError) {
    if field.isNamed("dn") {
      throw field.line.error("a second \"dn:\" in one record; an empty line is missing before it")
    }
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
