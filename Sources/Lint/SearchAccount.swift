import Directory
import Findings
import LDIF
import Rules

/// What is to be said of the searches that the sources are the answers of: how they ended, what other
/// servers hold, and whether as many entries are there as the tool has counted.
struct SearchAccount {
  private let context: RunContext
  private let outputs: [ChunkOutput]
  /// The normalised DNs of references below which some source has an entry.
  private let present: Set<[UInt8]>

  /// Of the sources of `context`, whose chunks gave `outputs`.
  init(_ context: RunContext, _ outputs: [ChunkOutput]) {
    self.context = context
    self.outputs = outputs
    var tops: Set<[UInt8]> = []
    for case .reference(let url) in outputs.lazy.flatMap(\.searchRemarks).map(\.remark) {
      // Whether it matters at all is said with the kind of directory, later.
      if let dn = Self.reference(url, .ad).dn { tops.insert(DistinguishedName.key(of: dn.bytes)) }
    }
    present = tops.isEmpty ? [] : SubtreeSweep(context).present(tops)
  }

  private static func reference(_ url: String, _ kind: DirectoryKind) -> SearchReference {
    SearchReference(url, partitions: SubtreeSet([]), isActiveDirectory: kind == .ad)
  }

  /// The problems of source number `source`, a directory of `kind`, in the order of their lines.
  func problems(_ source: Int, _ kind: DirectoryKind) -> [Problem] {
    var problems: [Problem] = []
    var known: Set<String> = []
    var entries: [Int] = []
    var records: [Int] = []
    var references = 0
    var last: Int?
    for output in outputs where output.source == source {
      for (line, remark) in output.searchRemarks {
        let line = context.sources[source].places.line(of: output.firstLine + line)
        switch remark {
        case .reference(let url):
          references += 1
          guard known.insert(url).inserted, let said = said(of: url, kind) else { continue }
          problems.append(said.at(line, context.sources[source].name))
        case .failure(let code, let words):
          guard known.insert("\(code)").inserted else { continue }
          problems.append(Self.failure(code, words).at(line, context.sources[source].name))
        case .entries(let count): (entries, last) = (entries + [count], line)
        case .records(let count): (records, last) = (records + [count], line)
        }
      }
    }
    let read = outputs.lazy.filter { $0.source == source }.reduce(0) { $0 + $1.entries }
    let said = Self.difference(entries, read) ?? Self.difference(records, read + references)
    return problems + (said.map { [$0.at(last, context.sources[source].name)] } ?? [])
  }

  /// What is to be said of a reference, when it is about what is looked at.
  private func said(of url: String, _ kind: DirectoryKind) -> Problem? {
    var reference = Self.reference(url, kind)
    if let dn = reference.dn {
      guard context.bases.isOpen || context.bases.passes(dn) else { return nil }
      if reference.kind == .missing, present.contains(DistinguishedName.key(of: dn.bytes)) {
        reference.kind = .readElsewhere
      }
    }
    return Problem(
      kind: reference.kind == .missing ? .incomplete : .note, message: reference.message)
  }

  private static func failure(_ code: Int, _ words: String) -> Problem {
    let advice =
      switch code {
      case 3: "export smaller bases, or without a time limit"
      case 4, 11: "export in pages (ldapsearch -E pr=1000/noprompt)"
      case 10: "export from the server that holds the base"
      case 32: "there is no such base, or the login may not see it"
      default: "export again"
      }
    let name = words.isEmpty ? "an error" : words.prefix(100).lowercased()
    return Problem(
      kind: .incomplete,
      message: "the search that this is the answer of ended with \(name) (\(code)): objects may be "
        + "missing; \(advice)")
  }

  /// That another number is there than `stated`, which has a number for each search, or each page.
  private static func difference(_ stated: [Int], _ read: Int) -> Problem? {
    guard let most = stated.max(), read != most else { return nil }
    let all = stated.reduce(0) { $0.addingReportingOverflow($1).partialValue }
    guard read != all else { return nil }
    return Problem(
      kind: read < all ? .incomplete : .note,
      message: "the tool that made it has counted \(all) records, but \(read) are here"
        + (read < all ? "; export again" : ""))
  }
}

extension Problem {
  fileprivate func at(_ line: Int?, _ source: String) -> Problem {
    var placed = self
    placed.line = line
    placed.source = source
    return placed
  }
}

extension String {
  fileprivate var bytes: [UInt8] { Array(utf8) }
}
