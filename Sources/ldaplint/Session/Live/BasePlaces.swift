import Bytes
import Directory
import LDAP

/// Which of several servers holds which of the bases that a run is to look at.
struct BasePlaces {
  /// By server; nil where none of the bases lies.
  private var chosen: [[String]?]
  /// By server, what it reads in the end.
  private var read: [[String]]

  /// Deals `bases` out to `servers`. One that no server holds goes to all, who will say so, unless
  /// it may be the base of a file.
  init(_ bases: [String], servers: [ServerDescription], urls: [LDAPURL], hasFiles: Bool) {
    let contexts = servers.map { $0.namingContexts.compactMap(Self.normalised) }
    var own = servers.map { _ in [String]() }
    for base in bases {
      guard let name = Self.normalised(base) else { continue }
      let holders = contexts.indices.filter { index in
        contexts[index].contains { Self.isWithin(name, $0) }
      }
      let receivers = holders.isEmpty && !hasFiles ? Array(contexts.indices) : holders
      for index in receivers { own[index].append(base) }
    }
    chosen = own.map { bases.isEmpty ? [] : $0.isEmpty ? nil : $0 }
    read = servers.indices.map { index in
      if !bases.isEmpty { return own[index] }
      if let base = urls[index].base { return [base] }
      let server = servers[index]
      guard !server.isGlobalCatalog, let domain = server.defaultNamingContext else {
        return server.namingContexts
      }
      return [domain]
    }
  }

  /// The bases for the request to server `index`: empty for its default, nil for not at all.
  func bases(of index: Int) -> [String]? { chosen[index] }

  /// The bases that the other servers read.
  func basesElsewhere(than index: Int) -> [String] {
    read.indices.filter { $0 != index }.flatMap { read[$0] }
  }

  private static func normalised(_ name: String) -> [UInt8]? {
    try? DistinguishedName(name).normalised
  }

  private static func isWithin(_ name: [UInt8], _ base: [UInt8]) -> Bool {
    name.withByteView { name in
      base.withByteView { DistinguishedName.isWithin(normalised: name, base: $0) }
    }
  }
}
