import Bytes

/// Whether a domain could be a verified domain of a tenant, and why not.
public enum DomainVerdict: Equatable, Sendable {
  /// Nothing speaks against it.
  case routable
  /// It is, or is below, a name with a meaning of its own: `local`, "RFC 6762".
  case specialUse(name: String, reference: String)
  /// It is, or is below, a name that ICANN keeps out of the DNS: `internal`.
  case reserved(name: String, reference: String)
  /// It has no dot.
  case singleLabel
  /// Its last label, at `label` of the domain's bytes, is no top-level domain; `note` says what else
  /// is known of it.
  case unknownTopLevelDomain(label: Range<Int>, note: String?)
  /// It is no domain name at all.
  case malformed(DomainMalformation)

  /// Whether nothing speaks against it.
  public var isRoutable: Bool { self == .routable }

  /// Why `domain`, to which this verdict belongs, is refused, as a phrase with its source; empty
  /// when it is routable.
  public func reason(for domain: ByteView) -> String {
    switch self {
    case .routable: ""
    case .specialUse(let name, let reference):
      "\"\(name)\" is a special-use name (\(reference))"
    case .reserved(let name, let reference):
      "\"\(name)\" is reserved for private use (\(reference))"
    case .singleLabel: "the domain has only one label"
    case .unknownTopLevelDomain(let label, let note):
      "\(HostileText.quoted(domain[label])) is no top-level domain"
        + " (list of \(TopLevelDomains.date)\(note.map { "; " + $0 } ?? ""))"
    case .malformed(let malformation): malformation.reason(for: domain)
    }
  }
}

/// Why a text is no domain name (RFC 1035 §2.3.4, RFC 1123 §2.1). Offsets are bytes of the domain.
public enum DomainMalformation: Equatable, Sendable {
  /// There is nothing.
  case empty
  /// Two dots in a row, or one at the beginning or the end.
  case emptyLabel(offset: Int)
  /// A label of more than 63 bytes, as the DNS would have it.
  case labelTooLong(label: Range<Int>)
  /// More than 253 bytes.
  case nameTooLong(count: Int)
  /// A label that begins or ends with `-`.
  case hyphenAtEdge(label: Range<Int>)
  /// A label that begins with `xn--` and stands for no label in Unicode (RFC 5890 §2.3.2.1).
  case notPunycode(label: Range<Int>)
  /// A character that no host name has.
  case badCharacter(offset: Int)

  /// What is wrong with `domain`, as a phrase.
  public func reason(for domain: ByteView) -> String {
    switch self {
    case .empty: "the domain is empty"
    case .emptyLabel: "the domain has an empty label"
    case .labelTooLong: "a label of the domain is longer than 63 characters"
    case .nameTooLong: "the domain is longer than 253 characters"
    case .hyphenAtEdge(let label):
      "the label \(HostileText.quoted(domain[label])) begins or ends with \"-\""
    case .notPunycode(let label):
      "the label \(HostileText.quoted(domain[label])) stands for no name in Unicode"
    case .badCharacter(let offset):
      "no host name has the character "
        + UnicodeText.element(domain, at: offset).displayName
    }
  }
}
