import ArgumentParser
import Bytes
import Directory
import Findings
import Lint
import Reports

/// Where reports go and in which form.
struct OutputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The report's format.", valueName: "format"))
  var format = FormatArgument(format: .text)

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Where the report goes instead.", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp("One more report; repeatable.", valueName: "format=file"),
    completion: Completions.reports)
  var report: [String] = []

  @Option(
    help: ArgumentHelp(
      "How much text says: summary, grouped, full or concise (default: what fits).",
      valueName: "style"))
  var style: TextStyle?

  @Option(
    help: ArgumentHelp(
      "Findings in groups.", valueName: "what"))
  var groupBy: Grouping?

  @Option(
    help: ArgumentHelp(
      "Examples of each cause or group.", valueName: "count", visibility: .hidden))
  var maxExamples = 3

  @Option(
    help: ArgumentHelp("Groups that are listed.", valueName: "count", visibility: .hidden))
  var maxGroups = 10

  @Flag(
    help: ArgumentHelp(
      "Propose no repairs, which is faster."))
  var noProposals = false

  @Flag(help: ArgumentHelp("Leave formulas in CSV cells as they are.", visibility: .hidden))
  var csvVerbatim = false

  @Option(
    help: ArgumentHelp(
      "What separates the cells of csv and decisions: \",\", \";\" or tab.", valueName: "character",
      visibility: .hidden)
  )
  var csvDelimiter: DelimiterArgument?

  @Option(
    help: ArgumentHelp(
      "Mask an attribute's values; repeatable.", valueName: "attribute"))
  var redact: [String] = []

  /// A report and where it goes; nil is standard output.
  struct Target {
    var format: ReportFormat
    var path: String?
  }

  /// The reports that were asked for.
  func targets() throws -> [Target] {
    var targets = [Target(format: format.format, path: output == "-" ? nil : output)]
    for text in report {
      guard let equals = text.firstIndex(of: "="),
        let format = ReportFormat(rawValue: String(text[..<equals]))
      else {
        let known = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
        throw Failure("--report \(text): expected FORMAT=FILE, with a FORMAT of \(known)")
      }
      let path = String(text[text.index(after: equals)...])
      guard !path.isEmpty else { throw Failure("--report \(text): the file's name is missing") }
      targets.append(Target(format: format, path: path == "-" ? nil : path))
    }
    guard csvDelimiter == nil || targets.contains(where: \.format.hasDelimiter) else {
      throw Failure(
        "--csv-delimiter is for the formats csv and decisions, and neither is asked for")
    }
    guard targets.filter({ $0.path == nil }).count <= 1 else {
      throw Failure("two reports cannot both go to standard output; give one a file")
    }
    return targets
  }

  /// How the text report is made; nil for what fits how much there is.
  var textStyle: TextStyle? { style ?? (groupBy == nil ? nil : .grouped) }

  /// What is counted for reports in `formats`.
  func shape(_ formats: [ReportFormat]) throws -> TallyShape {
    guard maxExamples >= 0 else {
      throw Failure("--max-examples \(maxExamples): expected 0 or more")
    }
    guard maxGroups > 0 else { throw Failure("--max-groups \(maxGroups): expected 1 or more") }
    if let groupBy, let style, style != .grouped {
      throw Failure(
        "--group-by \(groupBy.rawValue) is a --style grouped, and --style \(style.rawValue) is asked for"
      )
    }
    guard groupBy == nil && style == nil || formats.contains(.text) else {
      throw Failure("--style and --group-by are for the format text, which is not asked for")
    }
    var shape = TallyShape()
    shape.countsCauses = formats.contains(where: \.showsCauses)
    shape.maximumExamples = maxExamples
    if formats.contains(.text), textStyle == .grouped { shape.grouping = groupBy ?? .rule }
    shape.maximumGroups = maxGroups
    return shape
  }

  /// Names that say something of every object, whatever attributes were exported: those of DNs.
  private static let ofNames: Set<String> = [
    "dn", "distinguishedname", "name", "cn", "ou", "dc", "o", "c", "l", "st", "street", "uid",
  ]

  /// What masks the reports of `result`.
  func redaction(of result: LintResult) -> Redaction {
    let absent = redact.filter { text in
      let name = Schema.name(text)
      return !Self.ofNames.contains(name.lowercased()) && !SecretAttributes.contains(name)
        && !result.hasAttribute(name)
    }
    return Redaction(attributes: redact, absent: absent)
  }

  /// How a report to `target` looks.
  func options(_ target: Target, _ color: ColorChoice) -> ReportOptions {
    var options = ReportOptions()
    let isTerminal = target.path == nil && Terminal.isOutputTerminal
    options.isTerminal = isTerminal
    options.isColored = target.path == nil && Terminal.isColored(color, isTerminal: isTerminal)
    options.width = isTerminal ? Terminal.width : 100
    options.isCSVVerbatim = csvVerbatim
    options.csvDelimiter = csvDelimiter?.byte
    options.style = textStyle
    options.grouping = groupBy ?? .rule
    return options
  }
}

/// What separates the cells of a CSV file, as an argument.
struct DelimiterArgument: ExpressibleByArgument {
  var byte: UInt8

  init?(argument: String) {
    switch argument {
    case ",", ";": byte = argument.utf8.first ?? 0
    case "tab", "\t", "\\t": byte = 0x09
    default: return nil
    }
  }

  static var allValueStrings: [String] { [",", ";", "tab"] }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

/// A format as an argument.
struct FormatArgument: ExpressibleByArgument {
  var format: ReportFormat

  init(format: ReportFormat) { self.format = format }

  init?(argument: String) {
    guard let format = ReportFormat(rawValue: argument) else { return nil }
    self.format = format
  }

  var defaultValueDescription: String { format.rawValue }
  static var allValueStrings: [String] { ReportFormat.allCases.map(\.rawValue) }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

extension TextStyle: ExpressibleByArgument {}
extension Grouping: ExpressibleByArgument {}
