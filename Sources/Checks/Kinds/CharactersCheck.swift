import Bytes
import Directory
import Rules
import Sync

/// `characters`: a part with a character that is forbidden, or not among those allowed.
final class CharactersCheck: ValueCheck {
  private let spec: CharacterSpec
  private let part: ValuePart
  /// ASCII characters at fault, a bit each.
  private let badASCII: (UInt64, UInt64)

  let filter: ByteFilter

  /// A check of `part` of each value; `addFilter` gives the filter for the bytes that may be at fault.
  init(
    _ spec: CharacterSpec, part: ValuePart, addFilter: ((UInt8) -> Bool) -> ByteFilter
  ) {
    self.spec = spec
    self.part = part
    var low: UInt64 = 0
    var high: UInt64 = 0
    for byte in UInt8(0)..<128 where Self.isAtFault(Unicode.Scalar(byte), spec) {
      if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
    }
    let badASCII = (low, high)
    self.badASCII = badASCII
    filter = addFilter { byte in
      byte < 0x80 ? Self.isBad(byte, badASCII) : Self.concernsNonASCII(spec)
    }
  }

  var supplies: Set<Template.Placeholder> { [.characters, .position, .count] }

  @inline(__always)
  private func isBadASCII(_ byte: UInt8) -> Bool { Self.isBad(byte, badASCII) }

  private static func isBad(_ byte: UInt8, _ bad: (UInt64, UInt64)) -> Bool {
    let word = byte < 64 ? bad.0 : bad.1
    return word &>> UInt64(byte & 63) & 1 != 0
  }

  /// Whether a character that is not ASCII may be at fault.
  private static func concernsNonASCII(_ spec: CharacterSpec) -> Bool {
    if spec.isAllowList { return true }
    return spec.characters.contains { !$0.isASCII }
      || spec.classes.contains { $0 != .letters && $0 != .digits }
  }

  func fires(_ value: ScannedValue, _ view: ObjectView) -> Bool {
    guard let text = value.part(part) else { return false }
    var isAtFault = false
    forEachFault(text) { _, _ in
      isAtFault = true
      return false
    }
    return isAtFault
  }

  func explain(_ value: ScannedValue, _ view: ObjectView) -> Explanation {
    guard let text = value.part(part) else { return Explanation() }
    var evidence: [String] = []
    var names: [String] = []
    var first = 0
    var total = 0
    forEachFault(text) { position, character in
      total += 1
      if first == 0 { first = position }
      let name = character.displayName
      if evidence.count < 20 { evidence.append("\(name) at position \(position)") }
      if names.count < 8, !names.contains(name) { names.append(name) }
      return true
    }
    if total > evidence.count { evidence.append("and \(total - evidence.count) more") }
    return Explanation(
      evidence: evidence,
      facts: [
        .characters: names.joined(separator: ", "), .position: String(first),
        .count: String(total),
      ])
  }

  func tighten(_ screen: inout ValueScreen, typeBit: UInt32, seesPrefix: Bool) {
    screen.stop(suspects: seesPrefix ? 0 : filter.bit)
  }

  func repaired(_ text: ByteView, by repair: RepairKind) -> [UInt8]? {
    switch repair {
    case .removeCharacters: removingFaults(text)
    case .transliterate where isOfLookAlikes: replacingLookAlikes(text)
    default: nil
    }
  }

  /// Whether it is about letters that only look like Latin ones.
  private var isOfLookAlikes: Bool { spec.classes == [.lookAlikes] }

  /// The part with the letters that the faults look like; nil where a word would still have letters
  /// of two scripts.
  private func replacingLookAlikes(_ part: ByteView) -> [UInt8]? {
    var result: [UInt8] = []
    var faults: Set<Int> = []
    forEachFault(part) { position, _ in
      faults.insert(position)
      return true
    }
    var position = 0
    for (offset, element) in UnicodeText.elements(part) {
      position += 1
      if faults.contains(position), let letter = element.scalar.flatMap(UnicodeText.lookAlike) {
        result.append(letter)
      } else {
        guard element.length == 1 else { return nil }
        result.append(part[offset])
      }
    }
    return result
  }

  /// The part without the characters at fault; where a tab or a line break kept two words apart,
  /// a blank does, if blanks are allowed.
  private func removingFaults(_ part: ByteView) -> [UInt8] {
    let blank: UInt8 = 0x20
    var result: [UInt8] = []
    var isApart = false
    for (offset, element) in UnicodeText.elements(part) {
      guard !isAtFault(element) else {
        isApart = isApart || element.scalar.map(UnicodeText.isWhiteSpace) ?? false
        continue
      }
      let bytes = part[offset..<(offset + element.length)]
      if isApart, !isBadASCII(blank), let last = result.last, last != blank, bytes[0] != blank {
        result.append(blank)
      }
      isApart = false
      result.append(contentsOf: bytes)
    }
    return result
  }

  /// Hands every character at fault to `body` with its number from 1, until it returns false.
  private func forEachFault(_ part: ByteView, _ body: (Int, UnicodeText.Element) -> Bool) {
    guard !isOfLookAlikes else { return forEachLookAlike(part, body) }
    var position = 0
    for (_, element) in UnicodeText.elements(part) {
      position += 1
      if isAtFault(element), !body(position, element) { return }
    }
  }

  /// The same of letters that only look like Latin ones: they are at fault in a word with Latin ones.
  private func forEachLookAlike(
    _ part: ByteView, _ body: (Int, UnicodeText.Element) -> Bool
  ) {
    var position = 0
    var found: [(position: Int, element: UnicodeText.Element)] = []
    var isLatin = false
    for (_, element) in UnicodeText.elements(part) {
      position += 1
      if element.length > 1 {
        if isAtFault(element) { found.append((position, element)) }
      } else if element.byte.isASCIILetter {
        isLatin = true
      } else {
        for fault in isLatin ? found : [] where !body(fault.position, fault.element) { return }
        found = []
        isLatin = false
      }
    }
    for fault in isLatin ? found : [] where !body(fault.position, fault.element) { return }
  }

  private func isAtFault(_ element: UnicodeText.Element) -> Bool {
    guard let scalar = element.scalar else {
      // A byte that is no UTF-8 is no character that a rule could allow.
      return spec.isAllowList || spec.classes.contains { $0 == .otherNonASCII || $0 == .nonASCII }
    }
    return scalar.isASCII ? isBadASCII(UInt8(scalar.value)) : Self.isAtFault(scalar, spec)
  }

  private static func isAtFault(_ scalar: Unicode.Scalar, _ spec: CharacterSpec) -> Bool {
    let isNamed =
      spec.characters.contains(scalar) || spec.classes.contains { $0.contains(scalar) }
    return isNamed != spec.isAllowList
  }
}

extension CharacterSpec: CheckMaker {
  func make(
    _ rule: Rule, _ attributes: [AttributeID], _ ruleSet: inout RuleSet
  ) -> CompiledCheck {
    .value(
      CharactersCheck(self, part: rule.part) { mayFail in ruleSet.addFilter(rule, mayFail) })
  }
}

extension CharacterSpec.Class {
  /// Whether `scalar` is in the class.
  func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .letters: scalar.isASCII && UInt8(scalar.value).isASCIILetter
    case .digits: scalar.isASCII && UInt8(scalar.value).isASCIIDigit
    case .whitespace: UnicodeText.isWhiteSpace(scalar)
    case .control: UnicodeText.isControl(scalar)
    case .diacritics: Self.isDiacritic(scalar)
    case .otherNonASCII: !scalar.isASCII && !Self.isDiacritic(scalar)
    case .nonASCII: !scalar.isASCII
    case .lookAlikes: UnicodeText.lookAlike(scalar) != nil
    }
  }

  /// A letter with a diacritic, in one character or as a mark that follows its letter.
  private static func isDiacritic(_ scalar: Unicode.Scalar) -> Bool {
    guard !scalar.isASCII else { return false }
    if UnicodeText.isCombiningDiacritic(scalar) { return true }
    return UnicodeText.isDiacriticLetter(scalar) && !UnicodeText.isUndecomposedLetter(scalar)
  }
}
