import Foundation
import System
import TestServers
import Testing

@testable import LDAP

extension LiveServers {
  /// OpenLDAP: reading.
  @Suite(.serialized, .enabled(if: TestServer.canRun("slapd"), "slapd is not installed"))
  struct SlapdScan {
    static let users = 2_345
    static let server = Result { try slapd(users: users) }
    static let attributes = [
      "objectClass", "cn", "displayName", "sAMAccountName", "userPrincipalName", "mail",
      "proxyAddresses", "member",
    ]

    let base = SampleDirectory.base
    var reader: LDAPConnectionOptions { .simple("cn=reader,\(base)", "readme") }

    static func slapd(users: Int, _ settings: [String: String] = [:]) throws -> TestServer {
      let file = try SampleDirectory.write(users: users)
      defer { try? FileManager.default.removeItem(atPath: file) }
      return try TestServer("slapd", settings.merging(["LDIF": file]) { $1 })
    }

    func url(_ rest: String = "") throws -> LDAPURL {
      try LDAPURL("ldap://127.0.0.1:\(Self.server.get()("PORT"))/\(rest)")
    }

    func scan(
      _ url: LDAPURL, _ options: LDAPConnectionOptions, to spool: Spool,
      _ change: (inout LDAPScanRequest) -> Void = { _ in }
    ) throws -> LDAPScanResult {
      var request = LDAPScanRequest()
      request.attributes = Self.attributes
      change(&request)
      return try LDAPServer(url, options).scan(request, to: spool.descriptor)
    }

    @Test func everyPageIsRead() throws {
      let spool = Spool()
      let result = try scan(url(), reader, to: spool)
      #expect(result.isComplete, "\(result.problems)")
      #expect(result.problems.isEmpty)
      #expect(result.entries == Self.users + 2)
      #expect(result.pages == 3)
      #expect(Set(spool.dns).count == result.entries)
      #expect(result.bytes == spool.text.utf8.count)
      #expect(spool.lines.last { !$0.isEmpty } == "# end: complete \(result.entries)")
      #expect(spool.text.split(separator: "\n").allSatisfy { $0.utf8.count <= 76 })
      #expect(spool.values("userPassword").isEmpty)
    }

    @Test func theHeadSaysWhatWasAsked() throws {
      let spool = Spool()
      _ = try scan(url(), reader, to: spool) {
        $0.attributes += ["msDS-nothing", "userPassword"]
        $0.excludedBases = ["OU=Gone,\(base)"]
        $0.sourceName = "here"
        $0.time = 1_795_242_998
      }
      let expected = [
        "# ldaplint-snapshot: 1", "# source: here", "# server: OpenLDAP",
        "# time: 2026-11-21T06:36:38Z", "# base: \(base)", "# excluded-base: OU=Gone,\(base)",
        "# scope: sub", "# filter: \(DefaultFilter.text(.other))",
        "# attributes: \(Self.attributes.joined(separator: " "))", "# not-in-schema: msDS-nothing",
        "version: 1", "",
      ]
      #expect(Array(spool.lines.prefix(expected.count)) == expected)
      #expect(spool.lines.contains("# problem: note userPassword: secrets are never asked for"))
    }

    @Test func excludedSubtreesAreLeftOut() throws {
      let spool = Spool()
      let result = try scan(url(), reader, to: spool) { $0.excludedBases = ["ou=GONE, \(base)"] }
      #expect(result.isComplete)
      #expect(result.entries == Self.users + 2 - Self.users / 50)
      #expect(!spool.dns.contains { $0.lowercased().contains("ou=gone") })
    }

    @Test func theURLSaysBaseScopeAndFilter() throws {
      let spool = Spool()
      let result = try scan(
        url("OU=Gone,\(base)?cn?one?(mail=user*9@contoso.com)"), reader, to: spool
      ) { $0.attributes = [] }
      #expect(result.entries == Self.users / 50)
      #expect(result.requestedAttributes == ["cn"])
      #expect(spool.values("mail").isEmpty)
    }

    @Test func basesInsideOthersAreReadOnce() throws {
      let spool = Spool()
      let result = try scan(url(), reader, to: spool) {
        $0.bases = ["OU=Gone,\(base)", base.uppercased(), base]
      }
      #expect(result.entries == Self.users + 2)
      #expect(result.bases == [base.uppercased()])
    }

    @Test func aBaseThatIsNotThereIsReportedAndTheOthersAreRead() throws {
      let spool = Spool()
      let result = try scan(url(), reader, to: spool) {
        $0.bases = ["OU=Nowhere,\(base)", "OU=Gone,\(base)"]
      }
      #expect(!result.isComplete)
      #expect(result.entries == Self.users / 50)
      let message = try #require(result.problems.first?.message)
      #expect(message.contains("OU=Nowhere,\(base) was not read"))
      #expect(message.contains("no such object (32) (exists up to \(base))"))
    }

    @Test func aSizeLimitMakesTheResultIncomplete() throws {
      let spool = Spool()
      let limited = LDAPConnectionOptions.simple("cn=limited,\(base)", "readme")
      let result = try scan(url(), limited, to: spool) { $0.pageSize = 10 }
      #expect(!result.isComplete)
      #expect(result.entries > 0 && result.entries < 100)
      #expect(result.entries == spool.dns.count)
      #expect(result.problems.contains { $0.message.contains("limit exceeded") })
    }

    @Test func progressCountsWholeRecords() throws {
      let spool = Spool()
      var request = LDAPScanRequest()
      request.attributes = Self.attributes
      var seen: [(Int, Int)] = []
      _ = try LDAPServer(url(), reader).scan(
        request, to: spool.descriptor, progress: { seen.append(($0.entries, $0.bytes)) })
      #expect(seen.map(\.0) == [1000, 2000, Self.users + 2])
      let bytes = Array(spool.text.utf8)
      for (_, count) in seen { #expect(bytes[..<count].suffix(2) == [0x0A, 0x0A]) }
    }

    @Test func aFilterThatIsNoneIsRefused() throws {
      let spool = Spool()
      let error = #expect(throws: LDAPError.self) {
        try scan(url(), reader, to: spool) { $0.filter = "(cn=" }
      }
      #expect(error?.cause == .refusedHere)
      #expect(error?.description.contains("\"(cn=\" is not an LDAP filter") == true)
    }

    @Test func aFullDiskIsSaid() throws {
      let full = open("/dev/full", O_WRONLY)
      defer { close(full) }
      let error = #expect(throws: LDAPError.self) {
        try LDAPServer(url(), reader).scan(LDAPScanRequest(), to: full)
      }
      #expect(error?.cause == .cannotWrite)
      #expect(error?.description.contains("No space left") == true)
    }

    @Test func withoutALoginThereIsNothing() throws {
      let spool = Spool()
      let result = try scan(url(), LDAPConnectionOptions(), to: spool)
      #expect(!result.isComplete)
      #expect(result.entries == 0)
    }

    @Test func theDiagnosisSaysWhatIsThere() throws {
      let diagnosis = try LDAPServer(url(), reader)
        .diagnose(attributes: ["cn", "mail", "mailNickname", "noSuchThing"])
      #expect(diagnosis.server.vendor == "OpenLDAP")
      #expect(!diagnosis.server.isActiveDirectory)
      #expect(diagnosis.server.supportsPaging)
      #expect(diagnosis.identity == "dn:cn=reader,\(base)")
      #expect(diagnosis.isPagingUsable == true)
      #expect(diagnosis.isSchemaReadable)
      #expect(diagnosis.missingAttributes == ["noSuchThing"])
      #expect(diagnosis.bases.map(\.dn) == [base])
      #expect(diagnosis.bases[0].sampled == LDAPDiagnosis.samplePage)
      #expect(diagnosis.bases[0].hasMore)
      #expect(diagnosis.bases[0].attributesSeen == ["cn", "mail"])
      #expect(diagnosis.tls == nil)
    }
  }
}
