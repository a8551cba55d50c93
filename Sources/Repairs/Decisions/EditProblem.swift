/// What is wrong with a record of a patch or with a row of a decisions file.
public struct EditProblem: Sendable, Hashable {
  /// The part of a file that something is wrong with.
  public enum Place: Sendable, Hashable, Comparable {
    /// All of it: no part alone is at fault.
    case whole
    /// The record of a patch whose `dn:` is in this line, from 1.
    case line(Int)
    /// This row of a decisions file, as a spreadsheet counts: the header is 1.
    case row(Int)

    /// `line 3` or `row 3`; nil for all of it.
    public var text: String? {
      switch self {
      case .whole: nil
      case .line(let number): "line \(number)"
      case .row(let number): "row \(number)"
      }
    }
  }

  /// What it is about.
  public var place: Place
  /// The object's DN; empty when it is about none.
  public var dn: [UInt8]
  /// Why, as a phrase. May contain bytes of the directory.
  public var reason: String
}
