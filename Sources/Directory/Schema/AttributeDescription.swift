import Bytes

/// Attribute descriptions (RFC 4512 §2.5): a type, by its name or its object identifier, and options.
public enum AttributeDescription {
  /// The type of `description`, of whose attribute its values are; nil for options that make another
  /// attribute of it, as `mail;lang-de` is another than `mail` (RFC 3866).
  ///
  /// `;binary` (RFC 4522) and `;range=0-1499` (MS-ADTS §3.1.1.3.1.3.3) only say how values are sent,
  /// and `;vucsn-…` when 389 Directory Server got one.
  public static func type(of description: ByteView) -> ByteView? {
    var end = description.firstIndex(of: UInt8(ascii: ";")) ?? description.count
    let type = withoutPrefix(description.upTo(end))
    while end < description.count {
      let rest = description.from(end + 1)
      let length = rest.firstIndex(of: UInt8(ascii: ";")) ?? rest.count
      guard isOfTransfer(rest.upTo(length)) else { return nil }
      end += 1 + length
    }
    return type
  }

  /// Whether values under `description` are values of the attribute called `name`.
  public static func isOf(_ name: String, _ description: String) -> Bool {
    description.withByteView { bytes in
      guard let type = type(of: bytes) else { return false }
      return name.withByteView { $0.equalsIgnoringASCIICase(type) }
        || type.first?.isASCIIDigit == true
          && (Schema.find(name)?.oid?.utf8.elementsEqual(type) ?? false)
    }
  }

  /// Whether `left` and `right` are the same description: neither case matters nor the order of the
  /// options (RFC 4512 §2.5).
  public static func isSame(_ left: String, _ right: String) -> Bool {
    if left == right { return true }
    // Most begin with other letters.
    if let one = left.utf8.first, let other = right.utf8.first, one.isASCIILetter,
      other.isASCIILetter, one.asciiLowercased != other.asciiLowercased
    {
      return false
    }
    guard isPlain(left), isPlain(right) else { return key(of: left) == key(of: right) }
    return left.withByteView { left in right.withByteView(left.equalsIgnoringASCIICase) }
  }

  /// Whether `description` is in ASCII and has no options, as nearly all.
  private static func isPlain(_ description: String) -> Bool {
    description.utf8.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: ";") }
  }

  /// What all spellings of `description` have in common; without `;binary`, which only says how values
  /// are sent, when it is not `withBinary`.
  public static func key(of description: String, withBinary: Bool = true) -> String {
    let lowered = description.lowercased()
    guard lowered.utf8.contains(UInt8(ascii: ";")) else { return lowered }
    let parts = lowered.split(separator: ";")
    let options = parts.dropFirst().filter { withBinary || $0 != "binary" }.sorted()
    return ([parts.first ?? ""] + options).joined(separator: ";")
  }

  private static func isOfTransfer(_ option: ByteView) -> Bool {
    option.isEmpty || option.equalsIgnoringASCIICase(ByteView("binary"))
      || option.count > 6 && option.upTo(6).equalsIgnoringASCIICase(ByteView("range="))
      || isOfReplication(option)
  }

  /// Whether the option says when 389 Directory Server got or lost the attribute or the value, as
  /// `db2ldif -r` writes it: `mail;adcsn-5f1e…;vucsn-5f1e…`.
  private static func isOfReplication(_ option: ByteView) -> Bool {
    guard option.count > 6, option[1] | 0x20 == UInt8(ascii: "d") || option[1] | 0x20 == 0x75,
      option.from(2).upTo(4).equalsIgnoringASCIICase(ByteView("csn-"))
    else { return false }
    return [UInt8(ascii: "a"), UInt8(ascii: "m"), UInt8(ascii: "v")].contains(option[0] | 0x20)
  }

  /// `description` without the options of 389 Directory Server's replication; nil when they say that
  /// what it describes is deleted.
  public static func withoutReplication(_ description: String) -> String? {
    guard description.utf8.contains(UInt8(ascii: ";")) else { return description }
    let options = description.split(separator: ";", omittingEmptySubsequences: false)
    var isDeleted = false
    let kept = options.enumerated().filter { index, option in
      guard index > 0 else { return true }
      let lowered = option.lowercased()
      if lowered == "deleted" || lowered == "deletedattribute" { isDeleted = true }
      return !String(option).withByteView(isOfReplication)
    }
    return isDeleted ? nil : kept.map(\.element).joined(separator: ";")
  }

  /// RFC 2253 §2.4 still allowed `OID.` before an object identifier.
  private static func withoutPrefix(_ type: ByteView) -> ByteView {
    let hasPrefix = type.count > 4 && type.upTo(4).equalsIgnoringASCIICase(ByteView("oid."))
    return hasPrefix ? type.from(4) : type
  }
}
