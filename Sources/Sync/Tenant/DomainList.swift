import Bytes
import Directory
import Tables

/// The domains of a tenant in a file, as people have them: a list of names; the answer of Microsoft Graph
/// to `/domains`; what `Get-MgDomain`, `Get-EntraDomain`, `Get-MsolDomain`, `Get-AzureADDomain` and
/// `Get-AcceptedDomain` give, as JSON, as CSV or as they show it.
public struct DomainList: Sendable {
  /// The names of the verified domains.
  public private(set) var verified: Set<String> = []
  /// How many domains are left out because they are not verified.
  public private(set) var unverified = 0
  /// The tenant's initial domain, where the file says which one that is.
  public private(set) var initial: String?

  /// Why a file is refused, and where.
  public struct Malformed: Error, Sendable {
    /// The line, from 1; nil when it is about the whole file.
    public var line: Int?
    /// What is wrong: one line.
    public var reason: String

    init(line: Int? = nil, reason: String) {
      self.line = line
      self.reason = reason
    }
  }

  /// More than that no list of domains has, in bytes.
  public static let maximumSize = 16 << 20

  /// Fields that name the domain, the one to be preferred first: Exchange's Name is a label.
  private static let names = ["domainname", "id", "name", "domain", "domains", "objectid"]
  private static let initials = ["isinitial", "initialdomain"]
  private static let export = "export them with Get-MgDomain | Export-Csv domains.csv"

  /// The domains in `bytes`; `topLevelDomains` are those that exist. Throws for what is no domain, for what
  /// is cut off, and when none is verified.
  public init(_ bytes: [UInt8], _ topLevelDomains: TopLevelDomains) throws(Malformed) {
    let text = TextFile.utf8(bytes)
    do throws(RecordList.Malformed) {
      let columns = Self.names + ["isverified"]
      if let list = try RecordList(text, columns: columns) {
        try take(list, topLevelDomains)
      } else {
        try take(text, topLevelDomains)
      }
    } catch {
      throw Malformed(line: error.line, reason: error.reason)
    }
    guard verified.isEmpty else { return }
    throw Malformed(
      reason: unverified > 0
        ? "none of the \(unverified) domains in it is verified" : "there is no domain in the file")
  }

  /// The domains that `text`, an argument, names: one, or several with commas, semicolons or blanks
  /// between. The reason why it does not is a whole sentence.
  public static func names(
    in text: String, _ topLevelDomains: TopLevelDomains
  ) throws(TenantDomain.Fault) -> [String] {
    let words = words(of: text)
    // What is empty has no words, and is no domain.
    var names: [String] = []
    for word in words.isEmpty ? [text] : words {
      do throws(TenantDomain.Fault) {
        names.append(try TenantDomain(word, topLevelDomains).name)
      } catch {
        guard words.count < 2 else {
          throw TenantDomain.Fault("\(Self.quoted(word)) \(error.reason)")
        }
        let hint = error.suggestion.map { "; perhaps \($0) is meant" } ?? ", such as contoso.com"
        throw TenantDomain.Fault("neither a file nor a domain that can be verified\(hint)")
      }
    }
    return names
  }

  /// The beginning of `text` in quotation marks: a line of a file that is no list may be long.
  private static func quoted(_ text: String) -> String {
    text.count > 80 ? "\"\(text.prefix(80))…\"" : "\"\(text)\""
  }

  // MARK: Lists

  /// Names with commas, semicolons or blanks between; a comment begins with `#`, at the beginning of a
  /// line also with `;`.
  private mutating func take(
    _ text: [UInt8], _ topLevelDomains: TopLevelDomains
  ) throws(RecordList.Malformed) {
    for line in TextFile.lines(text) where !line.isEmpty {
      let content = line.text.prefix { $0 != "#" }
      for word in Self.words(of: content) {
        do throws(TenantDomain.Fault) {
          verified.insert(try TenantDomain(word, topLevelDomains).name)
        } catch {
          let meant = TenantDomain.suggestion(for: String(content), topLevelDomains)
          throw .init(
            line: line.number, reason: Self.reason(error, word, in: content, meant: meant))
        }
      }
    }
  }

  private static func words(of text: some StringProtocol) -> [String] {
    text.split { $0.isWhitespace || $0 == "," || $0 == ";" || $0 == "\u{FEFF}" }
      .map { word in
        let isQuoted = word.count > 1 && (word.first == "\"" || word.first == "'")
        return String(isQuoted && word.last == word.first ? word.dropFirst().dropLast() : word)
      }
      .filter { !$0.isEmpty }
  }

  /// What is wrong with `word`: where nothing like a domain is in it, the line is told, where `meant` may
  /// be meant.
  private static func reason(
    _ fault: TenantDomain.Fault, _ word: String, in line: Substring, meant: String?
  ) -> String {
    guard let meant, fault.suggestion == nil else { return "\(quoted(word)) \(fault.reason)" }
    let words = words(of: line).joined(separator: " ")
    return "\(quoted(words)) is no domain name; perhaps \(meant) is meant"
  }

  // MARK: Records

  private mutating func take(
    _ list: RecordList, _ topLevelDomains: TopLevelDomains
  ) throws(RecordList.Malformed) {
    if list.isPage {
      throw .init(
        line: 1,
        reason: "it is one page of an answer that goes on (@odata.nextLink); \(Self.export)")
    }
    for record in list.records { try take(record, topLevelDomains) }
  }

  private mutating func take(
    _ record: RecordList.Record, _ topLevelDomains: TopLevelDomains
  ) throws(RecordList.Malformed) {
    func refuse(_ reason: String) -> RecordList.Malformed {
      .init(line: record.line, reason: reason)
    }
    // A list with one column is one of names, whatever that is called.
    let name = record.field(Self.names) ?? (record.fields.count == 1 ? record.fields[0] : nil)
    guard let name else { throw refuse("no Id, Name or DomainName of a domain; \(Self.export)") }
    guard !record.fields.allSatisfy(\.text.isEmpty) else { return }
    guard !name.isCut else {
      throw refuse("\(Self.quoted(name.text)) is cut off by the table; \(Self.export)")
    }
    guard try isVerified(record) else {
      unverified += 1
      return
    }
    do throws(TenantDomain.Fault) {
      let isListed = record.fields.count == 1
      let domain =
        isListed
        ? try TenantDomain(name.text, topLevelDomains) : try TenantDomain(verified: name.text)
      verified.insert(domain.name)
    } catch {
      throw refuse("\(Self.quoted(name.text)) \(error.reason)")
    }
    guard let field = record.field(Self.initials), !field.text.isEmpty,
      try isTrue(field, record)
    else { return }
    let found: InitialDomain
    do throws(TenantDomain.Fault) {
      found = try InitialDomain(name.text)
    } catch {
      throw refuse("\(Self.quoted(name.text)) \(error.reason)")
    }
    guard initial == nil || initial == found.name else {
      throw refuse("\(Self.quoted(name.text)) is a second initial domain; a tenant has one")
    }
    initial = found.name
  }

  /// Whether the record says that the domain is verified: Exchange accepts none that is not.
  private func isVerified(_ record: RecordList.Record) throws(RecordList.Malformed) -> Bool {
    if let field = record.field(["isverified", "verified"]) { return try isTrue(field, record) }
    if let status = record.field(["status"]) {
      switch status.text.lowercased() {
      case "verified": return true
      case "unverified", "pendingdeletion": return false
      default:
        throw .init(
          line: record.line,
          reason: "\(Self.quoted(status.text)) is neither Verified nor Unverified; \(Self.export)")
      }
    }
    if record.fields.count == 1 || record.field(["domaintype"]) != nil { return true }
    throw .init(
      line: record.line,
      reason:
        "nothing says whether the domain is verified (no IsVerified, no Status); \(Self.export)")
  }

  private func isTrue(
    _ field: RecordList.Field, _ record: RecordList.Record
  ) throws(RecordList.Malformed) -> Bool {
    switch field.text.lowercased() {
    case "true": return true
    case "false": return false
    default:
      throw .init(
        line: record.line,
        reason: "\(Self.quoted(field.text)) is neither True nor False; \(Self.export)")
    }
  }
}
