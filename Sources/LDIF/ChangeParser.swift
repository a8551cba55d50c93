import Bytes
import Directory

/// Takes the lines of one change record apart.
struct ChangeParser {
  private let block: RecordBlock
  /// The next line.
  private var index = 0

  init(_ block: RecordBlock) { self.block = block }

  /// The change. Throws at the first line that is not as it must be.
  mutating func parse() throws(RecordError) -> ChangeRecord {
    let dn = try block.dn()
    index = 1
    let controls = try controls()
    let kind = try kind()
    if index < block.lines.count {
      throw block.lines[index].error(surplusReason(kind))
    }
    return ChangeRecord(
      dn: dn, kind: kind, controls: controls, comments: block.comments,
      line: block.lines[0].number)
  }

  // MARK: Lines

  /// The next line split at its colon, or nil at the end of the record.
  private mutating func nextField() throws(RecordError) -> RecordLine.Field? {
    guard index < block.lines.count else { return nil }
    let field = try block.lines[index].field(block.arena)
    index += 1
    if field.isNamed("dn") {
      throw field.line.error(.secondDN)
    }
    return field
  }

  /// An error for what is missing at the end of the record.
  private func missing(_ what: String) -> RecordError {
    block.lines[block.lines.count - 1].error("\(what); perhaps the file was cut short")
  }

  private func surplusReason(_ kind: ChangeRecord.Kind) -> String {
    if case .delete = kind { return "nothing may follow \"changetype: delete\"" }
    return "an unexpected line after the change; perhaps an empty line is missing before it"
  }

  // MARK: Head

  private mutating func controls() throws(RecordError) -> [ChangeRecord.Control] {
    var controls: [ChangeRecord.Control] = []
    while index < block.lines.count {
      let field = try block.lines[index].field(block.arena)
      guard field.isNamed("control") else { break }
      controls.append(try ControlParser.parse(field, block.arena))
      index += 1
    }
    return controls
  }

  private mutating func kind() throws(RecordError) -> ChangeRecord.Kind {
    guard let field = try nextField() else { throw missing("\"changetype:\" is missing") }
    guard field.isNamed("changetype") else {
      throw field.line.error(
        "\"changetype:\" is missing after the DN; a patch has only change records")
    }
    switch try field.word().lowercased() {
    case "add": return .add(try addition())
    case "delete": return .delete
    case "modify": return .modify(try modifications())
    case "modrdn", "moddn": return try rename()
    default:
      throw field.line.error(
        "this changetype is not known; expected add, delete, modify, modrdn or moddn")
    }
  }

  // MARK: Bodies

  private mutating func addition() throws(RecordError) -> [Attribute] {
    var attributes: [Attribute] = []
    var places: [String: Int] = [:]
    while let field = try nextField() {
      let value = try field.bytes()
      if let last = attributes.indices.last, attributes[last].name == field.name {
        attributes[last].values.append(value)
        continue
      }
      let key = AttributeDescription.key(of: field.name)
      if let place = places[key] {
        attributes[place].values.append(value)
      } else {
        places[key] = attributes.count
        attributes.append(Attribute(field.name, [value]))
      }
    }
    guard !attributes.isEmpty else { throw missing("an entry to be added has no attributes") }
    return attributes
  }

  private mutating func modifications() throws(RecordError) -> [Modification] {
    var result: [Modification] = []
    while let field = try nextField() {
      guard let operation = Modification.Operation(rawValue: field.name.lowercased())
      else {
        throw field.line.error("expected \"add:\", \"delete:\" or \"replace:\" and an attribute")
      }
      let attribute = try field.word()
      guard attribute.withByteView({ AttributeNames.isValid($0) }) else {
        throw field.line.error("the value of \(field.name) is not an attribute name")
      }
      let values = try values(of: attribute)
      if operation == .add, values.isEmpty {
        throw field.line.error("\"add: \(attribute.prefix(80))\" names no value")
      }
      result.append(Modification(operation, attribute, values))
    }
    return result
  }

  /// The values of an operation, up to its `-`.
  private mutating func values(of attribute: String) throws(RecordError) -> [[UInt8]] {
    var values: [[UInt8]] = []
    while index < block.lines.count {
      if block.lines[index].isDash {
        index += 1
        return values
      }
      guard let field = try nextField() else { break }
      guard isOf(attribute, field.name) else {
        throw field.line.error(
          "expected a value of \(attribute.prefix(80)) or \"-\", which ends an operation")
      }
      values.append(try field.bytes())
    }
    // Many tools leave out the last one; without an empty line the file may have been cut here.
    guard block.isClosed else { throw missing("the operation does not end with \"-\"") }
    return values
  }

  /// Whether values under `name` are those of an operation on `attribute`: many tools have `;binary` in
  /// one of the two only.
  private func isOf(_ attribute: String, _ name: String) -> Bool {
    name == attribute
      || AttributeDescription.key(of: name, withBinary: false)
        == AttributeDescription.key(of: attribute, withBinary: false)
  }

  private mutating func rename() throws(RecordError) -> ChangeRecord.Kind {
    let newRDN = try required("newrdn").bytes()
    let flag = try required("deleteoldrdn")
    let word = try flag.word()
    guard word == "0" || word == "1" else {
      throw flag.line.error("deleteoldrdn must be 0 or 1")
    }
    var newSuperior: [UInt8]?
    if let field = try nextField() {
      guard field.isNamed("newsuperior") else {
        throw field.line.error("expected \"newsuperior:\" or an empty line")
      }
      newSuperior = try field.bytes()
    }
    return .rename(newRDN: newRDN, deleteOld: word == "1", newSuperior: newSuperior)
  }

  private mutating func required(_ name: String) throws(RecordError) -> RecordLine.Field {
    guard let field = try nextField() else { throw missing("\"\(name):\" is missing") }
    guard field.isNamed(name) else { throw field.line.error("expected \"\(name):\"") }
    return field
  }
}

/// `control: 1.2.840.113556.1.4.805 true: value` (RFC 2849, `control`).
enum ControlParser {
  static func parse(
    _ field: RecordLine.Field, _ arena: ByteArena
  ) throws(RecordError) -> ChangeRecord.Control {
    guard case .text(let text) = field.value else {
      throw field.line.error("a control must be an object identifier, true or false, and a value")
    }
    let end = text.firstIndex(of: 0x3A) ?? text.count
    let words = text.upTo(end).split(separator: 0x20, omittingEmptySubsequences: true)
      .map { String(decoding: $0, as: UTF8.self) }
    guard let oid = words.first, isObjectIdentifier(oid), words.count <= 2 else {
      throw field.line.error("the control does not begin with an object identifier (1.2.840.…)")
    }
    var control = ChangeRecord.Control(oid: oid)
    if words.count == 2 {
      // Literals of the grammar are without case (RFC 5234 §2.3).
      let word = words[1].lowercased()
      guard word == "true" || word == "false" else {
        throw field.line.error("the criticality of a control must be true or false")
      }
      control.isCritical = word == "true"
    }
    if end < text.count {
      let line = LogicalLine(start: 0, content: text, isFolded: false, next: 0)
      var value = field
      value.value = line.value(from: end + 1, into: arena)
      control.value = try value.bytes()
    }
    return control
  }

  private static func isObjectIdentifier(_ text: String) -> Bool {
    text.utf8.first?.isASCIIDigit == true && text.utf8.allSatisfy { $0.isASCIIDigit || $0 == 0x2E }
  }
}
