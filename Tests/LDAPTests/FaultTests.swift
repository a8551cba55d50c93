import Directory
import Foundation
import System
import TestServers
import Testing

@testable import LDAP

/// What no real server does on demand.
@Suite struct FaultTests {
  typealias Server = ScriptedServer

  func scan(
    _ server: ScriptedServer, to spool: Spool, attributes: [String] = ["cn", "member"],
    idle: Duration = .seconds(20), isCancelled: @escaping () -> Bool = { false }
  ) throws -> LDAPScanResult {
    var options = LDAPConnectionOptions()
    options.idleTimeout = idle
    options.operationTimeout = .seconds(5)
    options.connectTimeout = .seconds(2)
    var request = LDAPScanRequest()
    request.attributes = attributes
    request.pageSize = 5
    return try LDAPServer(server.url, options).scan(
      request, to: spool.descriptor, isCancelled: isCancelled)
  }

  /// Three pages of five; `fault` may answer instead, given the number of the page.
  static func paging(
    _ fault: @escaping @Sendable (Server.Request, Int) -> [Server.Action]?
  ) -> Server.Script {
    { request in
      guard request.operation == 0x63 else { return [.send(Server.done(request))] }
      let page = Int(request.cookie ?? "") ?? 0
      if let actions = fault(request, page) { return actions }
      let next = page == 2 ? "" : "\(page + 1)"
      return Server.persons(request, page * 5..<page * 5 + 5)
        + [.send(Server.done(request, next: next))]
    }
  }

  static let all = (0..<15).map { "cn=\($0),dc=x" }

  @Test func pagesFollowEachOther() throws {
    let spool = Spool()
    let result = try scan(Server(Self.paging { _, _ in nil }), to: spool)
    #expect(result.isComplete)
    #expect(result.pages == 3)
    #expect(spool.dns == Self.all)
  }

  @Test(arguments: [0, 1, 2])
  func aPageThatBreaksOffIsAskedForAgain(broken: Int) throws {
    let server = Server(
      Self.paging { request, page in
        page == broken && request.connection == 0
          ? Server.persons(request, page * 5..<page * 5 + 3) + [.hangUp] : nil
      })
    let spool = Spool()
    let result = try scan(server, to: spool)
    #expect(result.isComplete)
    #expect(spool.dns == Self.all)
    #expect(result.problems.map(\.message).contains { $0.contains("made anew") })
  }

  @Test func aServerThatRefusesTheOldCookieLeavesItAtWhatWasRead() throws {
    let server = Server(
      Self.paging { request, page in
        guard page == 1 else { return nil }
        return request.connection == 0
          ? Server.persons(request, 5..<8) + [.hangUp]
          : [.send(Server.done(request, code: 53, text: "cookie is invalid"))]
      })
    let spool = Spool()
    let result = try scan(server, to: spool)
    #expect(!result.isComplete)
    #expect(spool.dns == Array(Self.all[..<8]))
    #expect(result.problems.contains { $0.message.contains("does not go on") })
    #expect(spool.lines.contains("# end: incomplete 8"))
  }

  @Test func aServerThatBeginsAnewIsNotReadTwice() throws {
    let server = Server(
      Self.paging { request, page in
        guard page == 1 else { return nil }
        return request.connection == 0
          ? [.hangUp]
          : Server.persons(request, 0..<5) + [.send(Server.done(request, next: "1"))]
      })
    let spool = Spool()
    let result = try scan(server, to: spool)
    #expect(!result.isComplete)
    #expect(spool.dns == Array(Self.all[..<5]))
  }

  @Test func aServerThatIsGoneLeavesItAtWhatWasRead() throws {
    let server = Server(
      Self.paging { request, page in
        page == 1 ? Server.persons(request, 5..<9) + [.die] : nil
      })
    let spool = Spool()
    let result = try scan(server, to: spool)
    #expect(!result.isComplete)
    #expect(spool.dns == Array(Self.all[..<9]))
    #expect(result.problems.contains { $0.message.contains("the connection is lost") })
  }

  @Test(arguments: [
    Array("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".utf8)
      + [UInt8](repeating: 0x0A, count: 200), [UInt8](repeating: 0xFF, count: 99),
    [UInt8](repeating: 0, count: 99), [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2],
    [0x30, 0x0C, 2, 1, 99, 0x64, 7, 4, 1, 0x61, 0x30, 0x80, 0, 0],
    [0x30, 0x05, 0x02, 0x01, 0x07, 0x65, 0x00], [0x30, 0x80, 0x80, 0x80, 0x80, 0x80],
  ])
  func garbageIsNotLDAP(garbage: [UInt8]) throws {
    let server = Server(
      Self.paging { request, page in
        page == 1
          ? Server.persons(request, 5..<7) + [.send(garbage)] : nil
      })
    let spool = Spool()
    let result = try scan(server, to: spool, idle: .seconds(1))
    #expect(!result.isComplete)
    #expect(spool.dns == Array(Self.all[..<7]))
    let message = try #require(result.problems.first { $0.kind == .incomplete }).message
    #expect(message.contains("is not LDAP") || message.contains("no answer within"), "\(message)")
  }

  @Test func aResultThatNeverComesEndsTheWaiting() throws {
    let server = Server(
      Self.paging { request, page in page == 1 ? Server.persons(request, 5..<7) : nil })
    let spool = Spool()
    let start = ContinuousClock.now
    let result = try scan(server, to: spool, idle: .milliseconds(500))
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(!result.isComplete)
    #expect(spool.dns == Array(Self.all[..<7]))
    #expect(result.problems.contains { $0.message.contains("no answer within") })
  }

  @Test func aBindThatIsNeverAnsweredTimesOut() throws {
    let server = Server { _ in [] }
    var options = LDAPConnectionOptions.simple("cn=a", "b")
    options.operationTimeout = .milliseconds(400)
    let error = try #require(LDAPServer(server.url, options).failure)
    #expect(error.cause == .timedOut)
    #expect(error.operation == .bind)
  }

  @Test(arguments: ["ldaps", "ldap"])
  func aTLSHandshakeThatNeverEndsTimesOut(scheme: String) throws {
    let server = Server { _ in [] }
    var options = LDAPConnectionOptions()
    options.connectTimeout = .milliseconds(700)
    options.startTLS = scheme == "ldap"
    let url = try LDAPURL("\(scheme)://127.0.0.1:\(server.port)")
    let start = ContinuousClock.now
    let error = try #require(LDAPServer(url, options).failure)
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(error.description.contains("handshake"), "\(error)")
  }

  @Test func withoutThePagingControlEverythingComesAtOnce() throws {
    let server = Server(pages: false) { request in
      request.cookie != nil
        ? [.send(Server.done(request, code: 2))]
        : Server.persons(request, 0..<2500) + [.send(Server.done(request))]
    }
    let spool = Spool()
    let result = try scan(server, to: spool)
    #expect(result.isComplete)
    #expect(result.entries == 2500)
    #expect(result.problems.contains { $0.kind == .note && $0.message.contains("page") })
  }

  @Test func aRefusedPagingControlIsLeftOut() throws {
    let server = Server { request in
      request.cookie != nil
        ? [.send(Server.done(request, code: 12))]
        : Server.persons(request, 0..<7) + [.send(Server.done(request))]
    }
    let spool = Spool()
    let result = try scan(server, to: spool)
    #expect(result.isComplete)
    #expect(result.entries == 7)
    #expect(result.problems.contains { $0.message.contains("refuses to page") })
  }

  @Test(arguments: [3, 4, 11])
  func aLimitKeepsWhatWasReadAndSaysSo(code: Int) throws {
    let server = Server(
      Self.paging { request, page in
        page == 1
          ? Server.persons(request, 5..<7) + [.send(Server.done(request, code: code))] : nil
      })
    let spool = Spool()
    let result = try scan(server, to: spool)
    #expect(!result.isComplete)
    #expect(result.entries == 7)
    #expect(result.problems.contains { $0.message.contains("limit exceeded (\(code))") })
  }

  @Test func cancellingKeepsWhatWasRead() throws {
    let flag = Flag()
    let server = Server(
      Self.paging { request, page in
        guard page == 1 else { return nil }
        flag.set()
        return Server.persons(request, 5..<6)
      })
    let spool = Spool()
    let result = try scan(server, to: spool, isCancelled: { flag.isSet })
    #expect(result.isCancelled)
    #expect(!result.isComplete)
    #expect(result.entries >= 5)
    #expect(spool.lines.contains("# end: incomplete \(result.entries)"))
  }

  @Test func aFloodCanBeCancelled() throws {
    let flag = Flag()
    let server = Server(pages: false) { request in
      Server.persons(request, 0..<20_000) + [.send(Server.done(request))]
    }
    let spool = Spool()
    let result = try LDAPServer(server.url, LDAPConnectionOptions()).scan(
      LDAPScanRequest(), to: spool.descriptor, progress: { _ in flag.set() },
      isCancelled: { flag.isSet })
    #expect(result.isCancelled)
    #expect(result.entries > 0 && result.entries < 20_000)
  }

  @Test func emptyPagesWithoutEndEnd() throws {
    let server = Server { request in [.send(Server.done(request, next: "again"))] }
    let spool = Spool()
    let result = try scan(server, to: spool)
    #expect(!result.isComplete)
    #expect(result.problems.contains { $0.message.contains("empty page") })
  }

  /// Active Directory answers a plain `member` with the first 1,500 and an empty `member`.
  @Test(arguments: ["member", "proxyAddresses", "userCertificate;binary"])
  func valuesInPortionsAreReadToTheEnd(attribute: String) throws {
    let values = (0..<4_100).map { "cn=\($0),dc=x" }
    let server = Server { request in
      guard request.operation == 0x63 else { return [.send(Server.done(request))] }
      let asked =
        request.attributes.compactMap { name in
          name.split(separator: "=").last.flatMap { Int($0.split(separator: "-")[0]) }
        }.first ?? 0
      let end = min(asked + 1500, values.count)
      let last = end == values.count ? "*" : "\(end - 1)"
      let group = Server.entry(
        request, "cn=group,dc=x",
        [
          ("cn", ["group"]), (attribute, []),
          ("\(attribute);range=\(asked)-\(last)", Array(values[asked..<end])),
        ])
      return [.send(group), .send(Server.done(request, next: ""))]
    }
    let spool = Spool()
    let result = try scan(server, to: spool, attributes: ["cn", attribute])
    #expect(result.isComplete, "\(result.problems)")
    #expect(result.entries == 1)
    #expect(spool.values(attribute) == values)
    let session = try LDAPServer(server.url, LDAPConnectionOptions()).open()
    let entry = try #require(try session.read("cn=group,dc=x", attributes: [attribute]))
    #expect(entry.texts(attribute) == values)
  }

  @Test func portionsThatStopComingMakeTheObjectIncomplete() throws {
    let server = Server { request in
      guard request.operation == 0x63 else { return [.send(Server.done(request))] }
      let isRest = request.attributes.contains { $0.contains("range=") }
      let attribute = isRest ? "cn" : "member;range=0-1"
      return [
        .send(Server.entry(request, "cn=g,dc=x", [(attribute, ["a", "b"])])),
        .send(Server.done(request, next: "")),
      ]
    }
    let spool = Spool()
    let result = try scan(server, to: spool)
    #expect(!result.isComplete)
    #expect(spool.values("member") == ["a", "b"])
    #expect(result.problems.contains { $0.message.contains("cn=g,dc=x: member was read up to") })
  }

  /// Secrets stay out, whether everything was asked for or not even they.
  @Test(arguments: ["*", "cn"])
  func hostileNamesAndValuesStayInTheirLines(asked: String) throws {
    let server = Server { request in
      [
        .send(
          Server.entry(
            request, "cn=a\ndn: cn=forged,dc=x",
            [
              ("cn\nmail", ["x"]), ("", ["y"]), ("cn", [" blank", "two\nlines", "ü", "", ":x"]),
              ("userPassword", ["secret"]), ("UnicodePwd;binary", ["secret"]),
            ])), .send(Server.done(request, next: "")),
      ]
    }
    let spool = Spool()
    let result = try scan(server, to: spool, attributes: [asked])
    #expect(result.entries == 1)
    #expect(spool.dns == [])
    let record = spool.lines.drop { !$0.hasPrefix("dn:") }.prefix { !$0.isEmpty }
    #expect(
      Array(record) == [
        "dn:: Y249YQpkbjogY249Zm9yZ2VkLGRjPXg=", "cn:: IGJsYW5r", "cn:: dHdvCmxpbmVz",
        "cn:: w7w=", "cn:", "cn:: Ong=",
      ])
  }

  /// A server may send what was not asked for, by object identifier too.
  @Test(arguments: ["*", "cn"])
  func snapshotHasNoSecret(asked: String) throws {
    let server = Server { request in
      [
        .send(
          Server.entry(
            request, "cn=a,dc=x",
            [("cn", ["a"])]
              + SecretAttributes.names.flatMap { name in
                [name, name.uppercased(), "\(name);x-1", "oid.\(name)"].map { ($0, ["S3CRET"]) }
              })), .send(Server.done(request, next: "")),
      ]
    }
    let spool = Spool()
    let result = try scan(server, to: spool, attributes: [asked])
    #expect(result.entries == 1)
    #expect(spool.lines.contains("cn: a"))
    let said = spool.lines + result.problems.map(\.message)
    #expect(!said.joined().contains("S3CRET") && !said.joined().contains("UzNDUkVU"))
  }

  @Test func referencesAreToldApart() throws {
    let configuration = "CN=Configuration,DC=x"
    let server = Server(
      rootDSE: [
        ("supportedCapabilities", [ControlOID.activeDirectory]), ("defaultNamingContext", ["DC=x"]),
        ("configurationNamingContext", [configuration]),
      ]
    ) { request in
      guard request.base == "DC=x" else { return [.send(Server.done(request, code: 32))] }
      return [
        .send(Server.reference(request, ["ldap://x/\(configuration)"])),
        .send(Server.reference(request, ["ldap://DomainDnsZones.x/DC=DomainDnsZones,DC=x"])),
        .send(Server.reference(request, ["ldap://child.x/DC=child,DC=x"])),
        .send(Server.reference(request, ["ldap://child.x/DC=child,DC=x"])),
        .send(Server.reference(request, ["ldap://other.x/DC=other,DC=x??sub"])),
        .send(Server.done(request, next: "")),
      ]
    }
    var request = LDAPScanRequest()
    request.basesReadElsewhere = ["dc=OTHER, dc=x"]
    let spool = Spool()
    let result = try LDAPServer(server.url, LDAPConnectionOptions())
      .scan(request, to: spool.descriptor)
    #expect(result.server.isActiveDirectory)
    #expect(
      result.references.map(\.kind) == [.immaterial, .immaterial, .missing, .readElsewhere])
    #expect(result.problems.filter { $0.kind == .incomplete }.count == 1)
    #expect(
      result.problems.contains {
        $0.message.contains("DC=child,DC=x is on another server; the reference was not followed")
      })
  }

  @Test func everyPrefixOfAnAnswerEndsInAMessage() throws {
    let request = Server.Request(id: 0, operation: 0x63)
    let length = Server.entry(request, "cn=0,dc=x", [("cn", ["0"])]).count
    for cut in stride(from: 1, to: length, by: 3) {
      let server = Server(
        Self.paging { request, page in
          let entry = Server.entry(request, "cn=0,dc=x", [("cn", ["0"])])
          return [.send(Array(entry.prefix(cut))), .hangUp]
        })
      let spool = Spool()
      let result = try scan(server, to: spool)
      #expect(!result.isComplete)
      #expect(result.entries == 0)
    }
  }
}
