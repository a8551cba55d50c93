import Lint
import TestKit
import Testing

/// One wrong value, one story, in made-up forests with any mixture of problems, by the packs for IdFix.
@Suite struct OneStoryTests {
  @Test(arguments: Bench.ways.indices.filter { Bench.ways[$0].pack.hasPrefix("idfix") })
  func eachValueIsToldOnce(_ way: Int) throws {
    let bench = try Bench.all.get()[way]
    var doubled: [String: (count: Int, example: String)] = [:]
    for seed in 0..<200 {
      for (pair, found) in OneStory.doubled(try bench.lint(Forest(seed: seed)).findings()) {
        doubled[pair, default: (0, "")].count += found.count
        doubled[pair, default: (0, "")].example = found.example
      }
    }
    let lines = doubled.sorted { $0.key < $1.key }.map {
      "\($0.key): \($0.value.count) times, such as \($0.value.example.debugDescription)"
    }
    #expect(lines == [], "\(bench.way.name)")
  }
}
