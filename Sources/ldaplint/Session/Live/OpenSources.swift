import Bytes
import Findings
import LDAP
import Lint
import System

/// The sources of a run, opened before the first is read, so that what cannot be had is known early.
struct OpenSources {
  private enum Source {
    case file(LintSource)
    case live(LiveSource)
  }

  /// The names in reports, in order.
  let names: [String]
  /// The files that snapshots become.
  let savedFiles: [String]
  /// What is read besides, what logging in needs included: passwords, certificates, keys.
  private let others: [FileIdentity: String]
  private let sources: [Source]
  /// What of the directories is looked at.
  private let looks: LintOptions
  private let scan: ScanOptions

  /// Opens what `options` names, to look at it as `lint` says; `others` are files that are read besides,
  /// and what for.
  init(
    _ options: SourceOptions, _ scan: ScanOptions, _ ldap: LDAPOptions, looking lint: LintOptions,
    besides others: [FileIdentity: String]
  ) throws {
    let arguments = try options.arguments()
    try Self.refuseRepeated(arguments)
    try Self.refuseContradictions(arguments, scan, ldap)
    let forests = ForestNames(names: arguments.compactMap(\.forestName))
    try forests.refuseUnknown(in: scan.save, option: "--save")
    try forests.refuseUnknown(in: ldap.passwordFile, option: "--password-file")
    let passwords = Passwords()
    let opened = try arguments.map { argument -> Source in
      switch argument.place {
      case .file(let path): return .file(try options.open(path, forest: argument.forest))
      case .server(let url):
        let save = try forests.value(of: scan.save, for: argument.forest, option: "--save")
        return .live(
          LiveSource(
            name: argument.name, forest: argument.forest,
            server: LDAPServer(
              url,
              try ldap.connection(
                url, forest: argument.forest, among: forests, passwords: passwords)),
            file: try save.map { try SaveFile($0) } ?? SaveFile(spoolIn: options.spoolFolder),
            kind: options.directory?.kind))
      }
    }
    names = arguments.map(\.name)
    self.others = others.merging(
      ldap.files(among: forests).compactMap(FileIdentity.init(path:)).map {
        ($0, "the login needs it")
      }
    ) { $1 }
    sources = opened
    savedFiles = opened.compactMap { source in
      if case .live(let live) = source { live.file.path } else { nil }
    }
    guard Set(savedFiles).count == savedFiles.count else {
      throw Failure("--save: every source needs a file of its own; give --save NAME=FILE each")
    }
    looks = lint
    self.scan = scan
    try refuseSnapshots()
  }

  /// The files that nothing may be written to, and why.
  var occupied: [FileIdentity: String] {
    var reasons = inputs
    for identity in savedFiles.compactMap(FileIdentity.init(path:)) {
      reasons[identity] = "the snapshot goes there"
    }
    return reasons
  }

  private var inputs: [FileIdentity: String] {
    var reasons = others
    for identity in names.compactMap(FileIdentity.init(path:)) {
      reasons[identity] = "it is a source"
    }
    return reasons
  }

  /// A snapshot takes the place of what is there.
  private func refuseSnapshots() throws {
    let inputs = inputs
    for file in savedFiles {
      guard let identity = FileIdentity(path: file), let reason = inputs[identity] else { continue }
      throw Failure("--save \(file): no snapshot can be written there; \(reason)")
    }
  }

  /// The same file twice is a slip of the hand; everything in it would be there twice.
  private static func refuseRepeated(_ arguments: [SourceArgument]) throws {
    var seen: Set<FileIdentity> = []
    for case .file(let path) in arguments.map(\.place) {
      guard let identity = FileIdentity(path: path) else { continue }
      guard seen.insert(identity).inserted else {
        throw Failure("\(path): the file is given twice; give each source once")
      }
    }
  }

  private static func refuseContradictions(
    _ arguments: [SourceArgument], _ scan: ScanOptions, _ ldap: LDAPOptions
  ) throws {
    let hasLive = arguments.contains { if case .server = $0.place { true } else { false } }
    if !hasLive, let option = scan.firstUsed ?? ldap.firstUsed {
      throw Failure("\(option) is for live directories, and no source is an LDAP URL")
    }
    if ldap.passwordStdin, arguments.contains(where: \.isStandardInput) {
      throw Failure("standard input cannot be both the password and a source")
    }
  }

  // MARK: Reading

  private var liveSources: [LiveSource] {
    sources.compactMap { if case .live(let live) = $0 { live } else { nil } }
  }

  /// Runs `lint` on all sources while the live ones are read, which are asked for `attributes`. The
  /// tally is where the run counts its findings, for the progress.
  ///
  /// Ctrl-C ends the reading; what was read by then is linted, with a problem that says so. Throws
  /// what leaves nothing to report on.
  func whileReading<Result>(
    attributes: [String], isQuiet: Bool, _ lint: ([LintSource], FindingTally?) throws -> Result
  ) throws -> Result {
    let live = liveSources
    guard !live.isEmpty else { return try lint(files, nil) }
    Interrupt.beginNoting()
    var requests = try requests(live)
    var jobs: [LiveReading.Job] = []
    let all = try sources.map { source in
      switch source {
      case .file(let file): return file
      case .live(let live):
        guard var request = requests.removeFirst() else {
          return try live.unread(.note, "was not read: no --base lies in it")
        }
        request.attributes = attributes
        let groups = looks.syncGroups.filter { $0.forest == nil || $0.forest == live.forest }
        request.alsoRead = groups.map(\.dn)
        if !groups.isEmpty, !attributes.contains(where: { $0.lowercased() == "member" }) {
          request.attributes.append("member")
        }
        let job = LiveReading.Job(
          live: live, request: request, file: ReadableFile(growing: live.file.descriptor))
        jobs.append(job)
        return live.arriving(job)
      }
    }
    let reading = LiveReading(jobs, hasOthers: sources.count > 1, isQuiet: isQuiet)
    try reading.start()
    let result = try lint(all, reading.tally)
    try reading.wait()
    return result
  }

  private var files: [LintSource] {
    sources.compactMap { if case .file(let file) = $0 { file } else { nil } }
  }

  /// What to ask each of `live` for; nil for one that holds none of the bases.
  private func requests(_ live: [LiveSource]) throws -> [LDAPScanRequest?] {
    var request = LDAPScanRequest()
    request.excludedBases = looks.excludedBases
    request.filter = scan.filter
    request.pageSize = scan.pageSize
    guard sources.count > 1 else {
      request.bases = looks.bases
      return [request]
    }
    let places = BasePlaces(
      looks.bases, servers: try Self.describe(live), urls: live.map(\.server.url),
      hasFiles: live.count < sources.count)
    return live.indices.map { index in
      guard let bases = places.bases(of: index) else { return nil }
      var own = request
      own.bases = bases
      own.basesReadElsewhere = places.basesElsewhere(than: index)
      return own
    }
  }

  /// Looks at every server before the first is read: that may take long, and a password that is
  /// wrong at the last one should be known before.
  private static func describe(_ live: [LiveSource]) throws -> [ServerDescription] {
    var found: [ServerDescription] = []
    var failures: [String] = []
    for source in live {
      do throws(LDAPError) {
        found.append(try source.server.open(isCancelled: { Interrupt.isRequested }).server)
      } catch {
        guard error.cause != .cancelled else { throw error.failure }
        failures.append(error.description)
      }
    }
    guard failures.isEmpty else {
      var failure = Failure(failures[0])
      failure.lines = failures
      throw failure
    }
    return found
  }
}
