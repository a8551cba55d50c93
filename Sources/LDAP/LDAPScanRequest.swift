/// What to read from a directory.
public struct LDAPScanRequest: Sendable {
  /// Where to begin, as DNs. Empty: the URL's base, else what the server's root DSE says.
  public var bases: [String] = []
  /// Subtrees to leave out, as DNs.
  public var excludedBases: [String] = []
  /// Bases that other sources of the same run read: a reference to one of them is not missing.
  public var basesReadElsewhere: [String] = []
  /// Entries that are read as well wherever they are, whatever the filter: groups that filter.
  public var alsoRead: [String] = []
  /// Which objects. Nil: the URL's filter, else one that fits the kind of server.
  public var filter: String?
  /// How deep to go. Nil: the URL's scope, else the whole subtree.
  public var scope: LDAPURL.Scope?
  /// The attributes that the rules need. Empty: the URL's, else every user attribute.
  public var attributes: [String] = []
  /// How many entries to ask for at once (RFC 2696); Active Directory gives at most 1,000.
  public var pageSize = 1000
  /// The source's name for problems; nil for the URL's server.
  public var sourceName: String?
  /// When the scan begins, in seconds since 1970, for the head of the snapshot; nil for now.
  public var time: Int?

  /// Everything that a person would expect of a URL.
  public init() {}
}

/// How far a scan has come.
public struct LDAPProgress: Sendable {
  /// The base that is being read.
  public var base: String
  /// How many objects have been written.
  public var entries: Int
  /// How many bytes have been handed to the file: always whole records, so that a reader may
  /// follow.
  public var bytes: Int
  /// How many objects the server expects in all; nil when it does not say.
  public var total: Int?
}
