import Foundation
import System

@testable import LDAP

/// A file that a scan writes to, gone when it goes.
final class Spool {
  let path: String
  let descriptor: Int32

  init() {
    path =
      FileManager.default.temporaryDirectory.appending(path: "ll-\(UUID().uuidString).ldif").path
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
  }

  deinit {
    close(descriptor)
    unlink(path)
  }

  /// What was written.
  var text: String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }

  /// What was written, with folds undone.
  var lines: [String] {
    text.replacing("\n ", with: "").split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  /// The values of every line called `name`.
  func values(_ name: String) -> [String] {
    lines.filter { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
  }

  /// The DNs, in order.
  var dns: [String] { values("dn") }
}

/// A flag that other threads may set.
final class Flag: @unchecked Sendable {
  private let lock = NSLock()
  private var isUp = false

  var isSet: Bool { lock.withLock { isUp } }
  func set() { lock.withLock { isUp = true } }
}

extension LDAPConnectionOptions {
  /// A simple bind with `password`.
  static func simple(_ name: String, _ password: String) -> LDAPConnectionOptions {
    var options = LDAPConnectionOptions()
    options.bind = .simple(name: name) { () throws(LDAPError) in LDAPSecret(password.utf8) }
    return options
  }

  /// The same with a file of authorities to trust.
  func trusting(_ file: String) -> LDAPConnectionOptions {
    var options = self
    options.caFile = file
    return options
  }
}

extension LDAPServer {
  /// Why it cannot be opened, or nil when it can.
  var failure: LDAPError? {
    do throws(LDAPError) {
      _ = try open()
      return nil
    } catch {
      return error
    }
  }
}
