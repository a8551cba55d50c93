import Bytes

/// A distinguished name (RFC 4514), parsed.
///
/// Equal names are equal however they were written: case, escapes, spaces and the order within an
/// RDN do not count. For one name per record there are allocation-free functions on the text in
/// `DistinguishedName+Text.swift`.
public struct DistinguishedName: Sendable {
  /// One `type=value` of an RDN.
  public struct Assertion: Hashable, Sendable {
    /// The attribute type in small letters.
    public let type: [UInt8]
    /// The value without escapes, as it was written otherwise.
    public let value: [UInt8]
  }

  /// One level of the name: usually one assertion, more when they are joined by `+`.
  public struct RelativeName: Hashable, Sendable {
    /// The assertions in the order of the text.
    public let assertions: [Assertion]
  }

  /// The levels, the entry's own first.
  public let rdns: [RelativeName]
  /// The name as it was given.
  public let text: [UInt8]
  /// The name in the one form that all equal names share: types and values in small letters,
  /// values with single inner spaces and none at the ends, assertions of an RDN sorted, special
  /// characters and controls as `\xx`. A comma in it always separates two levels.
  public let normalised: [UInt8]
  private let starts: [Int]

  /// The name that `text` stands for; the empty text is the root.
  public init(_ text: ByteView) throws(DistinguishedNameError) {
    var scanner = AssertionScanner(text)
    var rdns: [RelativeName] = []
    var assertions: [Assertion] = []
    var starts: [Int] = []
    while let found = try scanner.next() {
      var value: [UInt8] = []
      found.decode(text, to: &value)
      if assertions.isEmpty { starts.append(found.start) }
      assertions.append(
        Assertion(type: text[found.type].map(\.asciiLowercased), value: value))
      if !found.isContinued {
        rdns.append(RelativeName(assertions: assertions))
        assertions = []
      }
    }
    self.rdns = rdns
    self.text = text.array
    self.starts = starts
    var normalised: [UInt8] = []
    try DistinguishedName.normalise(text, to: &normalised)
    self.normalised = normalised
  }

  /// The name that `text` stands for; the empty text is the root.
  public init(_ text: String) throws(DistinguishedNameError) {
    self = try text.withByteView { (view) throws(DistinguishedNameError) in
      try DistinguishedName(view)
    }
  }

  private init(rdns: [RelativeName], text: [UInt8], normalised: [UInt8], starts: [Int]) {
    self.rdns = rdns
    self.text = text
    self.normalised = normalised
    self.starts = starts
  }

  /// Whether this is the root, the name of no entry.
  public var isRoot: Bool { rdns.isEmpty }

  /// The name one level up; nil for the root.
  public var parent: DistinguishedName? {
    guard !isRoot else { return nil }
    let cut = starts.count > 1 ? starts[1] : text.count
    let comma = normalised.firstIndex(of: UInt8(ascii: ","))
    return DistinguishedName(
      rdns: Array(rdns.dropFirst()), text: Array(text[cut...]),
      normalised: comma.map { Array(normalised[($0 + 1)...]) } ?? [],
      starts: starts.dropFirst().map { $0 - cut })
  }

  /// The first value of the entry's own level, without escapes; nil for the root.
  public var leftmostValue: [UInt8]? { rdns.first?.assertions.first?.value }

  /// The DNS name that the last levels spell with their `DC=` values, `contoso.com`; nil when the
  /// name does not end in `DC=` (RFC 2247).
  public var domainName: [UInt8]? {
    let labels = rdns.reversed().prefix { $0.assertions.count == 1 && $0.assertions[0].isDC }
    guard !labels.isEmpty else { return nil }
    return Array(labels.reversed().map { $0.assertions[0].value }.joined(separator: [0x2E]))
  }

  /// Whether this entry lies below `base`, at any depth; no entry lies below itself.
  public func isDescendant(of base: DistinguishedName) -> Bool {
    normalised.withByteView { own in
      base.normalised.withByteView { DistinguishedName.isDescendant(normalised: own, of: $0) }
    }
  }
}

extension DistinguishedName: Hashable {
  /// Whether both name the same entry.
  public static func == (left: DistinguishedName, right: DistinguishedName) -> Bool {
    left.normalised == right.normalised
  }

  /// Hashes the normalised form.
  public func hash(into hasher: inout Hasher) { hasher.combine(normalised) }
}

extension DistinguishedName.Assertion {
  /// Whether the type is `DC` (domainComponent).
  var isDC: Bool { type == [0x64, 0x63] }
}
