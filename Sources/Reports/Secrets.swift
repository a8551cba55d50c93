import Bytes
import Directory

/// Values that must not be shown, and their parts, to be found in sentences.
///
/// Kept as a tree of bytes, so that looking costs the same whether one value or a hundred thousand
/// are hidden.
struct Secrets {
  private struct Edge: Hashable {
    var node: Int
    var byte: UInt8
  }

  private var edges: [Edge: Int] = [:]
  /// For each node whether a secret ends there; node 0 is the root.
  private var isEnd = [false]

  /// Adds a value with its parts: the address after the type, its local part, its domain, the
  /// domain's last label.
  mutating func add(_ value: [UInt8]) {
    insert(value[...])
    var address = value[...]
    if let colon = value.firstIndex(of: UInt8(ascii: ":")) {
      address = value[(colon + 1)...]
      insert(address)
    }
    guard let at = address.lastIndex(of: UInt8(ascii: "@")) else { return }
    insert(address[..<at])
    let domain = address[(at + 1)...]
    insert(domain)
    if let dot = domain.lastIndex(of: UInt8(ascii: ".")) { insert(domain[(dot + 1)...]) }
  }

  /// Adds a value that is not the finding's own: whole, and without the type before an address.
  mutating func add(whole value: [UInt8]) {
    insert(value[...])
    if let colon = value.firstIndex(of: UInt8(ascii: ":")) { insert(value[(colon + 1)...]) }
  }

  /// Adds a DN.
  mutating func add(name dn: [UInt8]) { insert(dn[...]) }

  private mutating func insert(_ text: ArraySlice<UInt8>) {
    var text = text
    while text.first == 0x20 { text = text.dropFirst() }
    while text.last == 0x20 { text = text.dropLast() }
    // What is not text stands in no sentence as it is.
    guard !text.isEmpty, ScalarScan.isUTF8(text.span) else { return }
    var node = 0
    for byte in text {
      let edge = Edge(node: node, byte: byte.asciiLowercased)
      if let next = edges[edge] {
        node = next
        continue
      }
      isEnd.append(false)
      node = isEnd.count - 1
      edges[edge] = node
    }
    isEnd[node] = true
  }

  /// The sentence with every secret masked, and what it quotes when `quotations` says so.
  func masking(_ text: String, quotations: Bool) -> String {
    if edges.isEmpty && !quotations { return text }
    var bytes = masking(Array(text.utf8))
    if quotations { bytes = SecretLine.maskingQuotations(bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The bytes with every secret masked.
  func masking(_ bytes: [UInt8]) -> [UInt8] {
    guard !edges.isEmpty else { return bytes }
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if let end = longestSecret(in: bytes, at: index) {
        result += Redaction.mask
        index = end
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  /// Where the longest secret that begins at `start` ends, so that an address is masked as one.
  private func longestSecret(in text: [UInt8], at start: Int) -> Int? {
    var node = 0
    var index = start
    var end: Int?
    while index < text.count {
      guard let next = edges[Edge(node: node, byte: text[index].asciiLowercased)] else { break }
      node = next
      index += 1
      if isEnd[node] && Self.stands(in: text, start..<index) { end = index }
    }
    return end
  }

  /// Whether a secret at `range` counts: a short one must stand alone, "com" is no part of "complete".
  private static func stands(in text: [UInt8], _ range: Range<Int>) -> Bool {
    if range.count > 8 { return true }
    let (start, end) = (range.lowerBound, range.upperBound)
    return !(start > 0 && isWord(text[start - 1]) && isWord(text[start]))
      && !(end < text.count && isWord(text[end]) && isWord(text[end - 1]))
  }

  /// Letters, digits and everything that is not ASCII.
  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: true
    default: false
    }
  }
}
