import Foundation
import TestServers
import Testing

/// A page whose blocks show what the program prints, to the letter.
///
/// Such a block begins with `$ ldaplint …`; the command goes on in the next line after a `\`, and a line
/// with nothing but "…" stands for lines left out. What goes to standard error is shown as well.
/// `UPDATE_GOLDEN=1` writes anew what is no longer true, with as many lines as before; read the difference.
struct ShownPage {
  private let file: URL
  private let text: String

  /// The page called `name` in the repository.
  init(_ name: String) throws {
    file = Workplace.repository.appendingPathComponent(name)
    text = try String(contentsOf: file, encoding: .utf8)
  }

  /// The commands and what the page shows of the output of each.
  private var blocks: [(command: String, parts: [String])] {
    text.components(separatedBy: "```").enumerated().compactMap { number, block in
      guard number % 2 == 1, block.hasPrefix("\n$ ldaplint ") else { return nil }
      let lines = block.dropFirst("\n$ ".count)
        .split(separator: "\n", omittingEmptySubsequences: false)
      let rest = (lines.firstIndex { !$0.hasSuffix("\\") } ?? lines.startIndex) + 1
      let parts = lines[rest...].joined(separator: "\n").components(separatedBy: "…\n")
        .map { $0.trimmingCharacters(in: .newlines) }
      return (lines[..<rest].joined(separator: "\n"), parts.filter { !$0.isEmpty })
    }
  }

  /// Runs every command of the page, in order, and expects what is shown of it.
  func holdsTrue(output: (_ command: String) throws -> String) throws {
    let updates = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"
    var renewed = text
    #expect(!blocks.isEmpty)
    for (command, parts) in blocks {
      let output = try output("{ \(command)\n} 2>&1")
      for part in parts {
        if updates {
          renewed = renewed.replacingOccurrences(of: part, with: Self.renewed(part, output))
        } else {
          #expect(output.contains(part), "not what \(command) prints; UPDATE_GOLDEN=1 updates it")
        }
      }
    }
    if updates { try renewed.write(to: file, atomically: true, encoding: .utf8) }
  }

  /// What `output` has in the place of `part`: as many lines, from the one that is most like its first.
  private static func renewed(_ part: String, _ output: String) -> String {
    guard !output.contains(part) else { return part }
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let shown = part.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let likeness = lines.map { line in
      line.commonPrefix(with: shown[0]).count
        + String(line.reversed()).commonPrefix(with: String(shown[0].reversed())).count
    }
    guard let start = likeness.indices.max(by: { likeness[$0] < likeness[$1] }) else { return part }
    return lines[start...].prefix(shown.count).joined(separator: "\n")
  }
}

/// Pages whose commands run in the folder of the repository.
@Suite struct ReadmeTests {
  @Test(arguments: ["README.md", "docs/reports.md"])
  func showsRealOutput(_ page: String) throws {
    try ShownPage(page).holdsTrue { command in
      try Workplace().shell("cd '\(Workplace.repository.path)' && \(command)").output
    }
  }
}

extension LiveCommands {
  /// The guide, whose commands run one after the other in a copy of docs/guide; slapd stands in for its
  /// domain controller.
  @Suite(.enabled(if: TestServer.canRun("slapd"), "slapd is not installed"))
  struct GuideTests {
    private static let suffix = "DC=corp,DC=contoso,DC=local"
    private static let controller = "ldaps://dc1.corp.contoso.local"

    @Test func showsRealOutput() throws {
      let place = try Workplace()
      let files = Workplace.repository.appendingPathComponent("docs/guide")
      for name in try FileManager.default.contentsOfDirectory(atPath: files.path) {
        try place.write(Data(contentsOf: files.appendingPathComponent(name)), to: name)
      }
      try place.writePassword("secret")
      // Not loose: slapd changes only objects whose classes it has checked.
      let server = try LiveForest(objects: place.read("export.ldif"), suffix: Self.suffix)
        .serve(["LOOSE": ""])
      defer { server.stop() }
      let url = "ldap://127.0.0.1:\(try server("PORT"))"
      try ShownPage("docs/guide.md").holdsTrue { command in
        let line = command.replacing(
          "\(Self.controller) --bind-dn admin@corp.contoso.local",
          with: "\(url) --bind-dn cn=admin,\(Self.suffix) --password-file password")
        return try place.shell(line).output.replacing(url, with: Self.controller)
      }
    }
  }
}
