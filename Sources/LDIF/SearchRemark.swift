import Bytes

/// What tools that write a search's answer as LDIF say of it between the entries: ldapsearch in records
/// without a DN (but not with -LLL) and in comments, ldbsearch in comments.
public enum SearchRemark: Sendable, Equatable {
  /// `ref: URL`, `# refldap://…`: a part of the directory that another server holds.
  case reference(String)
  /// `result: 4 Size limit exceeded`: the result code (RFC 4511 appendix A) and the tool's words for it.
  case failure(code: Int, words: String)
  /// `# numEntries: 5`: how many entries the search gave.
  case entries(Int)
  /// `# returned 5 records`: how many entries and references.
  case records(Int)

  /// The names that a record without a DN may begin with: what ldapsearch(1) prints of a search's end,
  /// of its references and of the controls of both.
  private static let names: [StaticString] = [
    "search", "result", "ref", "control", "pagedresults", "matchedDN", "text", "extended",
    "partial",
    "sortResult", "vlvResult", "dirsync",
  ]

  /// Whether a record that begins with a line called `name` is none of an entry.
  static func begins(with name: ByteView) -> Bool {
    names.contains { name.equalsIgnoringASCIICase(ByteView($0)) }
  }

  /// What the line called `name` says; nil when that is nothing to tell.
  init?(_ name: ByteView, _ value: ByteView) {
    if name.equalsIgnoringASCIICase(ByteView("ref")) {
      self = .reference(value.trimmed.string)
      return
    }
    guard name.equalsIgnoringASCIICase(ByteView("result")) else { return nil }
    let digits = value.prefix(9, while: \.isASCIIDigit)
    guard let code = Int(digits.string), code != 0 else { return nil }
    self = .failure(code: code, words: value.from(digits.count).trimmed.string)
  }

  /// What the comment says, folds left out; nil when that is nothing to tell.
  init?(comment: ByteView) {
    guard comment.count > 6, comment[1] == 0x20, comment[2] == 0x72 || comment[2] == 0x6E else {
      return nil
    }
    let text = comment.from(2)
    if let rest = text.after("ref"), rest.hasLDAPScheme {
      self = .reference(rest.trimmed.string)
    } else if let rest = text.after("ref: "), rest.hasLDAPScheme {
      self = .reference(rest.trimmed.string)
    } else if let count = text.after("numEntries: ").flatMap({ Int($0.trimmed.string) }) {
      self = .entries(count)
    } else if let rest = text.after("returned "), let end = rest.firstIndex(of: 0x20),
      rest.from(end).trimmed == "records", let count = Int(rest.upTo(end).string)
    {
      self = .records(count)
    } else {
      return nil
    }
  }
}

extension ByteView {
  /// What follows `beginning`; nil when the bytes do not begin so.
  fileprivate func after(_ beginning: StaticString) -> ByteView? {
    let beginning = ByteView(beginning)
    return count >= beginning.count && upTo(beginning.count) == beginning
      ? from(beginning.count) : nil
  }

  fileprivate var hasLDAPScheme: Bool {
    count > 4 && upTo(4).equalsIgnoringASCIICase(ByteView("ldap"))
  }

  /// The bytes before the first that is no member, at most `limit`.
  fileprivate func prefix(_ limit: Int, while isMember: (UInt8) -> Bool) -> ByteView {
    var end = 0
    while end < limit, end < count, isMember(self[end]) { end += 1 }
    return upTo(end)
  }
}
