import Directory
import LDIF

/// A directory that a patch is sent to: single objects are read and changed, no more.
public protocol DirectoryTarget: AnyObject {
  /// The object called `dn` with the attributes of these descriptions; nil when there is none, or
  /// none that this login may see.
  func read(_ dn: [UInt8], attributes: [String]) throws(DirectoryTargetError) -> [Attribute]?

  /// Makes all of `changes` to the object called `dn`, or none (RFC 4511 §4.6).
  func modify(
    _ dn: [UInt8], _ changes: [Modification]
  ) throws(DirectoryTargetError)

  /// Connects anew after the connection was lost.
  func reconnect() throws(DirectoryTargetError)
}

/// Why a directory did not do what it was asked.
public enum DirectoryTargetError: Error, Sendable, Equatable {
  /// It answered, and the answer is no; nothing was changed. With its words.
  case refused(String)
  /// No answer arrived, so that nobody knows whether it did it; nothing more can be asked of it before
  /// it is connected to anew.
  case lost(String)
}
