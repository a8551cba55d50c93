import Bytes
import LibC
import System

/// What the program knows of the terminal, and the one way to write to it.
enum Terminal {
  /// Whether standard output is a terminal.
  static var isOutputTerminal: Bool { isatty(1) == 1 }
  /// Whether standard error is a terminal.
  static var isErrorTerminal: Bool { isatty(2) == 1 }

  /// The columns of the terminal on standard output; 80 when not known.
  static var width: Int { width(of: 1) }
  /// The columns of the terminal on standard error; 80 when not known.
  static var errorWidth: Int { width(of: 2) }

  private static func width(of descriptor: Int32) -> Int {
    if let columns = environment("COLUMNS").flatMap(Int.init), columns >= 20 { return columns }
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 20 else {
      return 80
    }
    return Int(size.ws_col)
  }

  /// Whether to colour what goes to a terminal or not, as NO_COLOR, FORCE_COLOR and TERM say.
  static func isColored(_ choice: ColorChoice, isTerminal: Bool) -> Bool {
    switch choice {
    case .always: return true
    case .never: return false
    case .auto:
      if let value = environment("NO_COLOR"), !value.isEmpty { return false }
      if let value = environment("FORCE_COLOR"), !value.isEmpty { return true }
      return isTerminal && environment("TERM") != "dumb"
    }
  }

  /// The value of an environment variable.
  static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// Writes `text` to standard output. Throws a failure for people, unless nobody reads it any more.
  static func write(_ text: String) throws {
    if let error = put(text, to: 1), error != .brokenPipe {
      throw Failure("standard output could not be written: \(error)")
    }
  }

  /// Writes `text` to standard error.
  static func writeError(_ text: String) { put(text, to: 2) }

  /// Writes one line for people to standard error; what the line quotes of hostile data is spelt out.
  static func note(_ line: String) { put("ldaplint: " + HostileText.shown(line) + "\n", to: 2) }

  /// Writes `text`, and says what kept it from being written. Of standard error nobody can be told.
  @discardableResult
  static func put(_ text: String, to descriptor: Int32) -> OutputError? {
    var writer = OutputWriter(descriptor: descriptor)
    var buffer = OutputBuffer()
    buffer.append(utf8: text)
    do throws(OutputError) {
      try writer.write(&buffer)
      try writer.flush()
      return nil
    } catch {
      return error
    }
  }
}
