/// What is wrong with a journal: it is none, or was changed or damaged.
public struct JournalError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  enum Fault: Sendable, Equatable {
    /// The first line is that of something else.
    case noJournal
    /// The line is not as it was written, or one before it is missing.
    case damaged
    /// It says what became of a record that it does not say was begun.
    case notBegun
    /// What it says was begun is another record than the patch has.
    case otherRecord
    /// The change that takes the record back cannot be read.
    case unreadable
  }

  /// The number of the line at fault, from 1.
  public var line: Int
  var fault: Fault

  /// Whether it is no journal at all.
  public var isOfOtherFile: Bool { fault == .noJournal }

  /// What is wrong, and what to do.
  public var description: String {
    let what =
      switch fault {
      case .noJournal: "this is no journal; undo takes the journal that apply wrote, PATCH.journal"
      case .damaged:
        "line \(line) is not as it was written, or a line before it is missing"
      case .notBegun: "line \(line) ends what was not begun"
      case .otherRecord: "line \(line) is about another record than the patch has"
      case .unreadable: "the change in line \(line) cannot be read"
      }
    guard fault != .noJournal else { return what }
    return "\(what); restore the file from a copy, or send the patch, or its undo, with "
      + "`apply --journal` and a new file: every value is compared with the directory's first"
  }
}
