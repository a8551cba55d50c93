import Foundation
import Testing

/// The README shows what the program prints, to the letter.
///
/// A block of it begins with `$ ldaplint …`; a line with nothing but "…" stands for lines left out.
/// `UPDATE_GOLDEN=1` writes the parts anew that begin as before.
@Suite struct ReadmeTests {
  private static let file = Workplace.repository.appendingPathComponent("README.md")

  private static func output(_ command: Substring) throws -> String {
    let line = "cd '\(Workplace.repository.path)' && \(command)"
    return try Workplace().shell(line).output
  }

  /// The commands of `readme` and what it shows of them.
  private static func blocks(_ readme: String) -> [(command: Substring, parts: [String])] {
    readme.components(separatedBy: "```").enumerated().compactMap { number, block in
      guard number % 2 == 1, block.hasPrefix("\n$ ldaplint ") else { return nil }
      let lines = block.dropFirst().split(separator: "\n", maxSplits: 1)
      let parts = lines[1].components(separatedBy: "…\n")
        .map { $0.trimmingCharacters(in: .newlines) }
      return (lines[0].dropFirst(2), parts.filter { !$0.isEmpty })
    }
  }

  @Test func showsRealOutput() throws {
    var readme = try String(contentsOf: Self.file, encoding: .utf8)
    let blocks = Self.blocks(readme)
    #expect(blocks.count >= 2)
    for (command, parts) in blocks {
      let output = try Self.output(command)
      for part in parts {
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
          readme = readme.replacingOccurrences(of: part, with: Self.renewed(part, output))
        } else {
          #expect(output.contains(part), "not what \(command) prints; UPDATE_GOLDEN=1 updates it")
        }
      }
    }
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try readme.write(to: Self.file, atomically: true, encoding: .utf8)
    }
  }

  /// What `output` has where it begins like `part`: to the end where `part` had it, else a block.
  private static func renewed(_ part: String, _ output: String) -> String {
    let lines = part.split(separator: "\n", omittingEmptySubsequences: false)
    let name = lines[0].split(separator: "  ").first ?? lines[0]
    guard
      let start = output.range(of: "\n\(name)")?.upperBound ?? output.range(of: name)?.upperBound
    else { return part }
    let rest = output[start...]
    let end = lines.contains("") ? rest.endIndex : rest.range(of: "\n\n")?.lowerBound
    return (name + rest[..<(end ?? rest.endIndex)]).trimmingCharacters(in: .newlines)
  }
}
