import Bytes
import Directory

/// What an expression is evaluated on: the name and the attributes of one object, whether one entry has
/// them or several that are joined.
///
/// A class, so that compiled code passes it on as it is.
public protocol Attributes: AnyObject, SendableMetatype {
  /// The distinguished name, as `[dn]` and `%Domain.FQDN%` see it.
  var dn: ByteView { get }
  /// The number of values of `attribute`; 0 when it is absent.
  func count(_ attribute: AttributeID) -> Int
  /// The first value of `attribute`, or nil when it is absent.
  func first(_ attribute: AttributeID) -> ByteView?
  /// Runs `body` on every value of `attribute` with its number, in their order.
  func forEach(_ attribute: AttributeID, _ body: (Int, ByteView) -> Void)
}

extension Entry: Attributes {}
