import ArgumentParser
import Bytes
import Checks
import Directory

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the user knows of the tenant and of Connect's settings.
struct TenantOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A domain that the tenant has verified, or a file of them; repeatable.",
      valueName: "domain"))
  var verifiedDomain: [String] = []

  @Option(
    help: ArgumentHelp("The tenant's first domain.", valueName: "TENANT.onmicrosoft.com"))
  var initialDomain: String?

  @Option(
    help: ArgumentHelp("Replace a UPN suffix in repairs; repeatable.", valueName: "old=new"))
  var upnSuffix: [String] = []

  @Option(
    help: ArgumentHelp(
      "The attribute that feeds the cloud UPN (alternate login ID).", valueName: "attribute"))
  var loginAttribute: String?

  @Option(
    help: ArgumentHelp(
      "How persons of several forests are joined: sid, mail, sam-nickname, none or an attribute.",
      valueName: "join"))
  var join = "sid"

  @Option(help: ArgumentHelp("More top-level domains, one a line.", valueName: "file"))
  var tldFile: String?

  @Option(help: "How letters are transliterated in repairs: microsoft (ö→o) or german (ö→oe).")
  var transliteration = TransliterationChoice.microsoft

  @Option(
    help: ArgumentHelp(
      "The time for rules about age, 2026-11-21T12:00:00Z.", valueName: "time"))
  var now: String?

  /// What the checks need to know.
  func settings() throws -> CheckSettings {
    var settings = CheckSettings()
    for domain in verifiedDomain { settings.verifiedDomains.formUnion(try Self.domains(domain)) }
    settings.initialDomain = initialDomain?.lowercased()
    for pair in upnSuffix {
      guard let equals = pair.firstIndex(of: "="), equals != pair.startIndex,
        pair.index(after: equals) != pair.endIndex
      else {
        throw Failure("--upn-suffix \(pair): expected old=new, such as corp.local=contoso.com")
      }
      let old = pair[..<equals].drop { $0 == "@" }.lowercased()
      settings.suffixMap[old] = String(pair[pair.index(after: equals)...].drop { $0 == "@" })
    }
    settings.loginAttribute = loginAttribute == "userPrincipalName" ? nil : loginAttribute
    settings.join = Self.join(join)
    settings.transliteratesGerman = transliteration == .german
    if let tldFile { settings.topLevelDomains = try Self.topLevelDomains(tldFile) }
    settings.now = try fileTime()
    return settings
  }

  private static func join(_ text: String) -> CheckSettings.Join {
    switch text {
    case "sid": .sid
    case "mail": .mail
    case "sam-nickname": .samNickname
    case "none": .none
    default: .attribute(text)
    }
  }

  /// One domain, or those in a file, one a line.
  private static func domains(_ text: String) throws -> [String] {
    guard ReadableFile.isRegular(path: text) else {
      guard text.contains("."), !text.contains("/") else {
        throw Failure("--verified-domain \(text): neither a domain nor a file")
      }
      return [text.lowercased()]
    }
    return try readLines(text, option: "--verified-domain")
  }

  private static func readLines(_ path: String, option: String) throws -> [String] {
    let text = try contents(path, option: option)
    return String(decoding: text, as: UTF8.self)
      .split(whereSeparator: \.isNewline)
      .map { $0.filter { !$0.isWhitespace }.lowercased() }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
  }

  private static func contents(_ path: String, option: String) throws -> [UInt8] {
    do throws(SystemError) {
      let file = try ReadableFile(path: path)
      let window = FileWindow(file: file, capacity: max(file.size, 1))
      try window.load(at: 0, count: file.size)
      return window.bytes.array
    } catch {
      throw Failure("\(option) \(path): \(error.reason)")
    }
  }

  private static func topLevelDomains(_ path: String) throws -> TopLevelDomains {
    let bytes = try contents(path, option: "--tld-file")
    do {
      return try bytes.withByteView { view throws(TopLevelDomains.FileError) in
        try TopLevelDomains(adding: view)
      }
    } catch {
      throw Failure("--tld-file \(path): \(error)")
    }
  }

  private func fileTime() throws -> Int64 {
    guard let now else {
      return DirectoryTime(unixSeconds: Int64(time(nil)))?.fileTime ?? 0
    }
    let digits = now.filter(\.isNumber)
    guard digits.count == 14 || digits.count == 8,
      let parsed = (digits + (digits.count == 8 ? "000000" : "") + "Z")
        .withByteView({ DirectoryTime(generalizedTime: $0) })
    else { throw Failure("--now \(now): expected a time such as 2026-11-21T12:00:00Z") }
    return parsed.fileTime
  }
}

/// How letters with diacritics are replaced.
enum TransliterationChoice: String, ExpressibleByArgument, CaseIterable {
  case microsoft, german
}
