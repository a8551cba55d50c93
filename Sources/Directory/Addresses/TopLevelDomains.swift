import Bytes

/// The top-level domains that exist: the shipped list, perhaps with some added by the user.
///
/// A hash table over the labels' bytes; asking allocates nothing.
public struct TopLevelDomains: Sendable {
  /// The shipped list, from the public suffix list's ICANN part.
  public static let shipped = TopLevelDomains()
  /// The date of the public suffix list that the shipped list was made from, `2026-10-22`.
  public static var date: String { TopLevelDomainData.date }
  /// The commit of that public suffix list.
  public static var commit: String { TopLevelDomainData.commit }

  /// Why a file of top-level domains was refused.
  public struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The line, from 1.
    public let line: Int
    /// What is wrong with it.
    public let reason: String

    /// One line: where and what.
    public var description: String { "line \(line): \(reason)" }
  }

  /// How many labels there are.
  public private(set) var count = 0
  private var text: [UInt8] = []
  /// Offset of a label in `text` plus one, or 0; a label begins with its length.
  private var slots: [UInt32]

  private init() {
    slots = Array(repeating: 0, count: 4096)
    let labels = ByteView(TopLevelDomainData.labels)
    var start = 0
    for index in 0...labels.count {
      guard index == labels.count || labels[index] <= 0x20 else { continue }
      if index > start, let label = ASCIILabel(labels[start..<index]) { insert(label) }
      start = index + 1
    }
  }

  /// The shipped list and the labels of `file`: one a line, in Unicode or as A-labels, `#` begins a
  /// comment, a leading dot is passed over.
  public init(adding file: ByteView) throws(FileError) {
    self = TopLevelDomains.shipped
    var line = 0
    var start = 0
    if file.count >= 3, file[0] == 0xEF, file[1] == 0xBB, file[2] == 0xBF { start = 3 }
    while start < file.count {
      var end = start
      while end < file.count, file[end] != 0x0A { end += 1 }
      line += 1
      try add(file[start..<end], line)
      start = end + 1
    }
  }

  /// Whether `label`, in any case, in Unicode or as an A-label, is a top-level domain.
  public func contains(_ label: ByteView) -> Bool {
    guard UnicodeText.isASCII(label) else {
      guard let converted = ASCIILabel(label) else { return false }
      return find(converted.count) { converted[$0] }
    }
    return find(label.count) { label[$0].asciiLowercased }
  }

  private mutating func add(_ line: ByteView, _ number: Int) throws(FileError) {
    let label = TopLevelDomains.label(line)
    if label.isEmpty { return }
    if let reason = TopLevelDomains.refusal(label) {
      throw FileError(line: number, reason: reason)
    }
    guard let converted = ASCIILabel(label) else { return }
    if !contains(label) { insert(converted) }
  }

  /// What is left of a line without comment, spaces and leading dot.
  private static func label(_ line: ByteView) -> ByteView {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    var end = 0
    while end < line.count, line[end] != UInt8(ascii: "#") { end += 1 }
    while end > 0, isSpace(line[end - 1]) { end -= 1 }
    var start = 0
    while start < end, isSpace(line[start]) { start += 1 }
    if start < end, line[start] == UInt8(ascii: ".") { start += 1 }
    return line[start..<end]
  }

  private static func refusal(_ label: ByteView) -> String? {
    let shown = HostileText.quoted(label)
    if label.contains(UInt8(ascii: ".")) {
      return "\(shown) has more than one label; name the top-level domain only"
    }
    if let special = SpecialUse.find(label) {
      return "\(shown) can never be routable (\(special.reference)); remove the line"
    }
    return Domain.isHostNameLabelValid(label) ? nil : "\(shown) is not a valid label"
  }

  @inline(__always)
  private func find(_ count: Int, _ byte: (Int) -> UInt8) -> Bool {
    var hash: UInt32 = 0x811C_9DC5
    guard count > 0, count < 64 else { return false }
    for index in 0..<count { hash = (hash ^ UInt32(byte(index))) &* 0x0100_0193 }
    var slot = Int(hash ^ hash >> 15) & (slots.count - 1)
    while slots[slot] != 0 {
      let start = Int(slots[slot]) - 1
      if Int(text[start]) == count {
        var index = 0
        while index < count, text[start + 1 + index] == byte(index) { index += 1 }
        if index == count { return true }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return false
  }

  private mutating func insert(_ label: ASCIILabel) {
    if count * 2 >= slots.count { grow() }
    let start = text.count
    text.append(UInt8(label.count))
    for index in 0..<label.count { text.append(label[index]) }
    count += 1
    place(start)
  }

  private mutating func place(_ start: Int) {
    var hash: UInt32 = 0x811C_9DC5
    for index in 0..<Int(text[start]) {
      hash = (hash ^ UInt32(text[start + 1 + index])) &* 0x0100_0193
    }
    var slot = Int(hash ^ hash >> 15) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(start + 1)
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    var start = 0
    while start < text.count {
      place(start)
      start += Int(text[start]) + 1
    }
  }
}
