import Testing

@testable import System

/// Where objects were before some records were exchanged.
@Suite struct FileStretchesTests {
  /// A file of a hundred bytes of which the records at 10..<20, 20..<25 and 90..<100 are others now,
  /// longer, shorter and as long.
  private static func stretches() throws -> FileStretches {
    let file = try ReadableFile(path: "/dev/null")
    var stretches = FileStretches(files: [file, file])
    stretches.append(0..<10, of: 0)
    stretches.append(0..<15, of: 1, insteadOf: 10)
    stretches.append(20..<20, of: 0)
    stretches.append(15..<17, of: 1, insteadOf: 20)
    stretches.append(25..<90, of: 0)
    stretches.append(17..<27, of: 1, insteadOf: 90)
    stretches.append(100..<100, of: 0)
    return stretches
  }

  @Test func everyPlaceWasSomewhere() throws {
    let stretches = try Self.stretches()
    #expect(stretches.count == 10 + 15 + 2 + 65 + 10)
    for offset in 0..<10 { #expect(stretches.former(offset) == offset) }
    #expect(stretches.former(10) == 10)
    #expect(stretches.former(25) == 20)
    for offset in 27..<92 { #expect(stretches.former(offset) == offset - 2) }
    #expect(stretches.former(92) == 90)
  }

  @Test func whatHasNotChangedIsWhereItWas() throws {
    let file = try ReadableFile(path: "/dev/null")
    var stretches = FileStretches(files: [file])
    #expect(stretches.former(7) == 7)
    // A byte order mark is left out.
    stretches.append(3..<50, of: 0)
    for offset in 0..<47 { #expect(stretches.former(offset) == offset + 3) }
  }
}
