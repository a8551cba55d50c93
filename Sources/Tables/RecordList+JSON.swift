import Bytes

extension RecordList {
  /// Objects in an array, in `value` of an answer (OData, as Microsoft Graph gives it), or one after the
  /// other; a string that stands for an object is a field without a name.
  mutating func readJSON(_ utf8: [UInt8]) throws(Malformed) {
    do throws(JSONReader.Malformed) {
      try utf8.withByteView { (bytes) throws(JSONReader.Malformed) in
        var reader = JSONReader(bytes)
        while let token = try reader.next() { try take(token, &reader) }
      }
    } catch {
      throw Malformed(line: error.line, reason: "that is no JSON: \(error.reason)")
    }
  }

  /// Takes a value that is listed.
  private mutating func take(
    _ token: JSONReader.Token, _ reader: inout JSONReader
  ) throws(JSONReader.Malformed) {
    switch token {
    case .beginObject: try readObject(&reader)
    case .string(let text):
      let field = Field(name: "", text: Self.trimmed(text))
      records.append(Record(line: reader.line(), fields: [field]))
    // An array lists its elements, an array in it as well.
    default: break
    }
  }

  /// A record, or an answer that has records in `value`.
  private mutating func readObject(_ reader: inout JSONReader) throws(JSONReader.Malformed) {
    var record = Record(line: reader.line(), fields: [])
    var isAnswer = false
    while case .name(let name)? = try reader.next() {
      let key = Self.key(name)
      switch try reader.next() {
      case .beginArray where key == "value":
        isAnswer = true
        let depth = reader.depth
        while let token = try reader.next(), reader.depth >= depth { try take(token, &reader) }
      case .beginArray, .beginObject: try reader.skip()
      case .string(let text):
        if key == "@odata.nextlink" { isPage = true }
        record.fields.append(Field(name: key, text: Self.trimmed(text)))
      case .number(let text): record.fields.append(Field(name: key, text: text))
      case .bool(let isTrue):
        record.fields.append(Field(name: key, text: isTrue ? "true" : "false"))
      default: record.fields.append(Field(name: key, text: ""))
      }
    }
    if !isAnswer { records.append(record) }
  }
}
