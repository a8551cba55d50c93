import ArgumentParser
import LDAP

/// How live directories are reached and what of them is read.
struct LDAPOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Log in as this DN or UPN; NAME=DN for one forest.", valueName: "dn"))
  var bindDn: [String] = []

  @Option(
    help: ArgumentHelp("A file with the password; asked for else.", valueName: "file"),
    completion: .file())
  var passwordFile: [String] = []

  @Flag(help: ArgumentHelp("Read the password from standard input.", visibility: .hidden))
  var passwordStdin = false

  @Option(
    help: ArgumentHelp("Log in without a password.", valueName: "way"))
  var sasl: MechanismArgument?

  @Flag(name: .customLong("starttls"), help: "Encrypt an ldap:// connection.")
  var startTLS = false

  @Option(
    help: ArgumentHelp("The authorities to trust, as PEM.", valueName: "file"),
    completion: .file())
  var caFile: String?

  @Option(
    help: ArgumentHelp(
      "The client's certificate, as PEM.", valueName: "file", visibility: .hidden),
    completion: .file())
  var clientCert: String?

  @Option(
    help: ArgumentHelp(
      "The key of --client-cert, as PEM.", valueName: "file", visibility: .hidden),
    completion: .file())
  var clientKey: String?

  @Flag(
    name: .customLong("insecure-tls"),
    help: ArgumentHelp("Accept any certificate; the report says so.", visibility: .hidden))
  var insecureTLS = false

  @Flag(help: ArgumentHelp("Let a password travel unencrypted.", visibility: .hidden))
  var allowPlaintext = false

  @Option(
    help: ArgumentHelp(
      "Seconds that connecting may take.", valueName: "seconds", visibility: .hidden))
  var connectTimeout = 10

  @Option(
    help: ArgumentHelp(
      "Seconds to wait for an answer (default: 30; 120 while reading).", valueName: "seconds",
      visibility: .hidden))
  var timeout: Int?

  func validate() throws {
    for (option, value) in [("--connect-timeout", connectTimeout), ("--timeout", timeout ?? 1)]
    where !(1...86_400).contains(value) {
      throw ValidationError("\(option) \(value): expected seconds from 1 to 86400")
    }
    if bindDn.isEmpty, passwordStdin || !passwordFile.isEmpty {
      throw ValidationError("a password needs --bind-dn, the name that it belongs to")
    }
    if passwordStdin, !passwordFile.isEmpty {
      throw ValidationError("--password-stdin and --password-file both give the password")
    }
  }

  /// An option that was given and makes sense for live directories only.
  var firstUsed: String? {
    let used: [(String, Bool)] = [
      ("--bind-dn", !bindDn.isEmpty), ("--sasl", sasl != nil), ("--starttls", startTLS),
      ("--ca-file", caFile != nil), ("--client-cert", clientCert != nil),
      ("--client-key", clientKey != nil), ("--insecure-tls", insecureTLS),
    ]
    return used.first(where: \.1)?.0
  }

  /// The files that logging in reads.
  func files(among forests: ForestNames) -> [String] {
    passwordFile.map(forests.plain) + [caFile, clientCert, clientKey].compactMap { $0 }
  }

  /// How to connect to `url` for `forest`; asks for the password where none is given.
  func connection(
    _ url: LDAPURL, forest: String, among forests: ForestNames, passwords: Passwords
  ) throws -> LDAPConnectionOptions {
    var options = LDAPConnectionOptions()
    options.startTLS = startTLS
    options.caFile = caFile
    options.clientCertificate = clientCert
    options.clientKey = clientKey
    options.insecureTLS = insecureTLS
    options.allowPlaintext = allowPlaintext
    options.connectTimeout = .seconds(connectTimeout)
    if let timeout {
      options.operationTimeout = .seconds(timeout)
      options.idleTimeout = .seconds(timeout)
    }
    let name = try forests.value(of: bindDn, for: forest, option: "--bind-dn")
    if let sasl, name == nil || !forests.isOwn(of: bindDn, for: forest) {
      guard name == nil else {
        throw Failure(
          "--sasl and --bind-dn are two ways to log in; choose one, or give --bind-dn NAME=… for the "
            + "sources that log in with a name")
      }
      options.bind = .sasl(sasl.mechanism)
    } else if let name {
      guard !name.isEmpty else { throw Failure("--bind-dn: the name is empty") }
      let file = try forests.value(of: passwordFile, for: forest, option: "--password-file")
      let password = try passwords.password(
        file: file, fromInput: passwordStdin, of: name, at: url.server)
      options.bind = .simple(name: name) { () throws(LDAPError) in password.secret }
    }
    return options
  }
}

/// What of live directories is read, and where it is kept.
struct ScanOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Only objects that match.", valueName: "filter"))
  var filter: String?

  @Option(
    help: ArgumentHelp(
      "Objects asked for at once.", valueName: "count", visibility: .hidden))
  var pageSize = 1000

  @Option(
    help: ArgumentHelp("Keep what was read, to check it again.", valueName: "file"),
    completion: .file())
  var save: [String] = []

  func validate() throws {
    if let filter, filter.allSatisfy({ $0 == " " }) {
      throw ValidationError("--filter is empty; without it all is read that the rules look at")
    }
    guard (1...1_000_000).contains(pageSize) else {
      throw ValidationError("--page-size \(pageSize): expected a number from 1 to 1000000")
    }
  }

  /// An option that was given and makes sense for live directories only.
  var firstUsed: String? {
    if filter != nil { return "--filter" }
    return save.isEmpty ? nil : "--save"
  }
}

/// Options that may be given once for all live sources, or as NAME=value for those of forest NAME.
struct ForestNames {
  /// The names that sources were given.
  var names: [String]

  /// The value of `option` for `forest`; its own before the common one. Throws when there are two.
  func value(of values: [String], for forest: String, option: String) throws -> String? {
    var own: [String] = []
    var common: [String] = []
    for value in values {
      if let name = names.first(where: { value.hasPrefix($0 + "=") }) {
        if name == forest { own.append(String(value.dropFirst(name.count + 1))) }
      } else {
        common.append(value)
      }
    }
    guard own.count <= 1, common.count <= 1 else {
      throw Failure(
        "\(option) is given twice; name the sources (NAME=ldap://…) and give \(option) NAME=… each")
    }
    return own.first ?? common.first
  }

  /// `value` without the name of one of the sources in front.
  func plain(_ value: String) -> String {
    guard let name = names.first(where: { value.hasPrefix($0 + "=") }) else { return value }
    return String(value.dropFirst(name.count + 1))
  }

  /// Throws when one of `values`, which are files, has a name in front that no source has: it would
  /// be taken for a part of the file's.
  func refuseUnknown(in values: [String], option: String) throws {
    guard !names.isEmpty else { return }
    for value in values where !names.contains(where: { value.hasPrefix($0 + "=") }) {
      guard let equals = value.firstIndex(of: "="), !value[..<equals].contains("/") else {
        continue
      }
      throw Failure(
        "\(option) \(value): no source is called \(value[..<equals]); write ./\(value) for a file of "
          + "that name")
    }
  }

  /// Whether one of `values` is for `forest` alone.
  func isOwn(of values: [String], for forest: String) -> Bool {
    names.contains(forest) && values.contains { $0.hasPrefix(forest + "=") }
  }
}

/// A SASL mechanism as an argument.
struct MechanismArgument: ExpressibleByArgument {
  var mechanism: LDAPConnectionOptions.Mechanism

  init?(argument: String) {
    guard let mechanism = LDAPConnectionOptions.Mechanism(rawValue: argument.uppercased()) else {
      return nil
    }
    self.mechanism = mechanism
  }

  static var allValueStrings: [String] { ["gssapi", "gss-spnego", "external"] }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
