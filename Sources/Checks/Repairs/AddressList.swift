import Bytes
import Directory

/// Several addresses that somebody has written into one value.
struct AddressList {
  /// One of them.
  struct Item {
    /// The `smtp:` or `sip:` before it, as it is spelled; nil when there is none.
    var type: ByteView?
    /// The address, without a type.
    var address: ByteView
  }

  /// Two or more, in their order.
  let items: [Item]

  /// Nil when `text` has fewer than two addresses, or anything else that would be lost: names of
  /// people, addresses of other types, what is no address.
  init?(of text: ByteView) {
    var items: [Item] = []
    var type: ByteView?
    for piece in Self.pieces(of: text) {
      let (found, rest) = Self.typed(Self.withoutApostrophes(piece))
      type = found ?? type
      guard rest.contains(where: Self.isOfWord) else { continue }
      guard let at = rest.firstIndex(of: 0x40), at == rest.lastIndex(of: 0x40), at > 0,
        at < rest.count - 1, rest.firstIndex(of: 0x3A) == nil
      else { return nil }
      items.append(Item(type: type, address: rest))
      type = nil
    }
    guard items.count > 1, type == nil else { return nil }
    self.items = items
  }

  /// What stands between white space, controls, quotation marks, brackets and separators.
  private static func pieces(of text: ByteView) -> [ByteView] {
    var pieces: [ByteView] = []
    var start = 0
    for (offset, element) in UnicodeText.elements(text) {
      guard let scalar = element.scalar, scalar != ":", FirstAddress.isBoundary(scalar) else {
        continue
      }
      if offset > start { pieces.append(text[start..<offset]) }
      start = offset + element.length
    }
    if start < text.count { pieces.append(text.from(start)) }
    return pieces
  }

  private static func withoutApostrophes(_ piece: ByteView) -> ByteView {
    guard piece.count > 2, FirstAddress.isApostrophe(piece[0]),
      FirstAddress.isApostrophe(piece[piece.count - 1])
    else { return piece }
    return piece[1..<(piece.count - 1)]
  }

  /// The type before `piece`, the last of several, and what follows it. The `mailto:` of a link says
  /// nothing.
  private static func typed(_ piece: ByteView) -> (type: ByteView?, rest: ByteView) {
    var type: ByteView?
    var rest = piece
    while let colon = rest.firstIndex(of: 0x3A) {
      let word = rest.upTo(colon + 1)
      let isType = [ByteView("smtp:"), ByteView("sip:")].contains {
        word.equalsIgnoringASCIICase($0)
      }
      guard isType || word.equalsIgnoringASCIICase(ByteView("mailto:")) else { break }
      if isType { type = word }
      rest = rest.from(colon + 1)
    }
    return (type, rest)
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte >= 0x80 || byte == 0x40
  }
}
