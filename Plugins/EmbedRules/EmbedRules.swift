import Foundation
import PackagePlugin

/// Embeds the repository's `rules` folder into the target that uses this plugin.
///
/// Not SwiftPM's `.embedInCode`: it flattens folders, so that the `pack.yaml` of two packs clash,
/// and it does not say which files there are.
@main
struct EmbedRules: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let rules = context.package.directoryURL.appending(path: "rules", directoryHint: .isDirectory)
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedRules.swift")
    return [
      .buildCommand(
        displayName: "Embedding the rules",
        executable: try context.tool(named: "embed-rules").url,
        arguments: [rules.path(percentEncoded: false), output.path(percentEncoded: false)],
        inputFiles: inputs(in: rules),
        outputFiles: [output])
    ]
  }

  /// Every file below `folder`, and the folders themselves, which change when a file is removed.
  /// A file that is added is listed because the link in the target makes SwiftPM ask again.
  private func inputs(in folder: URL) -> [URL] {
    guard FileManager.default.fileExists(atPath: folder.path(percentEncoded: false)) else {
      return []
    }
    let below = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let paths = below?.compactMap { ($0 as? URL)?.path(percentEncoded: false) } ?? []
    return ([folder.path(percentEncoded: false)] + paths).sorted()
      .map { URL(filePath: $0) }
  }
}
