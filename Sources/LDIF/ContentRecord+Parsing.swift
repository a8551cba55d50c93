import Bytes
import Directory

extension ContentRecord: WholeRecord {
  /// Yes: some tools leave out the empty lines between entries.
  public static var endsAtDN: Bool { true }

  /// Takes the lines of a content record over whole.
  public init(_ block: RecordBlock) throws(RecordError) {
    self.init(
      dn: try block.dn(), comments: block.comments, line: block.lines[0].number)
    let isText = block.text.isUTF8
    if !isText, let damage = block.lines[0].text.damage(name: "dn", block.arena) {
      remarks.append(
        RecordRemark(kind: damage, attribute: "dn", byteOffset: block.lines[0].byteOffset))
    }
    var places: [String: Int] = [:]
    var last = ""
    var place = 0
    for line in block.lines[try Self.contentStart(block)...] {
      var field = try line.field(block.arena, withOddNames: true)
      if field.isOdd {
        remarks.append(Self.remark(.notAName, field))
        continue
      }
      try Self.refuseHead(field)
      guard let name = AttributeDescription.withoutReplication(field.name) else { continue }
      field.name = name
      if field.name != last {
        let key = AttributeDescription.key(of: field.name)
        place = places[key] ?? attributes.count
        last = field.name
        if places.updateValue(place, forKey: key) == nil {
          attributes.append(Attribute(field.name, []))
          if AttributeNames.isPartialRange(field.name) {
            remarks.append(Self.remark(.partialRange, field))
          }
        }
      }
      if !isText, let damage = line.text.damage(name: field.name, block.arena) {
        remarks.append(Self.remark(damage, field))
      }
      if case .url = field.value {
        remarks.append(Self.remark(.urlValue, field))
      } else {
        attributes[place].values.append(try field.bytes())
      }
    }
  }

  /// The index of the first line behind the DN and, in an entry to be added as `ldifde` writes it,
  /// behind `control:` and `changetype: add`. Throws for another change.
  private static func contentStart(_ block: RecordBlock) throws(RecordError) -> Int {
    var index = 1
    while index < block.lines.count {
      let field = try block.lines[index].field(block.arena, withOddNames: true)
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
      throw field.line.error(.secondDN)
    }
  }
}
