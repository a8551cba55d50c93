import Foundation
import System
import TestServers
import Testing

@testable import LDAP

/// Servers that mean ill, or that do not know better: nothing of theirs may look complete.
@Suite struct HostileServerTests {
  typealias Server = ScriptedServer

  /// Searches below dc=x are answered by `page`, given the number in the cookie.
  static func paging(
    _ page: @escaping @Sendable (Server.Request, Int) -> [Server.Action]
  ) -> Server.Script {
    { request in
      guard request.operation == 0x63 else { return [.send(Server.done(request))] }
      return page(request, Int(request.cookie ?? "") ?? 0)
    }
  }

  /// What a scan of `server` in pages of five finds, and the DNs that it writes.
  func scan(
    _ server: Server, filter: String? = nil, bind: LDAPConnectionOptions.Bind = .anonymous,
    isCancelled: @escaping () -> Bool = { false }
  ) throws -> (result: LDAPScanResult, spool: Spool) {
    var options = LDAPConnectionOptions()
    options.bind = bind
    options.idleTimeout = .seconds(5)
    options.operationTimeout = .seconds(5)
    var request = LDAPScanRequest()
    request.attributes = ["cn"]
    request.pageSize = 5
    request.filter = filter
    let spool = Spool()
    let result = try LDAPServer(server.url, options).scan(
      request, to: spool.descriptor, isCancelled: isCancelled)
    return (result, spool)
  }

  func problem(_ result: LDAPScanResult, _ words: String) -> Bool {
    result.problems.contains { $0.kind == .incomplete && $0.message.contains(words) }
  }

  static let login = LDAPConnectionOptions.Bind.simple(name: "cn=a") {
    () throws(LDAPError) in LDAPSecret("b".utf8)
  }

  // MARK: Paging

  /// The same page for ever, and pages 1 to 3 for ever after page 0.
  @Test(arguments: [1, 4])
  func pagesThatComeAgainEnd(length: Int) throws {
    let server = Server(
      Self.paging { request, page in
        let next = page + 1 < length ? page + 1 : min(1, length - 1)
        return Server.persons(request, page * 5..<page * 5 + 5)
          + [.send(Server.done(request, next: "\(next)"))]
      })
    let (result, spool) = try scan(server)
    #expect(problem(result, "the same page"), "\(result.problems)")
    #expect(!result.isComplete)
    #expect(Set(spool.dns).count == length * 5)
    #expect(spool.dns.count <= length * 15)
  }

  /// Cut, empty, of another type, absent.
  @Test(arguments: [
    BER.element(4, [0x30, 0x84, 0xFF, 0xFF]), BER.element(4, []), BER.element(0x16, [0x30, 0x00]),
    BER.element(1, [0xFF]), [],
  ])
  func aPagingAnswerThatCannotBeReadIsNotTheEnd(value: [UInt8]) throws {
    let server = Server(
      Self.paging { request, _ in
        let result = BER.sequence(BER.integer(0, tag: 0x0A), BER.text(""), BER.text(""), tag: 0x65)
        let control = BER.sequence(BER.text("1.2.840.113556.1.4.319"), value)
        return Server.persons(request, 0..<5) + [
          .send(BER.sequence(BER.integer(request.id), result, BER.element(0xA0, control)))
        ]
      })
    let (result, spool) = try scan(server)
    #expect(spool.dns.count == 5)
    #expect(problem(result, "where the next page begins"), "\(result.problems)")
  }

  /// Something in between that drops the control from the answer.
  @Test(arguments: [(3, true), (5, false), (7, true)])
  func aFullPageWithoutAWordOnMoreMayNotBeTheLast(entries: Int, isComplete: Bool) throws {
    let server = Server(
      Self.paging { request, _ in
        Server.persons(request, 0..<entries) + [.send(Server.done(request))]
      })
    let (result, _) = try scan(server)
    #expect(result.entries == entries)
    #expect(result.isComplete == isComplete, "\(result.problems)")
  }

  // MARK: Floods

  @Test func aFloodOfReferencesCanBeCancelledAndIsSummedUp() throws {
    let flag = Flag()
    let endless = Server(
      Self.paging { request, _ in
        flag.set()
        return (0..<50_000).map {
          .send(Server.reference(request, ["ldap://h\($0)/DC=c\($0),DC=x"]))
        }
      })
    let start = ContinuousClock.now
    let cancelled = try scan(endless, isCancelled: { flag.isSet }).result
    #expect(cancelled.isCancelled)
    #expect(cancelled.references.count < 50_000)
    #expect(ContinuousClock.now - start < .seconds(5))
    let many = Server(
      Self.paging { request, _ in
        (0..<2_000).map { .send(Server.reference(request, ["ldap://h\($0)/DC=c\($0),DC=x"])) }
          + [.send(Server.done(request, next: ""))]
      })
    let result = try scan(many).result
    #expect(result.references.count == 2_000)
    #expect(result.problems.count < 200)
    #expect(problem(result, "1900 more"), "\(result.problems.suffix(2))")
  }

  @Test func aFloodInPlaceOfTheRootDSEEnds() throws {
    let server = Server(
      answersRoot: true,
      { request in
        (0..<20_000).map { _ in .send(Server.entry(request, "", [("namingContexts", ["dc=x"])])) }
      })
    let error = try #require(
      LDAPServer(server.url, LDAPConnectionOptions()).failure)
    #expect(error.cause == .garbled, "\(error)")
  }

  @Test func theDiagnosisReadsLittleWhereTheServerDoesNotPage() throws {
    let server = Server(pages: false) { request in
      guard request.operation == 0x63 else { return [.send(Server.done(request, code: 2))] }
      return Server.persons(request, 0..<20_000)
    }
    let diagnosis = try LDAPServer(server.url, LDAPConnectionOptions()).diagnose(attributes: [])
    let base = try #require(diagnosis.bases.first)
    #expect(base.sampled == LDAPDiagnosis.samplePage)
    #expect(base.hasMore)
    #expect(diagnosis.isPagingUsable == false)
  }

  // MARK: Names

  @Test func attributesThatAreNoneAreNamed() throws {
    let server = Server(
      Self.paging { request, _ in
        [
          .send(
            Server.entry(
              request, "cn=a,dc=x",
              [
                ("cn", ["a"]), ("my attr", ["x"]), ("changetype", ["delete"]), ("DN", ["cn=b"]),
                ("-", ["x"]),
              ])), .send(Server.done(request, next: "")),
        ]
      })
    let (result, spool) = try scan(server)
    let record = spool.lines.drop { !$0.hasPrefix("dn:") }.prefix { !$0.isEmpty }
    #expect(Array(record) == ["dn: cn=a,dc=x", "cn: a"])
    #expect(problem(result, "cn=a,dc=x: \"my attr\" is no attribute"), "\(result.problems)")
    #expect(problem(result, "cn=a,dc=x: \"changetype\" is no attribute"))
  }

  @Test func aReferenceThatCannotBeReadIsSomethingMissing() throws {
    let server = Server(
      Self.paging { request, _ in
        [
          .send(BER.sequence(BER.integer(request.id), BER.element(0x73, BER.integer(5)))),
          .send(Server.done(request, next: "")),
        ]
      })
    let result = try scan(server, bind: Self.login).result
    #expect(!result.isComplete)
    #expect(problem(result, "reference"), "\(result.problems)")
  }

  // MARK: Nothing to be seen

  /// Many servers do not refuse: they show nothing.
  @Test(arguments: [(true, false), (false, false), (false, true)])
  func nothingAtAllIsNoCleanDirectory(isAnonymous: Bool, isBaseSeen: Bool) throws {
    let server = Server(
      Self.paging { request, _ in
        let isBase = request.attributes == ["1.1"]
        return (isBase && isBaseSeen ? [.send(Server.entry(request, "dc=x", []))] : [])
          + [.send(Server.done(request, next: ""))]
      })
    let result = try scan(server, bind: isAnonymous ? .anonymous : Self.login).result
    #expect(result.entries == 0)
    #expect(result.isComplete == isBaseSeen, "\(result.problems)")
    if !isBaseSeen {
      #expect(problem(result, isAnonymous ? "give --bind-dn or --sasl" : "may not see it"))
    }
  }

  @Test func aFilterOfOnesOwnMayMatchNothing() throws {
    let server = Server(
      Self.paging { request, _ in
        let isBase = request.attributes == ["1.1"]
        return (isBase ? [.send(Server.entry(request, "dc=x", []))] : [])
          + [.send(Server.done(request, next: ""))]
      })
    let result = try scan(server, filter: "(cn=nobody)").result
    #expect(result.isComplete, "\(result.problems)")
  }

  // MARK: Connections

  /// A notice of disconnection (RFC 4511 §4.4.1) is a lost connection that says why.
  @Test(arguments: [true, false])
  func aServerThatSaysGoodbyeIsAskedAgain(once: Bool) throws {
    let server = Server(
      Self.paging { request, page in
        if page == 1, request.connection == 0 || !once {
          let notice = BER.sequence(
            BER.integer(52, tag: 0x0A), BER.text(""), BER.text("going down"),
            BER.text("1.3.6.1.4.1.1466.20036", tag: 0x8A), tag: 0x78)
          return [.send(BER.sequence(BER.integer(0), notice)), .hangUp]
        }
        return Server.persons(request, page * 5..<page * 5 + 5)
          + [.send(Server.done(request, next: page == 2 ? "" : "\(page + 1)"))]
      })
    let (result, spool) = try scan(server)
    #expect(result.isComplete == once, "\(result.problems)")
    #expect(spool.dns.count == (once ? 15 : 5))
    if !once { #expect(problem(result, "unavailable (52)"), "\(result.problems)") }
  }
}
