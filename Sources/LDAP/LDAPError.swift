internal import Bytes

/// Why something could not be had from a directory server.
///
/// `description` is one line: what, where, why, what to do. The parts are there for programs.
public struct LDAPError: Error, Sendable, CustomStringConvertible {
  /// What was being done.
  public enum Operation: String, Sendable {
    /// Reaching the server, TLS included.
    case connect
    /// Adding TLS to an open connection.
    case startTLS = "StartTLS"
    /// Saying who one is.
    case bind
    /// Searching.
    case search
    /// Reading one object.
    case read
    /// Changing one object.
    case modify
    /// Asking the server who one is.
    case whoAmI = "Who am I?"
    /// Writing what was read.
    case spool
  }

  /// What kind of trouble it is.
  public enum Cause: Sendable, Equatable {
    /// The server answered, with a result code that is not success (RFC 4511 §4.1.9).
    case refusedByServer
    /// Refused here, before anything was sent.
    case refusedHere
    /// No connection could be made.
    case unreachable
    /// The server's certificate is not one to trust, or TLS failed.
    case tls
    /// The connection was there and is gone.
    case connectionLost
    /// No answer in time.
    case timedOut
    /// The user pressed Ctrl-C.
    case cancelled
    /// What arrived is not LDAP.
    case garbled
    /// The library or the mechanism failed on this side.
    case local
    /// What was read could not be written.
    case cannotWrite
  }

  /// What was being done.
  public var operation: Operation
  /// What kind of trouble it is.
  public var cause: Cause
  /// The result code: the server's (RFC 4511 §4.1.9) when positive, libldap's when negative; nil when
  /// there is none.
  public var resultCode: Int?
  /// Scheme, host and port.
  public var server: String
  /// What is wrong, as a sentence without its period.
  public var summary: String
  /// What the server said about it, when it said anything.
  public var serverText: String?
  /// The part of the name that exists, when the server said so.
  public var matchedDN: String?
  /// The likely cause and what to try, when known.
  public var advice: String?

  /// An error with what every error has; the rest is set afterwards.
  public init(
    _ operation: Operation, _ cause: Cause, server: String, summary: String, advice: String? = nil
  ) {
    self.operation = operation
    self.cause = cause
    self.server = server
    self.summary = summary
    self.advice = advice
  }

  /// Whether the result code is one that the server sent.
  var isServersWord: Bool { (resultCode ?? 0) > 0 }

  /// Everything in one line: `ldap://dc1: bind: invalid credentials (49): …; check …`.
  public var description: String { HostileText.oneLine("\(server): \(reason)") }

  /// Everything but the server, in one line: for places that name the server already.
  public var reason: String {
    var line = "\(operation.rawValue): \(summary)"
    if let resultCode { line += " (\(resultCode))" }
    if let serverText, !serverText.isEmpty { line += ": \(serverText)" }
    if let matchedDN, !matchedDN.isEmpty { line += " (exists up to \(matchedDN))" }
    if let advice { line += "; \(advice)" }
    return HostileText.oneLine(line)
  }
}
