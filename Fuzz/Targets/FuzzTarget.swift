import Bytes

/// A reader of what others have written, with what must hold of it for whatever bytes it is given.
///
/// That it neither traps nor reads beside its input is not all: what is written is read back the same,
/// what is folded once stays as it is, a secret stays hidden.
public struct FuzzTarget: Sendable, CustomStringConvertible {
  /// What did not hold for an input.
  public struct Broken: Error, CustomStringConvertible {
    /// What should have been, and what was.
    public var description: String

    init(_ description: String) { self.description = description }
  }

  /// Its name, that of its folder in `Corpus`.
  public let name: String
  /// The longest input that is worth its time, in bytes.
  public let maximumLength: Int
  /// Words that inputs are likely to need, in the engine's notation.
  public let words: [String]
  private let read: @Sendable (ByteView) throws(Broken) -> Void

  init(
    _ name: String, upTo maximumLength: Int, words: [String] = [],
    _ read: @escaping @Sendable (ByteView) throws(Broken) -> Void
  ) {
    self.name = name
    self.maximumLength = maximumLength
    self.words = words
    self.read = read
  }

  /// Every reader.
  public static let all: [FuzzTarget] =
    ldif + intake + directory + rules + files + ldap

  /// Reads `bytes`. Throws what does not hold.
  public func run(_ bytes: [UInt8]) throws(Broken) {
    try bytes.withByteView { (view) throws(Broken) in try read(view) }
  }

  /// Its name.
  public var description: String { name }
}

/// Throws `message` unless `condition` holds.
func expect(
  _ condition: Bool, _ message: @autoclosure () -> String
) throws(FuzzTarget.Broken) {
  guard condition else { throw FuzzTarget.Broken(message()) }
}
