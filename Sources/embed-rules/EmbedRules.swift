import Foundation
import RuleNodes

/// Writes the packs of a folder as one Swift source: `embed-rules RULES-FOLDER OUTPUT-FILE`.
///
/// The output depends on the files' names and contents only, and is left untouched when nothing
/// has changed, so that nothing is compiled again.
@main
struct EmbedRules {
  static func main() {
    guard CommandLine.arguments.count == 3 else {
      fail(["usage: embed-rules RULES-FOLDER OUTPUT-FILE"])
    }
    let folder = URL(fileURLWithPath: CommandLine.arguments[1], isDirectory: true)
    let output = URL(fileURLWithPath: CommandLine.arguments[2])
    do {
      var reader = PackReader(folder: folder)
      let packs = try reader.packs()
      guard reader.errors.isEmpty else { fail(reader.errors) }
      let source = Data(GeneratedSource(packs: packs).text.utf8)
      if (try? Data(contentsOf: output)) != source { try source.write(to: output) }
    } catch {
      fail(["\(folder.path): \(error.localizedDescription)"])
    }
  }

  /// SwiftPM and Xcode show lines of the form `file:line:column: error: …` as errors of the build.
  private static func fail(_ messages: [String]) -> Never {
    FileHandle.standardError.write(Data((messages.joined(separator: "\n") + "\n").utf8))
    exit(1)
  }
}

/// One file of a pack.
struct PackFile {
  var name: String
  var node: Node
}

/// Reads every pack of a folder; what is malformed is collected, not only the first.
struct PackReader {
  let folder: URL
  private(set) var errors: [String] = []

  init(folder: URL) { self.folder = folder }

  /// The packs and their files, both by name.
  mutating func packs() throws -> [(name: String, files: [PackFile])] {
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    var packs: [(name: String, files: [PackFile])] = []
    for name in try names(in: folder) {
      let pack = folder.appendingPathComponent(name, isDirectory: true)
      guard isFolder(pack) else { continue }
      let files = try names(in: pack)
      if !files.isEmpty { packs.append((name, try read(files, in: pack))) }
    }
    return packs
  }

  private mutating func read(_ names: [String], in pack: URL) throws -> [PackFile] {
    if !names.contains("pack.yaml") {
      errors.append("\(pack.path)/pack.yaml:1:1: error: the pack has no pack.yaml")
    }
    var files: [PackFile] = []
    for name in names {
      let url = pack.appendingPathComponent(name)
      if name.hasSuffix(".yml") {
        errors.append("\(url.path):1:1: error: rules are files called NAME.yaml")
      }
      guard name.hasSuffix(".yaml") else { continue }
      guard let text = String(data: try Data(contentsOf: url), encoding: .utf8) else {
        errors.append("\(url.path):1:1: error: not UTF-8")
        continue
      }
      do throws(NodeError) {
        files.append(PackFile(name: name, node: try YAMLNodes.parse(text, file: url.path)))
      } catch {
        errors.append("\(url.path):\(error.line):\(error.column): error: \(error.message)")
      }
    }
    return files
  }

  /// Hidden files are an editor's, not the pack's. Sorted by bytes, whatever the locale.
  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { !$0.hasPrefix(".") && !$0.hasSuffix("~") }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func isFolder(_ url: URL) -> Bool {
    (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true
  }
}
