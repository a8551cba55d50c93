import Bytes
import Directory
import Rules

/// Makes the names of a finding: what baselines, exceptions, decisions and grids know it by.
///
/// Each is SHA-256, its first 128 bits in small hex digits, over fields of UTF-8, each after its
/// length in eight bytes, most significant first. Nothing secret and nothing of the machine goes
/// into them: the same finding has the same names everywhere. An object is known by objectGUID as
/// Windows prints it in small letters, else entryUUID, else the normalised DN; attributes are in
/// small letters, values without case and outer white space.
struct FindingKeys {
  let builder: FindingBuilder
  let object: FindingBuilder.ObjectPart
  let attribute: AttributeID
  let value: ByteView?

  private var arena: ByteArena { builder.evaluator.entry.arena }

  /// What names the finding of the rule called `rule`: rule, object, attribute, value.
  func message(_ rule: String) -> ByteView {
    let value = value.map { UnicodeText.foldCase($0.trimmed, into: arena) } ?? .empty
    return rule.withByteView { rule in
      object.objectKey.withByteView { object in
        builder.name(attribute).withByteView { name in
          joined([rule, object, name, value], foldedFrom: 2)
        }
      }
    }
  }

  /// Names the finding: hash(rule, object, attribute, value).
  static func fingerprint(_ message: ByteView) -> String { hash(message) }

  /// Names the value, whatever rules say of it: hash(object, attribute, value).
  static func valueKey(_ message: ByteView, _ rule: String) -> String {
    hash(message.from(8 + rule.utf8.count))
  }

  /// Names what the holders of a duplicate share: hash(index, value as the index has it).
  func groupKey(_ rule: CompiledRule) -> String? {
    guard case .unique(let index) = rule.check, let value else { return nil }
    switch index {
    case .addressStrong, .addressWeak, .contactMirror:
      return key(ByteView("address"), folded(builder.evaluator.body(of: value, attribute)))
    case .confusable:
      let spelling = folded(builder.evaluator.body(of: value, attribute))
      return key(ByteView("confusable"), UnicodeText.confusableFold(spelling, into: arena))
    case .value(let isExact):
      return rule.rule.id.withByteView { id in
        isExact ? Self.hash(joined([id, value], foldedFrom: 2)) : key(id, folded(value))
      }
    case .object: return nil
    }
  }

  private func key(_ index: ByteView, _ text: ByteView) -> String {
    Self.hash(joined([index, text], foldedFrom: 1))
  }

  /// Without outer white space and, but for ASCII, without case.
  private func folded(_ value: ByteView) -> ByteView {
    UnicodeText.foldCase(value.trimmed, into: arena)
  }

  /// `fields`, each after its length; those from number `foldedFrom` on without ASCII's case.
  private func joined(_ fields: [ByteView], foldedFrom: Int) -> ByteView {
    // One piece: hashing it field by field would take it byte by byte.
    let size = fields.reduce(0) { $0 + 8 + $1.count }
    return unsafe arena.make(capacity: size) { target in
      var end = unsafe target
      for (number, field) in fields.enumerated() {
        unsafe UnsafeMutableRawPointer(end).storeBytes(
          of: UInt64(field.count).bigEndian, as: UInt64.self)
        let start = unsafe end + 8
        unsafe start.update(from: field.unsafeBase, count: field.count)
        if number >= foldedFrom {
          for index in 0..<field.count { unsafe start[index] = start[index].asciiLowercased }
        }
        unsafe end = start + field.count
      }
      return unsafe end - target
    }
  }

  private static func hash(_ message: ByteView) -> String {
    SHA256.hash(message).hexadecimal(bits: 128)
  }
}
