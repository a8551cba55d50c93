import Bytes
import Directory

/// A domain that the tenant has verified, as the user gives it.
struct DomainArgument {
  /// The name in small letters.
  let name: String

  /// Takes `text`, which must be a name that the public DNS can have: what is none would match no
  /// address, and every domain of the directory would be reported as not verified. Throws what
  /// `failure` makes of the reason.
  init(
    _ text: String, _ topLevelDomains: TopLevelDomains, _ failure: (String) -> Failure
  ) throws {
    guard !Self.isVerifiable(text, topLevelDomains) else {
      name = text.lowercased()
      return
    }
    let suggestion = Self.suggestion(for: text, topLevelDomains)
    guard let suggestion else {
      throw failure("is neither a file nor a domain that can be verified, such as contoso.com")
    }
    throw failure("is no domain name; perhaps \(suggestion) is meant")
  }

  private static func isVerifiable(_ text: String, _ topLevelDomains: TopLevelDomains) -> Bool {
    guard text.contains(".") else { return false }
    return text.withByteView { domain in
      Domain.malformation(of: domain) == nil
        && topLevelDomains.contains(domain[Domain.lastLabel(of: domain)])
    }
  }

  /// A domain that stands in `text`: behind an `@` or `//`, or among other words.
  private static func suggestion(
    for text: String, _ topLevelDomains: TopLevelDomains
  ) -> String? {
    let words = text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
    return words.map { word in
      String(
        word.drop { $0 == "." || $0 == "-" }.reversed().drop { $0 == "." || $0 == "-" }.reversed())
    }
    .first { isVerifiable($0, topLevelDomains) }
  }

  /// The lines of a file of domains, whose byte order mark is none of its text.
  static func lines(_ bytes: [UInt8]) -> [Substring] {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    return String(decoding: text, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  /// What `line` says beside white space and a comment.
  static func content(of line: Substring) -> String {
    let said = line.prefix { $0 != "#" }
    return String(
      said.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
