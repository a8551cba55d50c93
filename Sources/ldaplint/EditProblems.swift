import Bytes
import Repairs
import Reports
import System

/// What is wrong with what a person has edited: a line each, and nothing is written.
enum EditProblems {
  /// Throws when anything in `problems`, which is about the file at `path`, is wrong.
  static func refuse(_ problems: [EditProblem], in path: String) throws {
    guard !problems.isEmpty else { return }
    var failure = Failure("")
    failure.lines = problems.map { problem in
      let position = problem.place.text.map { "\($0): " } ?? ""
      let dn = problem.dn.isEmpty ? "" : "\(VisibleText.string(problem.dn)): "
      return "\(path): \(position)\(dn)\(VisibleText.string(Array(problem.reason.utf8)))"
    }
    throw failure
  }
}

extension DecisionsFile {
  /// Reads the file at `path`.
  static func read(_ path: String) throws -> DecisionsFile {
    do {
      let file = try ReadableFile(path: path)
      let window = FileWindow(file: file, capacity: max(file.size, 1))
      try window.load(at: 0, count: file.size)
      return try DecisionsFile(window.bytes.array)
    } catch let error as SystemError {
      throw Failure("--decisions \(path): \(error.reason)")
    } catch let error as Malformed {
      throw Failure("--decisions \(path): \(error)")
    }
  }
}
