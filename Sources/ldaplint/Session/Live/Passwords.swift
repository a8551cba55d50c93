import ArgumentParser
import Bytes
import LDAP
import LibC
import System

/// Passwords for logins, from wherever they are given: a file, standard input, the environment or
/// the terminal. Never from an argument, which everybody on the machine can read.
final class Passwords {
  /// The environment variable with a password.
  static let variable = "LDAPLINT_PASSWORD"
  /// No password is longer; a wrong file may be.
  private static let longest = 64 << 10

  private var input: Password?
  private var asked: [String: Password] = [:]

  /// The password of `name` at `server`, asked for at most once.
  func password(
    file: String?, fromInput: Bool, of name: String, at server: String
  ) throws -> Password {
    if let file { return try Self.load(file) }
    if fromInput {
      if let input { return input }
      let password = try Self.firstLine(of: 0, name: "--password-stdin")
      input = password
      return password
    }
    if let value = Terminal.environment(Self.variable), !value.isEmpty {
      return Password(bytes: Array(value.utf8))
    }
    let question = "Password of \(name) at \(server): "
    if let password = asked[question] { return password }
    let password = try PasswordPrompt.ask(question)
    asked[question] = password
    return password
  }

  private static func load(_ path: String) throws -> Password {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Failure("--password-file \(path): \(SystemError(operation: "open").reason)")
    }
    defer { close(descriptor) }
    var status = stat()
    if unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_mode & 0o077 != 0
    {
      Terminal.note("--password-file \(path): others may read it; chmod 600 is better")
    }
    return try firstLine(of: descriptor, name: "--password-file \(path)")
  }

  /// The first line; what follows it is nobody's password.
  static func firstLine(of descriptor: Int32, name: String) throws -> Password {
    var bytes = [UInt8](repeating: 0, count: longest)
    defer { for index in bytes.indices { bytes[index] = 0 } }
    var count = 0
    while count < longest, !bytes[..<count].contains(where: isEnd) {
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe read(descriptor, buffer.baseAddress.map { unsafe $0 + count }, longest - count)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw Failure("\(name): \(SystemError(operation: "read").reason)") }
      if got == 0 { break }
      count += got
    }
    guard count < longest else { throw Failure("\(name): too long for a password") }
    let end = bytes[..<count].firstIndex(where: isEnd) ?? count
    if end < count, bytes[end] == PasswordPrompt.interrupt {
      throw ExitCode(ExitStatus.interrupted)
    }
    var line = bytes[..<end]
    if line.last == 0x0D { line = line.dropLast() }
    // What Windows' tools put before text. In UTF-16 every other byte would be part of the password.
    if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
    if line.starts(with: [0xFF, 0xFE]) || line.starts(with: [0xFE, 0xFF]) {
      throw Failure("\(name): it is UTF-16; save it as UTF-8")
    }
    guard !line.isEmpty else { throw Failure("\(name): there is no password in it") }
    return Password(bytes: Array(line))
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    byte == 0x0A || byte == PasswordPrompt.interrupt
  }
}

/// A password that is kept for as long as connections may have to be made anew.
struct Password: Sendable {
  private let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// A copy that the login wipes.
  var secret: LDAPSecret { LDAPSecret(bytes) }
}

/// Asks for a password on the terminal, without showing what is typed.
enum PasswordPrompt {
  /// Ctrl-C.
  static let interrupt: UInt8 = 3

  static func ask(_ question: String) throws -> Password {
    let terminal = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else {
      throw Failure(
        "no password, and no terminal to ask for it; give --password-file, --password-stdin or "
          + Passwords.variable)
    }
    defer { close(terminal) }
    var settings = termios()
    guard unsafe tcgetattr(terminal, &settings) == 0 else {
      throw Failure("the terminal cannot be asked for a password")
    }
    let before = settings
    // Ctrl-C is taken as a character that ends the line, so that it finds the echo back on.
    settings.c_lflag &= ~tcflag_t(ECHO | ISIG)
    unsafe withUnsafeMutableBytes(of: &settings.c_cc) { unsafe $0[Int(VEOL)] = interrupt }
    guard unsafe tcsetattr(terminal, TCSAFLUSH, &settings) == 0 else {
      throw Failure("the terminal does not hide what is typed; give --password-file")
    }
    defer {
      var settings = before
      _ = unsafe tcsetattr(terminal, TCSAFLUSH, &settings)
      Terminal.put("\n", to: terminal)
    }
    Terminal.put(HostileText.shown(question), to: terminal)
    return try Passwords.firstLine(of: terminal, name: "the password")
  }
}
