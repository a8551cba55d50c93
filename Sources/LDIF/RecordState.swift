import Bytes

/// What a scanner knows of a record so far.
struct RecordState {
  var hasDN = false
  var isChange = false
  /// Whether a GUID or SID may be written as text.
  var hasTextIdentifier = false
  /// Whether it is no entry but what a tool says of its search.
  var isOfSearch = false
  /// The start of the line at which `changetype:` and `control:` make a change record: the one after
  /// the DN or after another such line. Further down they are attributes (RFC 2849).
  var changeLine = -1
  /// Where a line begins that follows one with blanks alone.
  var separated = -1
  var error: LDIFError?
  /// The line that `error` is about, and what is wrong with it.
  var fault: (LineFault, LogicalLine)?

  /// Whether the line looked at last begins the next record.
  var isOver = false

  /// Whether `line` is the first of the next record, which is noted.
  mutating func begins(with line: LogicalLine) -> Bool {
    if hasDN || isOfSearch, line.beginsRecord { isOver = true }
    return isOver
  }

  mutating func fail(_ fault: LineFault, at line: LogicalLine, _ offset: Int) {
    error = LDIFError(reason: "", byteOffset: offset + line.start, raw: [])
    self.fault = (fault, line)
  }
}
