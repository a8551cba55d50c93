import LibC
import System

/// Where a snapshot is written: a private temporary file, or a file that the user wants to keep.
final class SaveFile {
  /// The file that it becomes; nil for a temporary one.
  var path: String? { replacement?.place }
  /// Opened for reading and writing; what reads it closes it.
  let descriptor: Int32
  private let replacement: Replacement?

  /// A temporary file in `folder`.
  init(spoolIn folder: String) throws {
    replacement = nil
    do throws(SystemError) {
      descriptor = try Spool.make(in: folder)
    } catch {
      throw Failure("\(folder): \(error.sentence)")
    }
  }

  /// A file that becomes the one at `path`.
  init(_ path: String) throws {
    guard !path.isEmpty, path != "-", !path.hasSuffix("/") else {
      throw Failure("--save \(path): expected the name of a file")
    }
    var status = stat()
    guard unsafe stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG else {
      throw Failure("--save \(path): that is no plain file")
    }
    try OutputFile.refuseJournal(at: path)
    do throws(SystemError) {
      let replacement = try Replacement(of: path)
      descriptor = replacement.descriptor
      self.replacement = replacement
    } catch {
      throw Failure("--save \(path): \(error.reason)")
    }
  }

  /// Gives it its name, where it is to be kept.
  func keep() throws {
    do throws(SystemError) {
      try replacement?.commit()
    } catch {
      throw Failure("--save \(path ?? ""): \(error.reason)")
    }
  }

  /// Drops what comes after the first `size` bytes.
  func cut(to size: Int) { _ = ftruncate(descriptor, off_t(size)) }
}
