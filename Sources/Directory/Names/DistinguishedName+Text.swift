import Bytes

/// Questions about a name's text that need no `DistinguishedName` and allocate nothing.
extension DistinguishedName {
  // MARK: Parts

  /// The first value of the entry's own level without escapes: a part of `text` when it has none,
  /// else a copy in `arena`; nil when the text does not begin with an RDN.
  public static func leftmostValue(of text: ByteView, into arena: ByteArena) -> ByteView? {
    var scanner = AssertionScanner(text)
    guard let first = try? scanner.next() else { return nil }
    return decoded(first, text, arena)
  }

  /// The text of the name one level up, empty for a name of one level; nil when the text does not
  /// begin with an RDN. The rest of the text is not looked at.
  public static func parent(of text: ByteView) -> ByteView? {
    var scanner = AssertionScanner(text)
    repeat {
      guard let found = try? scanner.next() else { return nil }
      if !found.isContinued { break }
    } while true
    var start = scanner.offset
    while start < text.count, text[start] == 0x20 { start += 1 }
    return text.from(start)
  }

  /// The value of the level number `index`, from 0 for the entry's own, as Entra Connect's
  /// `DNComponent` gives it: with its escapes, hexadecimal digits of escapes in capitals.
  ///
  /// A part of `text` when that needs no change, else a copy in `arena`; nil when there is no such
  /// level or the text is no name up to there.
  public static func component(
    of text: ByteView, at index: Int, into arena: ByteArena
  ) -> ByteView? {
    var scanner = AssertionScanner(text)
    var level = 0
    var isFirst = true
    while let found = try? scanner.next() {
      if level == index, isFirst { return withCapitalEscapes(found, text, arena) }
      isFirst = !found.isContinued
      if isFirst { level += 1 }
    }
    return nil
  }

  /// The part of `text` from at most `levels` levels above its domain, the `DC=` at its end, on: where in
  /// the domain the entry lies. Its own level is never part of it; nil when the text is no name.
  public static func unit(of text: ByteView, levels: Int) -> ByteView? {
    var scanner = AssertionScanner(text)
    var starts: [Int] = []
    var domain: Int?
    var isFirst = true
    do throws(DistinguishedNameError) {
      while let found = try scanner.next() {
        if isFirst {
          starts.append(found.start)
          if !text[found.type].equalsIgnoringASCIICase("dc") {
            domain = nil
          } else if domain == nil {
            domain = starts.count - 1
          }
        }
        isFirst = !found.isContinued
      }
    } catch {
      return nil
    }
    let first = max(1, (domain ?? starts.count) - levels)
    return first < starts.count ? text.from(starts[first]) : .empty
  }

  /// How many levels the name has; nil when the text is no name.
  public static func depth(of text: ByteView) -> Int? {
    var scanner = AssertionScanner(text)
    var depth = 0
    do throws(DistinguishedNameError) {
      while let found = try scanner.next() { depth += found.isContinued ? 0 : 1 }
    } catch {
      return nil
    }
    return depth
  }

  /// The DNS name that the last levels spell with their `DC=` values (RFC 2247), in `arena`; nil
  /// when the text does not end in `DC=` or is no name.
  public static func domainName(of text: ByteView, into arena: ByteArena) -> ByteView? {
    var scanner = AssertionScanner(text)
    var start: Int?
    var isAlone = true
    do throws(DistinguishedNameError) {
      while let found = try scanner.next() {
        let isLabel =
          isAlone && !found.isContinued && text[found.type].equalsIgnoringASCIICase("dc")
        start = isLabel ? start ?? found.start : nil
        isAlone = !found.isContinued
      }
    } catch {
      return nil
    }
    guard let start else { return nil }
    let labels = text.from(start)
    return arena.write(capacity: labels.count) { sink in
      var scanner = AssertionScanner(labels)
      while let found = try? scanner.next() {
        if sink.count > 0 { sink.append(UInt8(ascii: ".")) }
        found.decode(labels, to: &sink)
      }
    }
  }

  // MARK: Comparing

  /// What all spellings of one name have in common: the normalised form, or the text itself when it is
  /// no name.
  public static func key(of text: [UInt8]) -> [UInt8] {
    text.withByteView { view in
      var key: [UInt8] = []
      return (try? normalise(view, to: &key)) == nil ? text : key
    }
  }

  /// The name's normalised form (see `normalised`), in `arena`. Linear in the length of the text.
  public static func normalise(
    _ text: ByteView, into arena: ByteArena
  ) throws(DistinguishedNameError) -> ByteView {
    var outcome: Result<Bool, DistinguishedNameError> = .success(true)
    // The worst growth is a special character that becomes `\xx`.
    let result = arena.write(capacity: text.count * 3) { sink in
      if normalisePlain(text, to: &sink) { return }
      sink.removeAll()
      outcome = Result { () throws(DistinguishedNameError) in
        try normaliseSimple(text, to: &sink)
      }
    }
    if try outcome.get() { return result }
    var bytes: [UInt8] = []
    try normalise(text, to: &bytes)
    return arena.copy(bytes)
  }

  /// Whether the entry lies below `base`, at any depth. Both are normalised.
  @inline(__always)
  public static func isDescendant(normalised name: ByteView, of base: ByteView) -> Bool {
    guard name.count > base.count else { return false }
    if base.isEmpty { return true }
    let comma = name.count - base.count - 1
    guard comma > 0, name[comma] == UInt8(ascii: ",") else { return false }
    return isEqual(name.from(comma + 1), base)
  }

  /// Whether the entry is `base` or lies below it. Both are normalised.
  @inline(__always)
  public static func isWithin(normalised name: ByteView, base: ByteView) -> Bool {
    name.count == base.count ? isEqual(name, base) : isDescendant(normalised: name, of: base)
  }

  private static func isEqual(_ left: ByteView, _ right: ByteView) -> Bool {
    for index in 0..<left.count where left[index] != right[index] { return false }
    return true
  }

  private static func decoded(
    _ found: AssertionScanner.Assertion, _ text: ByteView, _ arena: ByteArena
  ) -> ByteView {
    let raw = text[found.value]
    guard found.form != .plain else { return raw }
    return arena.write(capacity: raw.count) { found.decode(text, to: &$0) }
  }

  private static func withCapitalEscapes(
    _ found: AssertionScanner.Assertion, _ text: ByteView, _ arena: ByteArena
  ) -> ByteView {
    let raw = text[found.value]
    guard found.form == .escaped else { return raw }
    return arena.write(capacity: raw.count) { sink in
      var index = 0
      while index < raw.count {
        let isEscape = raw[index] == UInt8(ascii: "\\")
        sink.append(raw[index])
        index += 1
        guard isEscape else { continue }
        let isPair = raw[index].asciiHexadecimalValue != nil
        for _ in 0..<(isPair ? 2 : 1) {
          sink.append(raw[index].asciiUppercased)
          index += 1
        }
      }
    }
  }
}
