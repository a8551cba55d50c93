import Bytes
import System

/// Reads content records whole by where they are. One per thread.
public final class PlacedRecordReader {
  /// A record at its place.
  public struct Placed {
    /// The record; nil when it cannot be read as a whole.
    public var record: ContentRecord?
    /// The bytes that it takes, with the empty line that ends it.
    public var range: Range<Int>
    /// The checksum of its text.
    public var checksum: UInt32 = 0
  }

  private let window: FileWindow
  private let hash: KeyedHash
  private var blocks = BlockReader(endsAtDN: ContentRecord.endsAtDN)

  /// How much is read for one record at first, in bytes: what most are smaller than.
  private static let windowSize = 1 << 14

  /// A reader of records of `file`, with checksums by `hash`.
  public init(_ file: ReadableFile, hash: KeyedHash) {
    window = FileWindow(file: file, capacity: Self.windowSize)
    self.hash = hash
  }

  /// What begins at `offset`. Throws when the file cannot be read.
  public func read(at offset: Int) throws(SystemError) -> Placed {
    var placed = Placed(record: nil, range: offset..<offset)
    let hash = hash
    let end = try blocks.readBlock(at: offset, of: window, windowSize: Self.windowSize) { block in
      placed.record = try? ContentReader.record(block)?.get()
      placed.checksum = hash.checksum(block.text)
    }
    placed.range = offset..<end
    return placed
  }
}
