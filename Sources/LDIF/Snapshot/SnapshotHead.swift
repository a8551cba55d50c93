/// What a snapshot of a live directory says of itself in the comment lines at its head: what it was
/// asked for.
///
/// Each line is `# key: value` (folded as every LDIF line is; RFC 2849 allows it for comments). Keys:
/// `ldaplint-snapshot` (the format's version, first line), `source`, `server`, `directory` (`ad` or
/// `ldap`, where the server tells by its capabilities), `time`, `base` (one line each),
/// `excluded-base`, `scope`, `filter`, `attributes` (names separated by blanks; `*` for every user
/// attribute), `not-in-schema`, `not-in-global-catalog`.
public struct SnapshotHead: Sendable, Equatable {
  static let versionKey = "ldaplint-snapshot"

  /// The source as the user named it.
  public var source = ""
  /// What the server says of itself.
  public var server = ""
  /// The kind of directory, `ad` or `ldap`, where the server told.
  public var directory: String?
  /// When it was read.
  public var time = ""
  /// The bases that were read.
  public var bases: [String] = []
  /// The bases that were left out.
  public var excludedBases: [String] = []
  /// The scope of the search.
  public var scope = ""
  /// The filter in use.
  public var filter = ""
  /// The attributes that were asked for; nil when every user attribute was.
  public var attributes: [String]?
  /// Attributes that the server's schema does not have.
  public var notInSchema: [String] = []
  /// Attributes that the Global Catalog does not hold.
  public var notInGlobalCatalog: [String] = []

  /// A head that says nothing yet.
  public init() {}

  /// The lines, without `# `.
  public var lines: [String] {
    func list(_ key: String, _ names: [String]) -> [String] {
      names.isEmpty ? [] : ["\(key): " + names.joined(separator: " ")]
    }
    return ["\(Self.versionKey): 1", "source: \(source)", "server: \(server)"]
      + (directory.map { ["directory: \($0)"] } ?? []) + ["time: \(time)"]
      + bases.map { "base: \($0)" } + excludedBases.map { "excluded-base: \($0)" }
      + ["scope: \(scope)", "filter: \(filter)"] + list("attributes", attributes ?? ["*"])
      + list("not-in-schema", notInSchema) + list("not-in-global-catalog", notInGlobalCatalog)
  }

  /// Reads keys and values; what is not known is passed over.
  init(_ pairs: [(key: Substring, value: Substring)]) {
    for (key, value) in pairs {
      let names = value.split(separator: " ").map(String.init)
      switch key {
      case "source": source = String(value)
      case "server": server = String(value)
      case "directory": directory = String(value)
      case "time": time = String(value)
      case "base": bases.append(String(value))
      case "excluded-base": excludedBases.append(String(value))
      case "scope": scope = String(value)
      case "filter": filter = String(value)
      case "attributes": attributes = names == ["*"] ? nil : names
      case "not-in-schema": notInSchema = names
      case "not-in-global-catalog": notInGlobalCatalog = names
      default: break
      }
    }
  }
}

/// What a snapshot says of itself in the comment lines after its last record: what went wrong
/// (`problem`: its kind, a blank, its message), and `end` (`complete` or `incomplete`, a blank, the
/// number of objects). A snapshot without `end` was cut off.
public struct SnapshotTail: Sendable, Equatable {
  /// Something that went wrong.
  public struct Problem: Sendable, Equatable {
    /// What kind of trouble it is, a word.
    public var kind: String
    /// What is wrong, one line.
    public var message: String

    /// A problem with its parts.
    public init(kind: String, message: String) {
      self.kind = kind
      self.message = message
    }
  }

  /// How it ended.
  public enum End: Sendable, Equatable {
    /// Everything that was asked for is there.
    case complete(entries: Int)
    /// Something is missing.
    case incomplete(entries: Int)
    /// It was cut off.
    case missing
  }

  /// What went wrong, in order.
  public var problems: [Problem]
  /// How it ended.
  public var end: End

  /// A tail with its parts.
  public init(problems: [Problem], end: End) {
    self.problems = problems
    self.end = end
  }

  /// The lines, without `# `.
  public var lines: [String] {
    let last: [String] =
      switch end {
      case .complete(let entries): ["end: complete \(entries)"]
      case .incomplete(let entries): ["end: incomplete \(entries)"]
      case .missing: []
      }
    return problems.map { "problem: \($0.kind) \($0.message)" } + last
  }

  /// Reads keys and values; what is not known is passed over.
  init(_ pairs: [(key: Substring, value: Substring)]) {
    problems = []
    end = .missing
    for (key, value) in pairs {
      let parts = value.split(separator: " ", maxSplits: 1)
      switch key {
      case "problem" where parts.count == 2:
        problems.append(Problem(kind: String(parts[0]), message: String(parts[1])))
      case "end":
        let entries = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
        end =
          value.hasPrefix("complete") ? .complete(entries: entries) : .incomplete(entries: entries)
      default: break
      }
    }
  }
}
