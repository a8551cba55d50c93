import Bytes
import LibC

/// A file that the program writes, or standard output.
///
/// It is opened before the run, so that a place that cannot be written is known at once. A plain file is
/// written beside the one that is there, which it replaces when it is closed: a run that fails leaves
/// yesterday's file alone. What is no plain file (a pipe, a device) is written directly, and so is a
/// file in a folder that takes no other. Only the owner may read a file that is made here: it carries
/// data of a directory.
public final class OutputFile {
  /// What could not be written, and why.
  public struct Failed {
    /// The file's name as it was given, or "standard output".
    public var name: String
    /// Why it could not be written.
    public var error: OutputError
  }

  private enum Place {
    case standardOutput
    case direct
    /// A plain file, emptied when there is something to write.
    case whole
    case beside(Replacement)
  }

  /// The file's name as it was given, or "standard output".
  public let name: String
  /// Which file it is or will be; nil for what is no plain file.
  public let identity: FileIdentity?
  private let descriptor: Int32
  private var place: Place
  private var writer: OutputWriter
  private var isOpen = true

  /// Opens `path`, nil for standard output.
  public init(_ path: String?) throws(SystemError) {
    name = path ?? "standard output"
    (descriptor, place) = try Self.open(path)
    // Standard output may have been redirected to a file.
    identity =
      descriptor == 1 ? FileIdentity(descriptor: 1) : path.flatMap(FileIdentity.init(path:))
    writer = OutputWriter(descriptor: descriptor)
  }

  deinit { if isOpen { release() } }

  /// Whether it is written beside the file whose place it takes, so that nothing is seen of it before it
  /// is closed.
  public var isBeside: Bool { if case .beside = place { true } else { false } }

  private static func open(_ path: String?) throws(SystemError) -> (Int32, Place) {
    guard let path, !["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].contains(path) else {
      return (1, .standardOutput)
    }
    guard !namesOpenFile(path), FileIdentity(path: path) != nil else {
      return (try existing(path), .direct)
    }
    do throws(SystemError) {
      let replacement = try Replacement(of: path)
      return (replacement.descriptor, .beside(replacement))
    } catch {
      // The folder takes no file, but the file that is there may take what is written.
      guard let descriptor = try? existing(path) else { throw error }
      return (descriptor, .whole)
    }
  }

  /// Whether `path` is another name of a file that is open: what is written goes there, whatever it is.
  private static func namesOpenFile(_ path: String) -> Bool {
    ["/dev/fd/", "/dev/std", "/proc/"].contains { path.hasPrefix($0) }
  }

  private static func existing(_ path: String) throws(SystemError) -> Int32 {
    let descriptor = unsafe LibC.open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError(operation: "create") }
    return descriptor
  }

  /// Takes over the contents of `buffer`.
  public func write(_ buffer: inout OutputBuffer) -> Failed? {
    if case .whole = place {
      _ = ftruncate(descriptor, 0)
      place = .direct
    }
    do throws(OutputError) {
      try writer.write(&buffer)
      return nil
    } catch {
      return Failed(name: name, error: error)
    }
  }

  /// Has what was written beside the file on the disk, so that closing it can hardly fail any more.
  public func settle() -> Failed? {
    guard isBeside else { return nil }
    do throws(OutputError) {
      try writer.flush()
      guard fsync(descriptor) == 0 else { throw OutputError.failed(code: errno) }
      return nil
    } catch {
      return Failed(name: name, error: error)
    }
  }

  /// Writes what is left, and gives the file its place. What a full disk did not take may be known only
  /// now.
  public func close() -> Failed? {
    do throws(OutputError) {
      try writer.flush()
      if case .beside(let replacement) = place {
        do throws(SystemError) {
          try replacement.commit()
        } catch {
          throw OutputError.failed(code: error.code)
        }
      }
    } catch {
      return Failed(name: name, error: error)
    }
    isOpen = false
    return release() == 0 ? nil : Failed(name: name, error: .failed(code: errno))
  }

  @discardableResult
  private func release() -> Int32 {
    if case .standardOutput = place { return 0 }
    return LibC.close(descriptor)
  }
}
