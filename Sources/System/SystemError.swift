import LibC

/// A system call that failed.
public struct SystemError: Error, Sendable, Equatable {
  /// What was tried, "open", "read".
  public var operation: String
  /// The `errno` value.
  public var code: Int32

  /// The failure of `operation` with the current `errno`.
  public init(operation: String, code: Int32 = errno) {
    self.operation = operation
    self.code = code
  }

  /// The failure of reading what is a folder.
  public static let isFolder = SystemError(operation: "read", code: EISDIR)

  /// The failure of an `operation` that ended before it should.
  public static func endedEarly(operation: String) -> SystemError {
    SystemError(operation: operation, code: EIO)
  }

  /// What is there is a folder, a pipe or a device, and has to be a file.
  public static let notPlain = SystemError(operation: "that is no plain file", code: 0)

  /// The system's words for it, "No such file or directory".
  public var reason: String {
    guard self != .notPlain else { return operation }
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }

  /// The reason and what was tried, "No such file or directory (open)": what a message says after the
  /// name of the file.
  public var sentence: String { self == .notPlain ? reason : "\(reason) (\(operation))" }
}
