/// What can be wrong with a line of a record, whatever reads it.
enum LineFault: Error {
  case continuation, noColon, notAName, noDN, secondDN, unknownVersion, dnByURL, dnNotBase64,
    notBase64, tooLong

  /// Why the record is refused, and what to do.
  var reason: String {
    switch self {
    case .continuation: "a continuation line has no line before it to continue"
    case .noColon: "the line has no colon; expected \"attribute: value\""
    case .notAName:
      "the text before the colon is not an attribute name (letters, digits, hyphens, options)"
    case .noDN: "the record does not begin with \"dn:\""
    case .secondDN: "a second \"dn:\" in one record; an empty line is missing before it"
    case .unknownVersion: "this version of LDIF is not known; only 1 is"
    case .dnByURL: "the DN is given by URL, which is never fetched"
    case .dnNotBase64: "the DN after \"dn::\" is not valid Base64"
    case .tooLong:
      "the line is longer than \(LogicalLine.limit >> 20) MiB, the longest of which the value is read"
    case .notBase64: "the value after \"::\" is not valid Base64"
    }
  }
}
