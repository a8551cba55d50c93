import Bytes
import Directory

/// One value of an object that should be unique.
struct UniqueKey {
  /// What it is compared with: only keys with the same tag.
  var tag: UInt64
  /// The value without type, outer white space and case (unless exact).
  var text: ByteView
  var attribute: AttributeID
  var ordinal: Int
  /// For addresses.
  var role: AddressRole
  /// Whether `text` is what the address only looks like.
  var isConfusable: Bool
  /// The value itself without case, where `isConfusable`; else `text`.
  var spelling: ByteView
  /// Whether letters must be the same in case too; else the hash folds ASCII ones.
  var isExact: Bool
}
