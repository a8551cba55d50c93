import Bytes

/// Names that can never be a domain of one's own, and names that look as if they were reserved.
enum SpecialUse {
  /// A name and who says so.
  struct Entry {
    var name: StaticString
    var reference: String
    /// Whether ICANN rather than the IETF keeps it out of the DNS.
    var isByICANN = false
  }

  /// The entry that covers `domain`: its own name or a name above it. Labels may be in any case.
  static func find(_ domain: ByteView) -> Entry? {
    let last = Domain.lastLabel(of: domain)
    guard !last.isEmpty, domain[last.lowerBound].isASCIILetter else { return nil }
    for entry in byInitial[Int(domain[last.lowerBound] | 0x20) - 0x61]
    where isWithin(domain, entry.name) {
      return entry
    }
    return nil
  }

  /// The table by the first letter of the last label, so that `contoso.com` meets one entry.
  private static let byInitial: [[Entry]] = (0x61...0x7A).map { letter in
    table.filter { entry in
      let name = ByteView(entry.name)
      return name[Domain.lastLabel(of: name).lowerBound] == letter
    }
  }

  /// Whether `domain` is `name` or a name below it.
  static func isWithin(_ domain: ByteView, _ name: StaticString) -> Bool {
    let name = ByteView(name)
    guard domain.endsIgnoringASCIICase(with: name) else { return false }
    let before = domain.count - name.count - 1
    return before < 0 || domain[before] == UInt8(ascii: ".")
  }

  private static let table: [Entry] = [
    Entry(name: "local", reference: "RFC 6762"),
    Entry(name: "internal", reference: "ICANN Board, 29 July 2024", isByICANN: true),
    Entry(name: "test", reference: "RFC 6761"),
    Entry(name: "localhost", reference: "RFC 6761"),
    Entry(name: "invalid", reference: "RFC 6761"),
    Entry(name: "example", reference: "RFC 6761"),
    Entry(name: "example.com", reference: "RFC 6761"),
    Entry(name: "example.net", reference: "RFC 6761"),
    Entry(name: "example.org", reference: "RFC 6761"),
    Entry(name: "onion", reference: "RFC 7686"),
    Entry(name: "alt", reference: "RFC 9476"),
    Entry(name: "home.arpa", reference: "RFC 8375"),
    Entry(name: "6tisch.arpa", reference: "RFC 9031"),
    Entry(name: "ipv4only.arpa", reference: "RFC 8880"),
    Entry(name: "10.in-addr.arpa", reference: "RFC 6761"),
    Entry(name: "168.192.in-addr.arpa", reference: "RFC 6761"),
    // Not special use, but for the infrastructure of the DNS only.
    Entry(name: "arpa", reference: "RFC 3172"),
  ]

  /// What there is to say about a top-level domain that does not exist but is often seen; nil else.
  static func note(_ label: ByteView) -> String? {
    for name in ["corp", "home", "mail"] as [StaticString] where label.equalsIgnoringASCIICase(name)
    {
      return "not reserved, but ICANN deferred its delegation indefinitely in February 2018"
    }
    for name in ["lan", "intranet", "private"] as [StaticString]
    where label.equalsIgnoringASCIICase(name) {
      return "not reserved, only seen on private networks (RFC 6762 Appendix G)"
    }
    for name in ["localdomain", "domain", "workgroup"] as [StaticString]
    where label.equalsIgnoringASCIICase(name) {
      return "not reserved, only seen on private networks"
    }
    return nil
  }
}
