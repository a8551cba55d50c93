import System

/// Reads content records whole by where they are. One per thread.
public final class PlacedRecordReader {
  private let window: FileWindow
  private var blocks = BlockReader()

  /// How much is read for one record at first, in bytes: what most are smaller than.
  private static let windowSize = 1 << 14

  /// A reader of records of `file`.
  public init(_ file: ReadableFile) {
    window = FileWindow(file: file, capacity: Self.windowSize)
  }

  /// The record that begins at `offset`, and the bytes that it takes, with the empty line that ends it.
  /// Nil when it cannot be read as a whole. Throws when the file cannot be read.
  public func read(
    at offset: Int
  ) throws(SystemError) -> (record: ContentRecord?, range: Range<Int>) {
    var record: ContentRecord?
    let end = try blocks.readBlock(at: offset, of: window, windowSize: Self.windowSize) { block in
      record = try? ContentReader.record(block)?.get()
    }
    return (record, offset..<end)
  }
}
