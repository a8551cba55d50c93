import Bytes
import Directory
import Rules
import Sync

/// Makes the names of a finding: what baselines, exceptions, decisions and grids know it by.
///
/// Each is BLAKE2b of 128 bits (RFC 7693), in small hex digits, over fields of UTF-8, each after its
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
    let text = value.map(folded) ?? .empty
    let name = builder.name(attribute)
    let size = 4 * 8 + rule.utf8.count + object.objectKey.count + name.utf8.count + text.count
    // One piece: hashing it field by field would take it byte by byte.
    return unsafe arena.make(capacity: size) { target in
      var end = unsafe target
      rule.withByteView { unsafe Self.append($0, to: &end) }
      object.objectKey.withByteView { unsafe Self.append($0, to: &end) }
      name.withByteView { unsafe Self.append($0, isFolded: true, to: &end) }
      unsafe Self.append(text, isFolded: true, to: &end)
      return unsafe end - target
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
    case .addressStrong, .objectType, .addressWeak, .contactMirror:
      let address = folded(builder.evaluator.body(of: value, attribute))
      return key(ByteView("address"), Domain.withALabels(address, into: arena))
    case .confusable:
      let spelling = folded(builder.evaluator.body(of: value, attribute))
      return key(ByteView("confusable"), UnicodeText.confusableFold(spelling, into: arena))
    case .computedName:
      return SignInName(builder.evaluator.view).predicted.withByteView {
        key(ByteView("address"), $0)
      }
    case .value(let isExact):
      return rule.rule.id.withByteView { id in
        isExact ? key(id, value, isFolded: false) : key(id, folded(value))
      }
    case .object: return nil
    }
  }

  private func key(_ index: ByteView, _ text: ByteView, isFolded: Bool = true) -> String {
    let message = unsafe arena.make(capacity: 2 * 8 + index.count + text.count) { target in
      var end = unsafe target
      unsafe Self.append(index, to: &end)
      unsafe Self.append(text, isFolded: isFolded, to: &end)
      return unsafe end - target
    }
    return Self.hash(message)
  }

  /// Without outer white space and, but for ASCII, without case.
  private func folded(_ value: ByteView) -> ByteView {
    UnicodeText.foldCase(value.trimmed, into: arena)
  }

  /// Appends `field`, in small ASCII letters where `isFolded`, after its length.
  private static func append(
    _ field: ByteView, isFolded: Bool = false, to end: inout UnsafeMutablePointer<UInt8>
  ) {
    unsafe UnsafeMutableRawPointer(end).storeBytes(
      of: UInt64(field.count).bigEndian, as: UInt64.self)
    unsafe end += 8
    unsafe end.update(from: field.unsafeBase, count: field.count)
    if isFolded {
      for index in 0..<field.count { unsafe end[index] = end[index].asciiLowercased }
    }
    unsafe end += field.count
  }

  private static func hash(_ message: ByteView) -> String {
    BLAKE2b.hash(message).hexadecimal
  }
}
