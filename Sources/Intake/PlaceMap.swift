/// Where in the user's own file a place of the LDIF is that was made of it: what is said of a place must
/// lead people to what they have.
public protocol PlaceMap: Sendable {
  /// The line or row, from 1, of the user's file for line `line`, from 1, of the LDIF.
  func line(of line: Int) -> Int
  /// The byte offset in the user's file for byte `offset` of the LDIF; nil where there is no saying.
  func offset(of offset: Int) -> Int?
}

extension PlaceMap {
  /// Conversions that keep lines say nothing of them.
  public func line(of line: Int) -> Int { line }
}

/// The places of a file that is read as it is.
public struct SamePlaces: PlaceMap {
  /// Every place is itself.
  public init() {}

  /// The offset itself.
  public func offset(of offset: Int) -> Int? { offset }
}

/// The places of a file that was unpacked: people look at its lines, and at none of its bytes.
struct UnpackedPlaces: PlaceMap {
  func offset(of offset: Int) -> Int? { nil }
}

/// The places of a file in one form inside another.
struct NestedPlaces: PlaceMap {
  var inner: any PlaceMap
  var outer: any PlaceMap

  func line(of line: Int) -> Int { outer.line(of: inner.line(of: line)) }

  func offset(of offset: Int) -> Int? {
    inner.offset(of: offset).flatMap { outer.offset(of: $0) }
  }
}
