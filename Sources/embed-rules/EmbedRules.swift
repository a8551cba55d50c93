import LibC
import RuleNodes
import System

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
    // SwiftPM names folders with a slash at the end.
    let folder =
      CommandLine.arguments[1].hasSuffix("/")
      ? String(CommandLine.arguments[1].dropLast()) : CommandLine.arguments[1]
    let output = CommandLine.arguments[2]
    var reader = PackReader(folder: folder)
    do throws(SystemError) {
      let packs = try reader.packs()
      guard reader.errors.isEmpty else { fail(reader.errors) }
      let source = Array(GeneratedSource(packs: packs).text.utf8)
      if (try? ReadableFile(path: output).contents(atMost: source.count)) != source {
        try write(source, to: output)
      }
    } catch {
      fail(["\(folder): \(error.reason) (\(error.operation))"])
    }
  }

  private static func write(_ source: [UInt8], to path: String) throws(SystemError) {
    guard let file = unsafe fopen(path, "w") else { throw SystemError(operation: "create") }
    let written = unsafe fwrite(source, 1, source.count, file)
    guard unsafe fclose(file) == 0, written == source.count else {
      throw SystemError(operation: "write")
    }
  }

  /// SwiftPM and Xcode show lines of the form `file:line:column: error: …` as errors of the build.
  private static func fail(_ messages: [String]) -> Never {
    let text = messages.joined(separator: "\n") + "\n"
    _ = unsafe LibC.write(STDERR_FILENO, text, text.utf8.count)
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
  let folder: String
  private(set) var errors: [String] = []

  init(folder: String) { self.folder = folder }

  /// The packs and their files, both by name.
  mutating func packs() throws(SystemError) -> [(name: String, files: [PackFile])] {
    guard Folder.exists(folder) else { return [] }
    var packs: [(name: String, files: [PackFile])] = []
    for name in try names(in: folder) where Folder.exists("\(folder)/\(name)") {
      let pack = "\(folder)/\(name)"
      let files = try names(in: pack)
      if !files.isEmpty { packs.append((name, try read(files, in: pack))) }
    }
    return packs
  }

  private mutating func read(
    _ names: [String], in pack: String
  ) throws(SystemError) -> [PackFile] {
    if !names.contains("pack.yaml") {
      errors.append("\(pack)/pack.yaml:1:1: error: the pack has no pack.yaml")
    }
    var files: [PackFile] = []
    for name in names {
      let path = "\(pack)/\(name)"
      if name.hasSuffix(".yml") {
        errors.append("\(path):1:1: error: rules are files called NAME.yaml")
      }
      guard name.hasSuffix(".yaml") else { continue }
      guard let bytes = try ReadableFile(path: path).contents(atMost: YAMLNodes.maximumLength)
      else {
        errors.append("\(path):1:1: error: larger than \(YAMLNodes.maximumLength) bytes")
        continue
      }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        errors.append("\(path):1:1: error: not UTF-8")
        continue
      }
      do throws(NodeError) {
        files.append(PackFile(name: name, node: try YAMLNodes.parse(text, file: path)))
      } catch {
        errors.append("\(path):\(error.line):\(error.column): error: \(error.message)")
      }
    }
    return files
  }

  /// Hidden files are an editor's, not the pack's.
  private func names(in folder: String) throws(SystemError) -> [String] {
    try Folder.names(in: folder).filter { !$0.hasPrefix(".") && !$0.hasSuffix("~") }
  }
}
