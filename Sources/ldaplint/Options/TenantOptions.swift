import ArgumentParser
import Bytes
import Checks
import Directory
import Sync
import LibC
import System

/// What the user knows of the tenant and of Connect's settings.
struct TenantOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A domain of the tenant, or a file of them; repeatable.",
      valueName: "domain"),
    completion: .file())
  var verifiedDomain: [String] = []

  @Option(
    help: ArgumentHelp("The tenant's first domain, NAME.onmicrosoft.com.", valueName: "domain"))
  var initialDomain: String?

  @Option(
    help: ArgumentHelp("A UPN suffix that repairs replace; repeatable.", valueName: "old=new"))
  var upnSuffix: [String] = []

  @Option(
    help: ArgumentHelp(
      "What feeds the cloud UPN (alternate login ID).", valueName: "attribute"),
    completion: .list(["userPrincipalName", "mail"]))
  var loginAttribute: String?

  @Option(
    help: ArgumentHelp(
      "Joins the accounts of a person: sid, mail, sam-nickname, none or an attribute.",
      valueName: "by"),
    completion: .list(["sid", "mail", "sam-nickname", "none"]))
  var join = "sid"

  @Option(
    help: ArgumentHelp(
      "More top-level domains, one a line.", valueName: "file", visibility: .hidden),
    completion: .file())
  var tldFile: String?

  @Option(
    help: ArgumentHelp(
      "The time that it is taken to be.", valueName: "time", visibility: .hidden))
  var now: String?

  /// The files that are read.
  var files: [String] {
    verifiedDomain.filter(ReadableFile.isRegular) + (tldFile.map { [$0] } ?? [])
  }

  /// What the checks need to know.
  func settings() throws -> CheckSettings {
    var settings = CheckSettings()
    settings.tenant.initialDomain = try Self.checkedInitialDomain(initialDomain)
    for pair in upnSuffix {
      guard let equals = pair.firstIndex(of: "="), equals != pair.startIndex,
        pair.index(after: equals) != pair.endIndex
      else {
        throw Failure("--upn-suffix \(pair): expected old=new, such as corp.local=contoso.com")
      }
      let old = pair[..<equals].drop { $0 == "@" }.lowercased()
      settings.suffixMap[old] = String(pair[pair.index(after: equals)...].drop { $0 == "@" })
    }
    settings.tenant.loginAttribute = loginAttribute == "userPrincipalName" ? nil : loginAttribute
    settings.tenant.join = Self.join(join)
    if let tldFile { settings.tenant.topLevelDomains = try Self.topLevelDomains(tldFile) }
    for domain in verifiedDomain {
      let domains = try Self.domains(domain, endingIn: settings.tenant.topLevelDomains)
      settings.tenant.verifiedDomains.formUnion(domains)
    }
    settings.now = try fileTime()
    return settings
  }

  private static func join(_ text: String) -> TenantSettings.Join {
    switch text {
    case "sid": .sid
    case "mail": .mail
    case "sam-nickname": .samNickname
    case "none": .none
    default: .attribute(text)
    }
  }

  private static func checkedInitialDomain(_ text: String?) throws -> String? {
    guard let text else { return nil }
    guard text.contains("."), !text.contains("@") else {
      throw Failure("--initial-domain \(text): expected a domain such as contoso.onmicrosoft.com")
    }
    return text.lowercased()
  }

  /// One domain, or those in a file, one a line.
  private static func domains(
    _ text: String, endingIn topLevelDomains: TopLevelDomains
  ) throws -> [String] {
    guard ReadableFile.isRegular(path: text) else {
      return [
        try DomainArgument(text, topLevelDomains) { Failure("--verified-domain \(text): \($0)") }
          .name
      ]
    }
    let lines = try contents(text, option: "--verified-domain")
    var domains: [String] = []
    for (number, line) in DomainArgument.lines(lines).enumerated() {
      let line = DomainArgument.content(of: line)
      if line.isEmpty { continue }
      let domain = try DomainArgument(line, topLevelDomains) {
        Failure("--verified-domain \(text):\(number + 1): \"\(line)\" \($0)")
      }
      domains.append(domain.name)
    }
    guard !domains.isEmpty else {
      throw Failure("--verified-domain \(text): there is no domain in the file")
    }
    return domains
  }

  private static func contents(_ path: String, option: String) throws -> [UInt8] {
    do throws(SystemError) {
      let file = try ReadableFile(path: path, mustBePlain: true)
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
