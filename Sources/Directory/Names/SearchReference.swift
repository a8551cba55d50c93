import Bytes

/// A part of the directory that another server holds, as a search is referred to it (RFC 4511 §4.5.3).
public struct SearchReference: Sendable, Equatable {
  /// Why it matters, or not.
  public enum Kind: Sendable {
    /// Objects that were asked for are there: the result is incomplete.
    case missing
    /// Configuration, schema, DNS zones: no objects of people.
    case immaterial
    /// Another source of this run reads it.
    case readElsewhere
  }

  /// Its URL as the server gave it.
  public var url: String
  /// The DN in the URL, when it has one.
  public var dn: String?
  /// Why it matters, or not.
  public var kind: Kind

  /// The reference to `url`.
  ///
  /// A domain's search is referred to the partitions below it. Those of configuration and schema, which
  /// `partitions` names where they are known, and the DNS zones of Active Directory hold no objects of
  /// people; anything else, child domains above all, does, and is missing until it is found.
  public init(_ url: String, partitions: SubtreeSet, isActiveDirectory: Bool) {
    self.url = url
    dn = Self.base(of: url)
    kind = .missing
    guard let lowered = dn?.lowercased() else { return }
    var fixed = ["dc=forestdnszones,", "dc=domaindnszones,"]
    if isActiveDirectory {
      fixed += ["cn=configuration,dc=", "cn=schema,cn=configuration,dc="]
    }
    if partitions.isTop(lowered) || fixed.contains(where: lowered.hasPrefix) { kind = .immaterial }
  }

  /// The base in `url` (RFC 4516 §2); nil when it has none.
  private static func base(of url: String) -> String? {
    guard let host = url.firstRange(of: "://")?.upperBound,
      let slash = url[host...].firstIndex(of: "/")
    else { return nil }
    let text = url[slash...].dropFirst().prefix { $0 != "?" }
    return PercentEncoding.decode(text).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// What is to be said of it: one line.
  public var message: String {
    let place = dn ?? url
    return switch kind {
    case .missing:
      "\(place) is on another server; the reference was not followed; scan it too: \(url)"
    case .immaterial:
      "\(place) is another partition; the reference was not followed; it holds no objects of people"
    case .readElsewhere:
      "\(place) is another partition; the reference was not followed; it is read as a source of its "
        + "own"
    }
  }
}
