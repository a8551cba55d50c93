import Bytes
import Directory

extension FuzzTarget {
  static let directory = [
    FuzzTarget(
      "dn", upTo: 160, words: ["CN=", "DC=", #"\\2C"#, #"\\,"#, "=#04", "\\\"", "+", "<GUID=a>;"],
      names),
    FuzzTarget("values", upTo: 160, words: ["S-1-5-21-", "20260101000000.0Z", "{", "-"], values),
    FuzzTarget("unicode", upTo: 160, words: ["xn--", ".", "@", #"\xc3\x9f"#], unicode),
    FuzzTarget("secrets", upTo: 160, words: [": ", ":: ", #"\x0a "#, "dn: ", "oid."], secrets),
  ]

  /// Names: the normalised form is a name, the same when it is normalised again, below its parent.
  private static func names(_ bytes: ByteView) throws(Broken) {
    let arena = ByteArena(blockSize: 1024)
    _ = DistinguishedName.leftmostValue(of: bytes, into: arena)
    _ = DistinguishedName.parent(of: bytes)
    _ = DistinguishedName.depth(of: bytes)
    _ = DistinguishedName.domainName(of: bytes, into: arena)
    _ = DistinguishedName.key(of: bytes.array)
    _ = DistinguishedName.isOfDeletedObject(bytes)
    var screen = NameScreen()
    for _ in 0..<2 {
      let isName = screen.fault(of: bytes) == nil
      try expect(
        isName == (DistinguishedName.depth(of: bytes) != nil),
        "a name or none, by the screen \(isName)")
    }
    guard let name = try? DistinguishedName(bytes) else { return }
    let again = name.normalised.withByteView { try? DistinguishedName($0) }
    try expect(
      again?.normalised == name.normalised,
      "\(name.normalised) becomes \(String(describing: again?.normalised))")
    guard let parent = DistinguishedName.parent(of: bytes),
      let above = try? DistinguishedName(parent)
    else { return }
    try expect(name.isDescendant(of: above), "it is not below its parent")
  }

  /// Identifiers, times and numbers: what becomes text is read back the same.
  private static func values(_ bytes: ByteView) throws(Broken) {
    let arena = ByteArena(blockSize: 1024)
    if let sid = SecurityIdentifier(bytes: bytes) ?? SecurityIdentifier(text: bytes) {
      let text = sid.text.withByteView { SecurityIdentifier(text: $0) }
      let stored = sid.storedBytes.withByteView { SecurityIdentifier(bytes: $0) }
      try expect(text == sid && stored == sid, "\(sid) is read back as another")
    }
    if let guid = ObjectGUID(bytes: bytes) ?? ObjectGUID(text: bytes) {
      let text = guid.text.withByteView { ObjectGUID(text: $0) }
      let stored = guid.storedBytes.withByteView { ObjectGUID(bytes: $0) }
      try expect(text == guid && stored == guid, "\(guid) is read back as another")
    }
    for time in [DirectoryTime(generalizedTime: bytes), DirectoryTime(fileTimeText: bytes)] {
      _ = time?.generalizedTime
      _ = time?.components
      _ = time?.unixSeconds
    }
    _ = SecurityIdentifier.text(of: bytes, into: arena)
    _ = LDAPInteger.parse(bytes)
    _ = UserAccountControl(bytes)
    _ = Base64.decode(bytes, into: arena)
    let decoded = Base64.encode(bytes).withByteView { Base64.decode($0, into: arena)?.array }
    try expect(decoded == bytes.array, "Base64 changes it")
  }

  /// Texts: what is folded stays as it is, UTF-8 is what Swift takes for it.
  private static func unicode(_ bytes: ByteView) throws(Broken) {
    let arena = ByteArena(blockSize: 1024)
    let isUTF8 = UnicodeText.isUTF8(bytes)
    try expect(
      isUTF8 == (String(validating: bytes.array, as: UTF8.self) != nil), "isUTF8 is \(isUTF8)")
    let folded = UnicodeText.foldCase(bytes, into: arena)
    let confusable = UnicodeText.confusableFold(bytes, into: arena)
    if isUTF8 {
      try expect(
        UnicodeText.foldCase(folded, into: arena).array == folded.array, "folding case goes on")
      try expect(
        UnicodeText.confusableFold(confusable, into: arena).array == confusable.array,
        "folding what looks alike goes on")
    }
    let named = Domain.withALabels(bytes, into: arena)
    try expect(
      Domain.withALabels(named, into: arena).array == named.array,
      "\(named.array) is not yet what the DNS has")
    for _ in UnicodeText.elements(bytes) {}
    _ = UnicodeText.trimmed(bytes)
    _ = UnicodeText.isBlank(bytes)
    _ = UnicodeText.utf16Count(bytes)
    for style in [UnicodeText.Transliteration.german, .microsoft] {
      _ = UnicodeText.transliterate(bytes, style, into: arena)
    }
    _ = Domain.malformation(of: bytes)
    _ = Domain.isHostNameLabelValid(bytes)
    _ = Domain.lastLabel(of: bytes)
    _ = Domain.isReservedForService(bytes)
    _ = TopLevelDomains.shipped.contains(bytes)
    _ = try? TopLevelDomains(adding: bytes)
  }

  /// Nothing of what follows a secret's name is shown.
  private static func secrets(_ bytes: ByteView) throws(Broken) {
    let line = Array("userPassword".utf8) + bytes
    try expect(
      SecretLine.masked(line) == Array("userPassword: \(SecretLine.mask)".utf8),
      "a secret is shown")
    try expect(SecretLine.begins(line), "a secret is taken for a DN")
    _ = SecretAttributes.contains(bytes)
    _ = SecretLine.maskingQuotations(bytes.array)
    _ = Schema.name(bytes.string)
  }
}
