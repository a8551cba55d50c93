import ArgumentParser
import Bytes
import Checks
import Directory
import LibC
import Sync
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
    help: ArgumentHelp(
      "Replaces a UPN suffix, or *.old, by new or primary.",
      valueName: "[dn:]old=new"))
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

  /// What the checks need to know. What of it is worth a word goes to `notes`.
  func settings(_ notes: inout [String]) throws -> CheckSettings {
    var settings = CheckSettings()
    for order in upnSuffix {
      do throws(SuffixOrders.Malformed) {
        try settings.suffixOrders.add(order)
      } catch {
        throw Failure("--upn-suffix \(order): \(error.reason)")
      }
    }
    settings.tenant.loginAttribute = loginAttribute == "userPrincipalName" ? nil : loginAttribute
    settings.tenant.join = Self.join(join)
    if let tldFile { settings.tenant.topLevelDomains = try Self.topLevelDomains(tldFile) }
    try takeDomains(&settings.tenant, &notes)
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

  // MARK: Domains

  /// Reads the domains as they are given, and those in files.
  private func takeDomains(_ tenant: inout TenantSettings, _ notes: inout [String]) throws {
    do throws(TenantDomain.Fault) {
      tenant.initialDomain = try initialDomain.map { text throws(TenantDomain.Fault) in
        try InitialDomain(text).name
      }
    } catch {
      throw Failure("--initial-domain \(initialDomain ?? ""): \(error.reason)")
    }
    for argument in verifiedDomain {
      // What begins as a path is one: there is more to say of it than that it is no domain.
      if argument.hasPrefix("/") || ReadableFile.isRegular(path: argument) {
        take(try Self.domains(argument, tenant.topLevelDomains), of: argument, &tenant, &notes)
      } else {
        try take(argument, &tenant, &notes)
      }
    }
  }

  /// Takes one domain, or several in one argument, which is said: it may have been one name.
  private func take(
    _ argument: String, _ tenant: inout TenantSettings, _ notes: inout [String]
  ) throws {
    do throws(TenantDomain.Fault) {
      let names = try DomainList.names(in: argument, tenant.topLevelDomains)
      tenant.verifiedDomains.formUnion(names)
      if names.count > 1 {
        notes.append(
          "--verified-domain names \(names.count) domains: \(names.joined(separator: ", "))")
      }
    } catch {
      throw Failure("--verified-domain \(argument): \(error.reason)")
    }
  }

  private func take(
    _ list: DomainList, of file: String, _ tenant: inout TenantSettings, _ notes: inout [String]
  ) {
    tenant.verifiedDomains.formUnion(list.verified)
    if list.unverified > 0 {
      let count = list.unverified == 1 ? "1 domain" : "\(list.unverified) domains"
      notes.append("\(file): \(count) left out: not verified")
    }
    guard let initial = list.initial else { return }
    if let known = tenant.initialDomain, known != initial {
      notes.append("\(file): the initial domain there is \(initial), but \(known) counts")
    } else {
      tenant.initialDomain = initial
    }
  }

  private static func domains(
    _ path: String, _ topLevelDomains: TopLevelDomains
  ) throws -> DomainList {
    let option = "--verified-domain"
    let bytes = try contents(path, atMost: DomainList.maximumSize, option: option)
    do throws(DomainList.Malformed) {
      return try DomainList(bytes, topLevelDomains)
    } catch {
      let place = error.line.map { ":\($0)" } ?? ""
      throw Failure("\(option) \(path)\(place): \(HostileText.oneLine(error.reason))")
    }
  }

  // MARK: Files

  /// The bytes of the file at `path`, which `option` names. Throws a failure for people.
  static func contents(_ path: String, atMost limit: Int, option: String) throws -> [UInt8] {
    do throws(SystemError) {
      let file = try ReadableFile(path: path, mustBePlain: true)
      if let bytes = try file.contents(atMost: limit) { return bytes }
    } catch {
      throw Failure("\(option) \(path): \(error.reason)")
    }
    throw Failure("\(option) \(path): the file is too large to be that; \(limit >> 20) MB at most")
  }

  private static func topLevelDomains(_ path: String) throws -> TopLevelDomains {
    let bytes = try contents(path, atMost: DomainList.maximumSize, option: "--tld-file")
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
