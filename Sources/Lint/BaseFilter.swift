import Bytes
import Directory

/// Which entries a run looks at by where they are (`--base`, `--exclude-base`).
struct BaseFilter: Sendable {
  /// The bases as the user wrote them.
  let names: [String]
  private let bases: [[UInt8]]
  private let excluded: [[UInt8]]

  /// Whether every entry passes.
  var isOpen: Bool { bases.isEmpty && excluded.isEmpty }

  /// A filter for DNs as the user wrote them. Throws for one that is no DN.
  init(_ options: LintOptions) throws(DistinguishedNameError) {
    names = options.bases
    bases = try Self.normalised(options.bases)
    excluded = try Self.normalised(options.excludedBases)
  }

  private static func normalised(_ names: [String]) throws(DistinguishedNameError) -> [[UInt8]] {
    var result: [[UInt8]] = []
    for name in names {
      result.append(try DistinguishedName(name).normalised)
    }
    return result
  }

  /// Whether the name `dn` passes.
  func passes(_ dn: String) -> Bool { dn.withByteView { passes($0, arena: ByteArena()) } }

  /// That no entry lies where `options` say.
  func nothingPasses(_ options: LintOptions) -> String {
    guard let first = options.bases.first else { return "every entry is below --exclude-base" }
    let more = options.bases.count > 1 ? " and \(options.bases.count - 1) more" : ""
    let rest = options.excludedBases.isEmpty ? "" : " and not below --exclude-base"
    return "no entry is at or below --base \(first)\(more)\(rest); is that what its DN looks like?"
  }

  /// Whether the entry called `dn` passes; a name that is no DN lies below no base.
  func passes(_ dn: ByteView, arena: ByteArena) -> Bool {
    guard let name = try? DistinguishedName.normalise(dn, into: arena) else { return bases.isEmpty }
    func isWithin(_ base: [UInt8]) -> Bool {
      base.withByteView { DistinguishedName.isWithin(normalised: name, base: $0) }
    }
    if !bases.isEmpty, !bases.contains(where: isWithin) { return false }
    return !excluded.contains(where: isWithin)
  }

  /// Notes in `found`, which has a place for each base, those that the entry called `dn` is at or below.
  func note(_ dn: ByteView, arena: ByteArena, in found: inout [Bool]) {
    guard found.contains(false), let name = try? DistinguishedName.normalise(dn, into: arena)
    else { return }
    for index in bases.indices where !found[index] {
      found[index] = bases[index].withByteView {
        DistinguishedName.isWithin(normalised: name, base: $0)
      }
    }
  }
}
