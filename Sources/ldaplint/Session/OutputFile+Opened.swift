import Bytes
import Repairs
import System

extension OutputFile {
  /// Throws a failure for people when there is a journal at `path`: what was done could not be taken back
  /// without it.
  static func refuseJournal(at path: String?) throws {
    guard let path, ReadableFile.isRegular(path: path), let file = try? ReadableFile(path: path)
    else { return }
    let window = FileWindow(file: file, capacity: Journal.beginning.count)
    guard (try? window.load(at: 0, count: Journal.beginning.count)) != nil,
      window.bytes.array == Journal.beginning
    else { return }
    throw Failure(
      "\(path): that is a journal, without which nothing can be taken back; name another file")
  }

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
    try refuseJournal(at: path)
    return file
  }
}
