import Findings
import LDIF

/// What is said of a file once, with a count, however many of its records it is true of.
struct FileRemarks: Sendable {
  private struct Tally: Sendable {
    var kind: RecordRemark.Kind
    var attribute: String
    var count: Int
    /// The line of the first, and its offset.
    var line: Int
    var byteOffset: Int
    /// How many are of a code page of DOS.
    var ofDOS = 0
  }

  /// Different things that are said; a hostile file may have a name of its own in each line.
  private static let maximum = 32

  private var tallies: [Tally] = []
  private var others = 0

  /// Whether nothing is said.
  var isEmpty: Bool { tallies.isEmpty }

  /// Counts `remark`, at line number `line`.
  mutating func add(_ remark: RecordRemark, line: Int) {
    var tally = Tally(
      kind: remark.kind, attribute: remark.attribute, count: 1, line: line,
      byteOffset: remark.byteOffset)
    if case .notUTF8(let isOfDOS) = remark.kind {
      // Of the file, whatever has them.
      tally.kind = .notUTF8(isOfDOS: false)
      tally.attribute = ""
      tally.ofDOS = isOfDOS ? 1 : 0
    }
    add(tally)
  }

  /// Counts what was counted of the chunk that follows, which begins at line number `firstLine`.
  mutating func add(_ chunk: FileRemarks, firstLine: Int) {
    for var tally in chunk.tallies {
      tally.line += firstLine
      add(tally)
    }
    others += chunk.others
  }

  private mutating func add(_ tally: Tally) {
    if let place = tallies.firstIndex(where: {
      $0.kind == tally.kind && $0.attribute == tally.attribute
    }) {
      tallies[place].count += tally.count
      tallies[place].ofDOS += tally.ofDOS
    } else if tallies.count < Self.maximum {
      tallies.append(tally)
    } else {
      others += tally.count
    }
  }

  /// What is said of `source`, at lines and offsets of what was read of it.
  func problems(_ source: String) -> [Problem] {
    var result = tallies.map { tally in
      let (kind, message) = Self.said(tally)
      var problem = Problem(kind: kind, message: message, source: source)
      problem.line = tally.line
      problem.byteOffset = tally.byteOffset
      return problem
    }
    if others > 0 {
      result.append(
        Problem(
          kind: .incomplete, message: "\(others) more values like these are not listed",
          source: source))
    }
    return result
  }

  /// What is said of `remark` by itself.
  static func said(_ remark: RecordRemark) -> (Problem.Kind, String) {
    said(
      Tally(kind: remark.kind, attribute: remark.attribute, count: 1, line: 0, byteOffset: 0))
  }

  private static func said(_ tally: Tally) -> (Problem.Kind, String) {
    let (attribute, count) = (tally.attribute, tally.count)
    switch tally.kind {
    case .noEmptyLine:
      return (
        .note,
        count == 1
          ? "the empty line before a record is missing; it is read as a record all the same"
          : "the empty lines before \(count) records are missing; they are read as records all the same"
      )
    case .urlValue:
      let values = count == 1 ? "a value of \(attribute) is" : "\(count) values of \(attribute) are"
      return (
        .urlValue,
        "\(values) given by URL, which is never fetched, so nothing is checked of them; "
          + "\"ldapsearch -t\" writes such lines: export without -t"
      )
    case .notAName:
      let lines = count == 1 ? "a line begins" : "\(count) lines begin"
      return (
        .malformedRecord,
        "\(lines) with \(attribute), which is no attribute name (letters, digits, hyphens, options), "
          + "so nothing is checked of it; if it is the rest of the value above it, it must begin "
          + "with a blank"
      )
    case .notUTF8:
      let isOfDOS = tally.ofDOS * 2 > count
      return (
        .malformedRecord,
        "the file is not UTF-8: \(count == 1 ? "a value has" : "\(count) values have") bytes of "
          + (isOfDOS
            ? "another code page, as of DOS (850)"
            : "another code page, as Latin-1 or Windows-1252")
          + "; nothing is checked of such values, and nothing is written for their objects; export in "
          + "UTF-8 (ldifde -u), or convert the file: iconv -f \(isOfDOS ? "CP850" : "WINDOWS-1252") "
          + "-t UTF-8"
      )
    case .partialRange, .search:
      return (
        .incomplete, "\(attribute) holds only a range of the values; export all of them"
      )
    }
  }
}
