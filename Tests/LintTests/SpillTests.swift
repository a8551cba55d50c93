import Bytes
import Checks
import Findings
import Foundation
import LDIF
import System
import TestKit
import Testing

@testable import Lint

/// Values that do not fit into memory go to a file and give the same findings.
@Suite struct SpillTests {
  // MARK: The index

  @Test(arguments: [1, 2, 7, 100, 1500, 20_000])
  func collisionsAreTheSame(_ records: Int) throws {
    var random = Random(seed: UInt64(records))
    var expected: [KeptHash: Set<Int>] = [:]
    let room = IndexRoom(records: records, folder: Spool.defaultFolder)
    let indexes = (0..<3).map { _ in UniquenessIndex(room: room) }
    for position in 0..<6000 {
      // Few different values, so that many are equal; spread over all of the hash's bits.
      let hash = (random.next() % 4000) &* 0x9E37_79B9_7F4A_7C15
      expected[KeptHash(hash), default: []].insert(position)
      indexes[position % 3].insert(hash: hash, position: position)
    }
    #expect(indexes.contains(where: \.hasSpilled) == (records < 20_000))
    let index = try FinishedIndex(parts: indexes, readers: 2)
    var found: [KeptHash: Set<Int>] = [:]
    for number in 0..<UniquenessIndex.partitionCount {
      try index.forEachCollision(in: number) { collision in
        #expect(found[collision.hash] == nil)
        #expect(collision.positions == collision.positions.sorted())
        found[collision.hash] = Set(collision.positions)
      }
    }
    #expect(found == expected.filter { $0.value.count > 1 })
    for (hash, positions) in expected.prefix(200) {
      let holders = try index.holders(of: [hash], in: hash.partition) { $0 % 2 == 0 }
      #expect(Set(holders[hash] ?? []) == positions.filter { $0 % 2 == 0 })
    }
  }

  /// All values in one partition, and many of them equal: no even spread to rely on.
  @Test func oneValueOfAllObjects() throws {
    let index = UniquenessIndex(room: IndexRoom(records: 1000, folder: Spool.defaultFolder))
    for position in 0..<50_000 {
      index.insert(hash: position % 10 == 0 ? UInt64(position) : 5, position: position)
    }
    let finished = try FinishedIndex(parts: [index], readers: 1)
    var found: [[Int]] = []
    try finished.forEachCollision(in: 0) { found.append($0.positions) }
    #expect(found == [(0..<50_000).filter { $0 % 10 != 0 }])
  }

  @Test func folderThatIsNotThereIsAnError() throws {
    let index = UniquenessIndex(room: IndexRoom(records: 10, folder: "/nonexistent"))
    for position in 0..<1000 { index.insert(hash: UInt64(position) << 50, position: position) }
    #expect(index.failure == SystemError(operation: "create a spool file", code: ENOENT))
    // What cannot be kept is not kept in memory either.
    #expect(index.count <= 10)
    #expect(throws: SystemError.self) { try FinishedIndex(parts: [index], readers: 1) }
  }

  // MARK: Runs

  @Test(arguments: [1, 2, 16])
  func samplesGiveTheSame(_ threads: Int) throws {
    let sources = try ["contoso.ldif", "fabrikam.ldif", "clean.ldif"].map { file in
      try Lint.source(file: SamplesTests.folder.appending(path: file).path, name: file)
    }
    let expected = try Self.findings(sources, threads: threads, room: nil)
    #expect(expected.count > 100)
    for records in [1, 40] {
      let room = IndexRoom(records: records, folder: Spool.defaultFolder)
      #expect(try Self.findings(sources, threads: threads, room: room) == expected)
    }
  }

  @Test(arguments: [1, 2, 16])
  func dirtyDirectoriesGiveTheSame(_ threads: Int) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "spill-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "dirty.ldif").path
    try Data(Self.dirtyDirectory(users: 3500, seed: UInt64(threads)).utf8)
      .write(to: URL(filePath: path))
    let sources = [try Lint.source(file: path)]
    #expect(ChunkReader.chunkCount(size: sources[0].input.file.size) > 1)
    let expected = try Self.findings(sources, threads: 1, room: nil)
    #expect(expected.count > 1000)
    for records in [50, 2000] {
      let room = IndexRoom(records: records, folder: folder.path)
      #expect(try Self.findings(sources, threads: threads, room: room) == expected)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names == ["dirty.ldif"], "nothing stays in the temporary folder")
  }

  @Test func runFailsWhereTheFolderIsNotThere() throws {
    let file = SamplesTests.folder.appending(path: "contoso.ldif").path
    let sources = [try Lint.source(file: file)]
    let room = IndexRoom(records: 5, folder: "/nonexistent")
    #expect(throws: SystemError(operation: "create a spool file", code: ENOENT)) {
      try Self.findings(sources, threads: 2, room: room)
    }
  }

  @Test func limitsLeaveRoom() throws {
    let file = SamplesTests.folder.appending(path: "contoso.ldif").path
    let sources = [try Lint.source(file: file)]
    for threads in [1, 2, 16, 64] {
      let smallest = MemoryLimit.smallest(threads: threads)
      for bytes in [0, smallest, 4 * smallest, 1 << 40] {
        let limit = MemoryLimit(bytes: bytes, folder: "/tmp")
        let room = limit.room(workers: threads, sources: sources)
        #expect(room.records * 12 * threads <= max(bytes, smallest))
        #expect(room.records > 4 * UniquenessIndex.partitionCount)
      }
    }
  }

  // MARK: Making

  /// Every finding, with what is said of the other holders.
  private static func findings(
    _ sources: [LintSource], threads: Int, room: IndexRoom?
  ) throws -> [String] {
    var options = LintOptions()
    options.threads = threads
    options.indexRoom = room
    let result = try LintRun(ruleSet: Lint.rules(), sources: sources, options: options).run()
    return result.findings().map { String(describing: $0) }
  }

  /// Users of whom every tenth has an address of another and every twentieth a bad name.
  private static func dirtyDirectory(users: Int, seed: UInt64) -> String {
    var random = Random(seed: seed)
    var text = ""
    for number in 0..<users {
      let name = "user\(number)"
      let shared = "user\(random.next() % UInt64(users))"
      let bad = random.next() % 20 == 0 ? "bad name\(number)" : name
      text += """
        dn: CN=\(name),OU=People,DC=contoso,DC=com
        objectClass: top
        objectClass: user
        cn: \(name)
        sAMAccountName: \(name)
        description: \(String(repeating: "filling ", count: 40))
        userPrincipalName: \(bad)@contoso.com
        mail: \(random.next() % 10 == 0 ? shared : name)@contoso.com
        proxyAddresses: SMTP:\(name)@contoso.com
        proxyAddresses: smtp:\(random.next() % 10 == 0 ? shared : name).2@contoso.com


        """
    }
    return text
  }
}

/// Numbers that are the same for the same seed (splitmix64).
private struct Random {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
