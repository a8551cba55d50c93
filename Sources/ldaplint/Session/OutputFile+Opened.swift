import System

extension OutputFile {
  /// The file at `path`, nil for standard output, opened unless it is one of `taken`, which says why
  /// not. Throws a failure for people.
  static func opened(_ path: String?, taken: [FileIdentity: String]) throws -> OutputFile {
    let file: OutputFile
    do throws(SystemError) {
      file = try OutputFile(path)
    } catch {
      throw Failure("\(path ?? "standard output"): \(error.sentence)")
    }
    if let identity = file.identity, let reason = taken[identity] {
      throw Failure("\(file.name): no report can be written there; \(reason)")
    }
    return file
  }
}
