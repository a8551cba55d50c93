import Bytes
import LDAP

/// What `doctor` prints of a diagnosis.
struct DiagnosisPage {
  private let diagnosis: LDAPDiagnosis
  private let url: LDAPURL
  private let needed: [String]
  private var lines: [String] = []

  private static let indent = 17
  private static let width = 100

  init(_ diagnosis: LDAPDiagnosis, url: LDAPURL, needed: [String]) {
    self.diagnosis = diagnosis
    self.url = url
    self.needed = needed
    describeServer()
    describeReading()
    for base in diagnosis.bases { describe(base) }
    add("Result", obstacle.map { "cannot be checked: \($0)" } ?? "can be checked")
  }

  /// The page, as lines.
  var text: String { lines.joined(separator: "\n") + "\n" }

  /// Why the directory cannot be checked, when it cannot.
  var obstacle: String? {
    guard !diagnosis.bases.isEmpty else {
      return "the server does not say where its tree begins; give --base, or log in"
    }
    if let base = diagnosis.bases.first(where: { $0.problem != nil }) {
      return "\(Self.name(of: base)) cannot be read, as said above"
    }
    guard diagnosis.bases.allSatisfy({ $0.sampled == 0 }) else { return nil }
    return isAnonymous
      ? "an anonymous login sees no objects; give --bind-dn or --sasl"
      : "this login sees no objects; it may lack the right to read them, or --base is wrong"
  }

  private var isAnonymous: Bool { diagnosis.identity?.isEmpty ?? false }

  // MARK: Parts

  private mutating func describeServer() {
    let server = diagnosis.server
    add("Server", url.server)
    add("Is", server.isReadable ? server.summary : "unknown: the root DSE cannot be read")
    if let name = server.dnsHostName { add("Name", name) }
    if let forest = server.forestName { add("Forest", forest) }
    if let levels { add("Levels", levels) }
    add("Encryption", encryption)
    add("Logged in as", identity)
    let mechanisms = LDAPConnectionOptions.Mechanism.allCases.map(\.rawValue)
      .filter(server.saslMechanisms.contains)
    if !mechanisms.isEmpty { add("SASL", mechanisms.joined(separator: ", ")) }
    if server.kind == .activeDirectory {
      add(
        "Global Catalog",
        server.isGlobalCatalog
          ? "yes: it holds every domain, and only some attributes"
          : "no: it holds one domain, and all attributes")
    }
  }

  private var levels: String? {
    let server = diagnosis.server
    let parts = [
      server.forestLevel.map { "forest \(ServerDescription.levelName($0))" },
      server.domainLevel.map { "domain \(ServerDescription.levelName($0))" },
      server.domainControllerLevel.map { "controller \(ServerDescription.levelName($0))" },
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private var encryption: String {
    guard let tls = diagnosis.tls else {
      switch diagnosis.loginStrength {
      case 0: break
      case 1: return "none; Kerberos signs what is sent (SSF 1) and does not seal it"
      default: return "Kerberos sign and seal, SSF \(diagnosis.loginStrength)"
      }
      return url.scheme == .ldapi ? "none; a local socket needs none" : "none"
    }
    return diagnosis.isTLSUnverified
      ? "\(tls); the certificate was NOT verified (--insecure-tls)"
      : "\(tls); the certificate is trusted"
  }

  private var identity: String {
    guard let identity = diagnosis.identity else { return "the server does not say" }
    return identity.isEmpty ? "nobody (anonymous)" : identity
  }

  private mutating func describeReading() {
    let contexts = diagnosis.server.namingContexts.filter { !$0.isEmpty }
    if !contexts.isEmpty { add("Trees", contexts.joined(separator: "; ")) }
    switch diagnosis.isPagingUsable {
    case true?: add("Paging", "works")
    case false?: add("Paging", "does not work: a size limit of the server may cut the result")
    case nil: add("Paging", diagnosis.server.supportsPaging ? "offered" : "not offered")
    }
    let limits = [
      diagnosis.maximumPageSize.map { "\($0) objects a page" },
      diagnosis.maximumValueRange.map { "\($0) values at once (the rest is fetched)" },
    ].compactMap { $0 }
    if !limits.isEmpty { add("Limits", limits.joined(separator: ", ")) }
    describeSchema()
  }

  private mutating func describeSchema() {
    guard diagnosis.isSchemaReadable else {
      add("Schema", "cannot be read; attributes that it lacks will count as empty")
      return
    }
    let missing = diagnosis.missingAttributes
    add("Schema", "has \(needed.count - missing.count) of the \(needed.count) attributes needed")
    if !missing.isEmpty { add("Lacks", missing.joined(separator: ", ")) }
    let hidden = diagnosis.notInGlobalCatalog
    guard !hidden.isEmpty else { return }
    add(
      "Not in catalog",
      hidden.joined(separator: ", ")
        + "; rules on these will be reported as not checked: scan each domain on port 389 or 636")
  }

  private static func name(of base: LDAPDiagnosis.Base) -> String {
    base.dn.isEmpty ? "the whole forest" : base.dn
  }

  private mutating func describe(_ base: LDAPDiagnosis.Base) {
    add("Base", Self.name(of: base))
    if let problem = base.problem {
      add("", "cannot be read: \(problem)")
      return
    }
    var count = "\(base.sampled) objects"
    if base.hasMore { count = "more than \(count)" }
    if let estimate = base.estimate, estimate > base.sampled { count += " (about \(estimate))" }
    add("", count)
    guard base.sampled > 0 else { return }
    let seen = Set(base.attributesSeen.map { $0.lowercased() })
    let absent = Set(
      (diagnosis.missingAttributes + diagnosis.notInGlobalCatalog).map {
        $0.lowercased()
      })
    let unseen = needed.filter {
      !seen.contains($0.lowercased()) && !absent.contains($0.lowercased())
    }
    add("", "with values: " + base.attributesSeen.joined(separator: ", "))
    guard !unseen.isEmpty else { return }
    add(
      "",
      "without, in the first \(base.sampled): \(unseen.joined(separator: ", ")); they are empty, "
        + "or this login may not read them")
  }

  // MARK: Layout

  /// Adds `title` with `text` beside it, broken between words.
  private mutating func add(_ title: String, _ text: String) {
    let head = title.isEmpty ? "" : title + ":"
    var line = head + String(repeating: " ", count: max(1, Self.indent - head.count))
    var isEmpty = true
    for word in HostileText.shown(text).split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > Self.width {
        lines.append(line)
        line = String(repeating: " ", count: Self.indent)
        isEmpty = true
      }
      line += isEmpty ? word : " " + word
      isEmpty = false
    }
    lines.append(line)
  }
}
