internal import Bytes

/// What a server says about itself in its root DSE (RFC 4512 §5.1).
public struct ServerDescription: Sendable {
  /// What kind of directory it is.
  public enum Kind: Sendable, Equatable {
    /// Active Directory Domain Services, Microsoft's or Samba's.
    case activeDirectory
    /// Active Directory Lightweight Directory Services.
    case lightweightActiveDirectory
    /// Some other directory.
    case other
  }

  /// What kind of directory it is, by its capabilities (MS-ADTS §3.1.1.3.4.3).
  public var kind: Kind
  /// Who made it, as far as it says so.
  public var vendor: String?
  /// Its version, as far as it says so.
  public var version: String?
  /// Every naming context.
  public var namingContexts: [String]
  /// The domain's naming context (Active Directory).
  public var defaultNamingContext: String?
  /// The forest's root domain (Active Directory).
  public var rootDomainNamingContext: String?
  /// The forest's configuration (Active Directory).
  public var configurationNamingContext: String?
  /// The forest's schema (Active Directory).
  public var schemaNamingContext: String?
  /// Where the schema is published (RFC 4512 §4.4).
  public var subschemaSubentry: String?
  /// The OIDs of the controls that it knows.
  public var supportedControls: [String]
  /// The OIDs of the extended operations that it knows.
  public var supportedExtensions: [String]
  /// The SASL mechanisms that it offers.
  public var saslMechanisms: [String]
  /// Its DNS name (Active Directory).
  public var dnsHostName: String?
  /// The functional level of the domain controller as Active Directory counts them, 0 to 10.
  public var domainControllerLevel: Int?
  /// The functional level of the domain.
  public var domainLevel: Int?
  /// The functional level of the forest.
  public var forestLevel: Int?
  /// Whether the port asked is one of the Global Catalog.
  public var isGlobalCatalog: Bool
  /// Whether the server let the root DSE be read at all.
  public var isReadable: Bool

  /// Whether it is an Active Directory domain controller.
  public var isActiveDirectory: Bool { kind == .activeDirectory }
  /// Whether it knows paged results (RFC 2696).
  public var supportsPaging: Bool { supportedControls.contains(ControlOID.pagedResults) }
  /// The domain's DNS name, from its naming context.
  public var domainName: String? { defaultNamingContext.flatMap(Self.domainName) }
  /// The forest's DNS name, from its root domain's naming context.
  public var forestName: String? { rootDomainNamingContext.flatMap(Self.domainName) }

  /// One phrase for people: `Active Directory, corp.example.com, level 2016`.
  public var summary: String {
    var parts: [String] = []
    switch kind {
    case .activeDirectory: parts.append("Active Directory")
    case .lightweightActiveDirectory:
      parts.append("Active Directory Lightweight Directory Services")
    case .other: parts.append(vendor ?? "LDAP directory")
    }
    // Samba puts its address into its name.
    if kind != .other, let maker = vendor?.split(separator: " (").first {
      parts[0] += " (\(maker))"
    }
    if let version { parts.append(version) }
    if let domainName { parts.append(domainName) }
    if isGlobalCatalog { parts.append("Global Catalog") }
    return HostileText.oneLine(parts.joined(separator: ", "))
  }

  /// Windows' name of a functional level, `2012 R2`.
  public static func levelName(_ level: Int) -> String {
    let names = ["2000", "2003 interim", "2003", "2008", "2008 R2", "2012", "2012 R2", "2016"]
    if names.indices.contains(level) { return names[level] }
    return level == 10 ? "2025" : "level \(level)"
  }

  /// `corp.example.com` for `DC=corp,DC=example,DC=com`; nil when a part is not a DC.
  static func domainName(_ dn: String) -> String? {
    var labels: [Substring] = []
    for part in dn.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].trimmed.lowercased() == "dc" else { return nil }
      labels.append(pair[1].trimmed)
    }
    return labels.isEmpty ? nil : labels.joined(separator: ".").lowercased()
  }
}

/// OIDs of controls and capabilities.
enum ControlOID {
  static let pagedResults = "1.2.840.113556.1.4.319"
  static let activeDirectory = "1.2.840.113556.1.4.800"
  static let lightweightActiveDirectory = "1.2.840.113556.1.4.1851"
  static let whoAmI = "1.3.6.1.4.1.4203.1.11.3"
}

extension Substring {
  /// Without blanks at its ends.
  fileprivate var trimmed: Substring {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}

extension ServerDescription {
  /// The attributes of the root DSE that this needs: many servers hide them unless asked by name.
  static let attributes = [
    "objectClass", "structuralObjectClass", "namingContexts", "defaultNamingContext",
    "rootDomainNamingContext", "configurationNamingContext", "schemaNamingContext",
    "subschemaSubentry", "supportedControl", "supportedExtension", "supportedCapabilities",
    "supportedSASLMechanisms", "vendorName", "vendorVersion", "dnsHostName",
    "domainControllerFunctionality", "domainFunctionality", "forestFunctionality",
  ]

  /// What `entry`, a root DSE, says; nil stands for one that could not be read.
  init(_ entry: LDAPEntry?, url: LDAPURL) {
    let capabilities = entry?.texts("supportedCapabilities") ?? []
    func text(_ name: String) -> String? { entry?.text(name) }
    func number(_ name: String) -> Int? { text(name).flatMap { Int($0) } }
    kind =
      capabilities.contains(ControlOID.activeDirectory)
      ? .activeDirectory
      : capabilities.contains(ControlOID.lightweightActiveDirectory)
        ? .lightweightActiveDirectory : .other
    let isOpenLDAP =
      (entry?.texts("objectClass") ?? []) + (entry?.texts("structuralObjectClass") ?? [])
    vendor =
      text("vendorName") ?? (isOpenLDAP.contains("OpenLDAProotDSE") ? "OpenLDAP" : nil)
    version = text("vendorVersion")
    namingContexts = entry?.texts("namingContexts") ?? []
    defaultNamingContext = text("defaultNamingContext")
    rootDomainNamingContext = text("rootDomainNamingContext")
    configurationNamingContext = text("configurationNamingContext")
    schemaNamingContext = text("schemaNamingContext")
    subschemaSubentry = text("subschemaSubentry")
    supportedControls = entry?.texts("supportedControl") ?? []
    supportedExtensions = entry?.texts("supportedExtension") ?? []
    saslMechanisms = entry?.texts("supportedSASLMechanisms") ?? []
    dnsHostName = text("dnsHostName")
    domainControllerLevel = number("domainControllerFunctionality")
    domainLevel = number("domainFunctionality")
    forestLevel = number("forestFunctionality")
    isGlobalCatalog = kind == .activeDirectory && url.isGlobalCatalogPort
    isReadable = entry != nil
  }

  /// Where a scan begins when no base is given: Active Directory's domain (the whole forest on the Global
  /// Catalog), else every naming context that is not the server's own bookkeeping.
  var defaultBases: [String] {
    if isGlobalCatalog { return [""] }
    if kind == .activeDirectory, let defaultNamingContext { return [defaultNamingContext] }
    let internals = [
      "cn=config", "cn=monitor", "cn=schema", "cn=changelog", "cn=accesslog", "o=netscaperoot",
      "cn=localhost", "cn=ibmpolicies",
    ]
    let partitions = [configurationNamingContext, schemaNamingContext].compactMap {
      $0?.lowercased()
    }
    return namingContexts.filter {
      !internals.contains($0.lowercased()) && !partitions.contains($0.lowercased())
    }
  }
}
