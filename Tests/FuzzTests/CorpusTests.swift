import Foundation
import FuzzTargets
import TestKit
import Testing

/// Every reader, on the inputs that are kept for it and on variations of them.
@Suite struct CorpusTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fuzz/Corpus")

  private static func inputs(_ target: String) throws -> [(name: String, bytes: [UInt8])] {
    let place = folder.appending(path: target)
    return try FileManager.default.contentsOfDirectory(atPath: place.path).sorted().map { name in
      (name, Array(try Data(contentsOf: place.appending(path: name))))
    }
  }

  @Test(arguments: FuzzTarget.all)
  func targetHoldsForItsInputs(_ target: FuzzTarget) throws {
    let inputs = try Self.inputs(target.name)
    try #require(!inputs.isEmpty)
    for input in inputs {
      #expect(throws: Never.self, "\(input.name)") { try target.run(input.bytes) }
    }
  }

  @Test(arguments: FuzzTarget.all)
  func targetHoldsForVariations(_ target: FuzzTarget) throws {
    var dice = Dice(UInt64(target.name.utf8.reduce(1) { $0 * 31 + Int($1) }))
    let inputs = try Self.inputs(target.name)
    for input in inputs {
      for _ in 0..<100 {
        var bytes = input.bytes
        for _ in 0...dice.roll(4) { Self.change(&bytes, inputs.map(\.bytes), &dice) }
        #expect(throws: Never.self, "\(bytes)") { try target.run(bytes) }
      }
    }
  }

  /// Cuts, repeats, flips, or takes over a piece of another input.
  private static func change(_ bytes: inout [UInt8], _ others: [[UInt8]], _ dice: inout Dice) {
    let place = dice.roll(bytes.count + 1)
    let rest = bytes[place...]
    switch dice.roll(5) {
    case 0: bytes.removeLast(bytes.count - place)
    case 1: bytes.insert(contentsOf: rest.prefix(dice.roll(20)), at: place)
    case 2: bytes.insert(UInt8(dice.roll(256)), at: place)
    case 3: if let index = rest.indices.first { bytes[index] ^= 1 << UInt8(dice.roll(8)) }
    default:
      let other = others[dice.roll(others.count)]
      bytes.insert(contentsOf: other.dropFirst(dice.roll(other.count + 1)).prefix(40), at: place)
    }
  }

  @Test func everyFolderHasATarget() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(folders) == Set(FuzzTarget.all.map(\.name)))
  }
}
