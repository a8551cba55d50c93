import Bytes

/// Attribute descriptions (RFC 4512 §2.5): a type, by its name or its object identifier, and options.
public enum AttributeDescription {
  /// The type of `description`, of whose attribute its values are; nil for options that make another
  /// attribute of it, as `mail;lang-de` is another than `mail` (RFC 3866).
  ///
  /// `;binary` (RFC 4522) and `;range=0-1499` (MS-ADTS §3.1.1.3.1.3.3) only say how values are sent.
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
        || (Schema.find(name)?.oid?.utf8.elementsEqual(type) ?? false)
    }
  }

  private static func isOfTransfer(_ option: ByteView) -> Bool {
    option.isEmpty || option.equalsIgnoringASCIICase(ByteView("binary"))
      || option.count > 6 && option.upTo(6).equalsIgnoringASCIICase(ByteView("range="))
  }

  /// RFC 2253 §2.4 still allowed `OID.` before an object identifier.
  private static func withoutPrefix(_ type: ByteView) -> ByteView {
    let hasPrefix = type.count > 4 && type.upTo(4).equalsIgnoringASCIICase(ByteView("oid."))
    return hasPrefix ? type.from(4) : type
  }
}
