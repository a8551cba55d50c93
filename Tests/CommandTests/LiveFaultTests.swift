import Foundation
import TestServers
import Testing

/// `check` on a server that does what the test tells it, faults above all.
@Suite struct LiveFaultTests {
  typealias Server = ScriptedServer

  let place: Workplace

  init() throws { place = try Workplace("") }

  func check(_ server: Server, _ arguments: String...) throws -> Outcome {
    try place.run(["check", "--format", "ndjson", server.address] + arguments)
  }

  /// Persons below dc=x, each with a suffix that nobody can verify.
  static func persons(_ request: Server.Request, _ numbers: Range<Int>) -> [Server.Action] {
    numbers.map { number in
      .send(
        Server.entry(
          request, "CN=User \(number),dc=x",
          [
            ("objectClass", ["user"]), ("sAMAccountName", ["u\(number)"]),
            ("userAccountControl", ["512"]), ("objectGUID", ["\(1_000_000_000_000_000 + number)"]),
            ("userPrincipalName", ["u\(number)@corp.local"]),
          ]))
    }
  }

  /// Answers pages of ten persons with `page`, what is no search with success.
  static func paging(
    _ page: @escaping @Sendable (Server.Request, Int) -> [Server.Action]
  ) -> Server.Script {
    { request in
      guard request.operation == 0x63 else { return [.send(Server.done(request))] }
      // Schema and the like: there is none.
      guard request.base.lowercased() == "dc=x" else {
        return [.send(Server.done(request, code: 32))]
      }
      return page(request, Int(request.cookie ?? "") ?? 0)
    }
  }

  /// Active Directory answers a plain `member` with the first 1,500 and where the rest begins.
  @Test func aGroupIsReadAsAWholeWhereTheServerCapsIt() throws {
    let members = 4_100
    let capped = Server { request in
      guard request.operation == 0x63 else { return [.send(Server.done(request))] }
      guard request.base.lowercased().hasSuffix("dc=x") else {
        return [.send(Server.done(request, code: 32))]
      }
      let first =
        request.attributes.compactMap { name in
          name.split(separator: "=").last.flatMap { Int($0.split(separator: "-")[0]) }
        }.first ?? 0
      let end = min(first + 1_500, members)
      let group = Server.entry(
        request, "CN=All,dc=x",
        [
          ("objectClass", ["group"]), ("sAMAccountName", ["all"]), ("member", []),
          (
            "member;range=\(first)-\(end == members ? "*" : "\(end - 1)")",
            (first..<end).map { "CN=User \($0),dc=x" }
          ),
        ])
      return [.send(group), .send(Server.done(request, next: ""))]
    }
    for (limit, count) in [(members - 1, 1), (members, 0)] {
      let outcome = try check(
        capped, "--directory", "ad", "--select", "GRP", "--param",
        "GroupMembersCloudSync=\(limit)", "--save", "s.ldif")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try comparable(outcome.output).count == count)
      let lines = try place.read("s.ldif").split(separator: "\n")
      #expect(lines.filter { $0.hasPrefix("member: ") }.count == members)
    }
  }

  @Test func aLostConnectionIsTakenUpAgain() throws {
    let server = Server(
      Self.paging { request, page in
        // The third page breaks off the first time.
        if page == 2, request.connection == 0 {
          return Self.persons(request, 20..<24) + [.hangUp]
        }
        let next = page < 4 ? "\(page + 1)" : ""
        return Self.persons(request, page * 10..<page * 10 + 10)
          + [.send(Server.done(request, next: next))]
      })
    let outcome = try check(server, "--directory", "ad")
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(outcome.output.split(separator: "\n").filter { $0.contains("UPN006") }.count >= 50)
    #expect(try problems(outcome.output).contains { $0.contains("made anew") })
  }

  @Test func aServerThatDiesLeavesAPartialReport() throws {
    let server = Server(
      Self.paging { request, page in
        if page == 2 { return Self.persons(request, 20..<24) + [.die] }
        return Self.persons(request, page * 10..<page * 10 + 10)
          + [.send(Server.done(request, next: "\(page + 1)"))]
      })
    let outcome = try check(server, "--directory", "ad")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("the result is incomplete"))
    let found = try comparable(outcome.output).filter { $0.contains(#""rule":"UPN006""#) }
    #expect(found.count == 24)
    #expect(try problems(outcome.output).contains { $0.contains("dc=x was read up to object 24") })
  }

  @Test func garbageIsNoHang() throws {
    let server = Server(Self.paging { _, _ in [.send([0x47, 0x45, 0x54, 0x20, 0x2F]), .hangUp] })
    let outcome = try check(server, "--directory", "ad")
    #expect(outcome.status == 2)
    #expect(!outcome.isSignal)
  }

  @Test func aResultThatNeverComesEndsInTime() throws {
    let server = Server(
      Self.paging { request, page in
        page == 0
          ? Self.persons(request, 0..<10) + [.send(Server.done(request, next: "1"))] : []
      })
    let start = ContinuousClock.now
    let outcome = try check(server, "--directory", "ad", "--timeout", "1")
    #expect(outcome.status == 2)
    #expect(ContinuousClock.now - start < .seconds(20))
    #expect(try comparable(outcome.output).contains { $0.contains("UPN006") })
    #expect(try problems(outcome.output).contains { $0.contains("up to object 10 only") })
  }

  /// What has arrived is checked while the server keeps the rest back.
  @Test func findingsAreCountedWhileTheServerIsAtIt() throws {
    let hold = place.path("go")
    let server = Server(
      Self.paging { request, page in
        // A mebibyte of objects and more, then nothing until the file is there.
        if page > 0 {
          for _ in 0..<600 where !FileManager.default.fileExists(atPath: hold) { usleep(50_000) }
          return [.send(Server.done(request, next: ""))]
        }
        return Self.persons(request, 0..<12_000) + [.send(Server.done(request, next: "1"))]
      })
    let outcome = try place.shell(
      """
      export TERM=xterm; : > shown
      { for i in $(seq 300); do grep -qE '[0-9,]{5,} findings so far' shown && break; sleep 0.1; done
        grep -cE '[0-9,]{5,} findings so far' shown > seen; touch go; } &
      script -qefc "'\(Workplace.program.path)' check \(server.address) --directory ad > report" shown \
        < /dev/null > /dev/null
      status=$?; wait; cat seen; exit $status
      """)
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(Int(outcome.lines.first ?? "") ?? 0 > 0)
  }
}
