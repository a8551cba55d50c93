import Findings
import Tables

/// The formats that reports come in.
public enum ReportFormat: String, CaseIterable, Sendable {
  /// For people, grouped by object.
  case text
  /// One JSON object, `docs/schemas/report.schema.json`.
  case json
  /// A JSON object a line, `docs/schemas/ndjson.schema.json`.
  case ndjson
  /// A row per finding, RFC 4180.
  case csv
  /// IdFix's columns, a row per value.
  case idfixCSV = "idfix-csv"
  /// A row per value to decide about, to be read back by `fix --decisions`.
  case decisions

  /// Whether it shows the keys of values and groups.
  public var showsKeys: Bool { self == .json || self == .ndjson || self == .decisions }

  /// Whether it shows what findings have in common.
  public var showsCauses: Bool { self == .json || self == .ndjson || self == .text }

  /// Whether cells of it can be separated by something else than a comma.
  public var hasDelimiter: Bool { self == .csv || self == .decisions }

  /// Whether it shows what would be done about values.
  public var showsProposals: Bool {
    switch self {
    case .text, .json, .ndjson, .csv, .idfixCSV, .decisions: true
    }
  }

  /// The report in this format.
  public func report(_ options: ReportOptions = ReportOptions()) -> any Report {
    let cells = CSVCells(
      isVerbatim: options.isCSVVerbatim, isTerminal: options.isTerminal,
      separator: hasDelimiter ? options.csvDelimiter ?? UInt8(ascii: ",") : UInt8(ascii: ","),
      isMarked: self == .decisions || (hasDelimiter && options.csvDelimiter != nil))
    return switch self {
    case .text: Self.text(options)
    case .json: JSONReport()
    case .ndjson: NDJSONReport()
    case .csv: CSVReport(cells)
    case .idfixCSV: IdFixReport(cells)
    case .decisions: DecisionsReport(cells)
    }
  }
}

extension ReportFormat {
  private static func text(_ options: ReportOptions) -> any Report {
    let style = options.style ?? .full
    guard style != .concise else {
      return ConciseReport(
        style: TerminalStyle(isColored: options.isColored), width: options.width)
    }
    return TextReport(
      isColored: options.isColored, width: options.width, form: style,
      grouping: options.grouping)
  }
}

/// What can be chosen about a report.
public struct ReportOptions: Sendable {
  /// Whether the text report is coloured.
  public var isColored = false
  /// How many columns the text report may use.
  public var width = 80
  /// How much the text report says of each finding; nil for what fits how much there is.
  public var style: TextStyle?
  /// By what the text report groups findings in the style `grouped`.
  public var grouping = Grouping.rule
  /// Whether CSV cells stay as they are, even those that a spreadsheet would run as a formula.
  public var isCSVVerbatim = false
  /// What separates the cells of `csv` and `decisions`, where that was chosen: the file is for a
  /// spreadsheet then, and `csv` begins with a byte order mark as `decisions` does.
  public var csvDelimiter: UInt8?
  /// Whether the report goes to a terminal: CSV then shows control characters instead of sending
  /// them. The other formats never send any.
  public var isTerminal = false

  /// The options that apply when nothing is said.
  public init() {}
}
