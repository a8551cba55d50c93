import Checks
import Findings
import LDIF
import Rules

/// What a run says of sources, or of parts of them, of which nothing could be judged.
extension SummaryBuilder {
  /// A source of which nothing could be judged finds nothing wrong, which is not the same as a directory
  /// in order.
  func nothingJudged(_ source: Int, _ checks: SourceChecks) -> [Problem] {
    // Why a source was not read is said by itself.
    let isBroken =
      context.sources[source].problems.contains(where: \.makesIncomplete)
      || context.sources[source].input.file.trouble != nil
      || outputs.contains { output in
        output.source == source
          && (output.changes > 0 || output.problems.contains { $0.problem.makesIncomplete })
      }
    let message: String
    if counts.entries[source] == 0 {
      guard !isBroken, context.bases.isOpen else { return [] }
      message = "there are no entries in it, so nothing was checked"
    } else if counts.deleted[source] == counts.entries[source] {
      message = "all of its objects are deleted ones, so none was checked"
    } else if checks.inventory.isEmpty {
      message =
        "its entries are DNs without an attribute that is looked at, as ldapsearch writes them when "
        + "asked for 1.1, so none was checked; export all attributes"
    } else if !checks.inventory.contains(context.ruleSet.sync.attributes.objectClass) {
      message =
        "no object has an objectClass, so none was checked; export objectClass as well"
    } else if !context.ruleSet.settings.lintsAllObjects, counts.known[source] == 0,
      counts.copies[source] < counts.entries[source]
    {
      message =
        counts.unvalued[source] > 0
        ? "its attributes have no values, as ldapsearch -A writes them, so nothing was checked; export "
          + "the values as well"
        : "none of its objects is a user, a group, a contact or another class that is synchronized, "
          + "so none was checked"
    } else {
      return []
    }
    return [Problem(kind: .incomplete, message: message, source: context.sources[source].name)]
  }

  /// The bases below which no source has an entry.
  func emptyBases() -> [Problem] {
    guard !context.bases.isOpen else { return [] }
    guard counts.entries.contains(where: { $0 > 0 }) else {
      return [
        Problem(
          kind: .incomplete,
          message: "nothing was examined: \(context.bases.nothingPasses(context.options))")
      ]
    }
    let names = zip(context.bases.names, counts.basesFound).filter { !$0.1 }.map(\.0)
    guard !names.isEmpty else { return [] }
    let shown = names.prefix(Self.namedBases).map { "--base \($0)" }.joined(separator: " or ")
    let more = names.count - Self.namedBases
    return [
      Problem(
        kind: .incomplete,
        message: "no entry is at or below \(shown)" + (more > 0 ? ", nor \(more) others" : "")
          + "; is that what the DN looks like?")
    ]
  }

  /// Bases that a sentence names.
  private static let namedBases = 3

  /// That change records are in a source, which are none of an export.
  func changes(_ source: Int) -> [Problem] {
    let mine = outputs.filter { $0.source == source && $0.changes > 0 }
    guard let first = mine.first, let place = first.firstChange else { return [] }
    let count = mine.reduce(0) { $0 + $1.changes }
    let records = count == 1 ? "1 change record" : "\(count) change records"
    let way =
      "a patch is tried on its export with fix EXPORT --check PATCH and sent with apply PATCH"
    let isPatch = counts.entries[source] == 0 && context.bases.isOpen
    var problem = Problem(
      kind: .changeRecord,
      message: isPatch
        ? "this is a patch, not an export (\(records), no entries), so nothing was checked; \(way)"
        : "\(records), as a patch has them, of which this is the first: what they change was not "
          + "looked at; check an export without them, and \(way)",
      source: context.sources[source].name)
    let places = context.sources[source].places
    problem.line = places.line(of: first.firstLine + place.line)
    problem.byteOffset = places.offset(of: place.offset)
    return [problem]
  }
}
