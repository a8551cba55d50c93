import Bytes

/// What can be wrong with a line of a record, whatever reads it.
enum LineFault: Error {
  case continuation, noColon, notAName, noDN, secondDN, unknownVersion, dnByURL, dnNotBase64,
    notBase64, tooLong

  /// A name that no attribute has, of so many bytes, before a colon and a value all the same.
  case oddName(length: Int)

  /// Why the record is refused, and what to do.
  var reason: String {
    switch self {
    case .continuation: "a continuation line has no line before it to continue"
    case .noColon: "the line has no colon; expected \"attribute: value\""
    case .notAName, .oddName:
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
  /// The reason, with what the line may be: `before` is what stands before it in its record.
  func reason(of line: ByteView, after before: ByteView) -> String {
    switch self {
    case .noColon, .notAName, .oddName: break
    default: return reason
    }
    if place(after: before) != nil {
      return "the value stands on the next line, but a line of a value goes on with a blank at its "
        + "beginning"
    }
    guard let last = Self.lastLine(before).map({ before[$0] }) else {
      return Self.isAssignment(line)
        ? "\"attribute=value\" is what old versions of ldapsearch write without -L; "
          + "export with \"ldapsearch -LLL\""
        : reason
    }
    let what = last.beginsRecord ? "DN" : "value"
    return "\(reason); if it is the rest of the \(what) above it, it must begin with a blank"
  }

  /// Where the fault is, in `before`, which stands before the line in its record: a value that stands on
  /// the next line without a blank is the fault of the line that has none. Nil when it is the line itself.
  func place(after before: ByteView) -> Int? {
    guard case .noColon = self, let last = Self.lastLine(before) else { return nil }
    let line = before[last].trimmed
    guard line.last == 0x3A, let colon = line.firstIndex(of: 0x3A), colon >= line.count - 2 else {
      return nil
    }
    return last.lowerBound
  }

  /// The last line of `bytes` that is no comment, without its folds; nil when there is none.
  private static func lastLine(_ bytes: ByteView) -> Range<Int>? {
    var end = bytes.count
    while end > 0 {
      var start = end
      repeat {
        start -= 1
        while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
      } while start > 0 && LogicalLine.isBlank(bytes[start])
      if bytes[start] != 0x23 { return start..<end }
      end = start
    }
    return nil
  }

  /// Whether `line` is an attribute's name, `=` and a value.
  private static func isAssignment(_ line: ByteView) -> Bool {
    guard let equals = line.firstIndex(of: 0x3D), equals > 0 else { return false }
    return AttributeNames.isValid(line.upTo(equals))
  }
}

extension ByteView {
  /// What stands before the first line end.
  var firstLine: ByteView { upTo(firstIndex(of: 0x0A) ?? count).trimmed }
}
