import RuleNodes
import System

/// The files of one pack as nodes, wherever they come from.
struct PackSource {
  /// A file of the pack.
  struct File {
    /// The name without `.yaml`.
    var name: String
    /// How errors name the file.
    var path: String
    /// What it holds.
    var node: Node
  }

  /// The pack's name: that of its folder.
  var name: String
  /// The folder, or nil for a built-in pack.
  var folder: String?
  /// `pack.yaml`, unless it is missing or not YAML.
  var manifest: File?
  /// The rules, by name.
  var rules: [File] = []
  /// The paths of its files; none of a built-in pack.
  var files: [String] {
    folder == nil ? [] : (rules + [manifest].compactMap(\.self)).map(\.path)
  }
  /// What could not be read.
  var errors: [RulePackError] = []

  /// The built-in pack called `name`, out of archives by file name.
  init(name: String, archives: [String: String]) {
    self.name = name
    for (file, archive) in archives {
      let path = "\(name)/\(file)"
      do throws(NodeArchive.Malformed) {
        add(file, path: path, node: try NodeArchive.decode(archive))
      } catch {
        errors.append(
          RulePackError(
            place: SourcePlace(file: path, line: 1, column: 1), message: error.description))
      }
    }
    finish(path: "\(name)/pack.yaml")
  }

  /// The pack in `folder`.
  init(folder: String) {
    self.folder = folder
    name = Folder.split(folder).name
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    let files: [String]
    do throws(SystemError) {
      files = try Folder.names(in: folder)
    } catch {
      note(folder, "the folder cannot be read; is there such a folder?")
      return
    }
    for file in files where !file.hasPrefix(".") {
      if file.hasSuffix(".yml") { note(prefix + file, "rules are files called NAME.yaml") }
      guard file.hasSuffix(".yaml") else { continue }
      do throws(RulePackError) {
        add(file, path: prefix + file, node: try Self.read(prefix + file))
      } catch {
        errors.append(error)
      }
    }
    finish(path: prefix + "pack.yaml")
  }

  /// The node of the file at `path`.
  ///
  /// - Throws: why it cannot be read, or what is wrong with its YAML.
  static func read(_ path: String) throws(RulePackError) -> Node {
    let start = SourcePlace(file: path, line: 1, column: 1)
    guard ReadableFile.isRegular(path: path) else {
      throw RulePackError(place: start, message: "not a file that can be read")
    }
    let bytes: [UInt8]?
    do throws(SystemError) {
      bytes = try ReadableFile(path: path).contents(atMost: YAMLNodes.maximumLength)
    } catch {
      throw RulePackError(place: start, message: "the file cannot be read")
    }
    guard let bytes else {
      throw RulePackError(
        place: start, message: "the file is larger than \(YAMLNodes.maximumLength) bytes")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw RulePackError(place: start, message: "the file is not UTF-8")
    }
    do throws(NodeError) {
      return try YAMLNodes.parse(text, file: path)
    } catch {
      throw RulePackError(error)
    }
  }

  private mutating func add(_ file: String, path: String, node: Node) {
    let file = File(name: String(file.dropLast(".yaml".count)), path: path, node: node)
    if file.name == "pack" { manifest = file } else { rules.append(file) }
  }

  private mutating func finish(path: String) {
    rules.sort { $0.name < $1.name }
    if manifest == nil, !errors.contains(where: { $0.place.file == path }) {
      note(path, "the pack has no pack.yaml")
    }
  }

  private mutating func note(_ path: String, _ message: String) {
    errors.append(
      RulePackError(place: SourcePlace(file: path, line: 1, column: 1), message: message))
  }
}
