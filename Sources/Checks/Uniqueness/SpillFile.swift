import Bytes
import System

/// The values of one index that memory had no room for: runs of sorted records in a file without
/// a name, which is gone with the object or the process, however that ends.
final class SpillFile {
  /// Sorted records that lie one after the other.
  struct Run {
    var offset: Int
    var count: Int
  }

  private let file: ReadableFile
  private var size = 0
  /// The runs of each partition.
  private(set) var runs: [[Run]]

  /// An empty file in `folder`. Throws when it cannot be made.
  init(folder: String) throws(SystemError) {
    let descriptor = try Spool.make(in: folder)
    do throws(SystemError) {
      file = try ReadableFile(adopting: descriptor)
    } catch {
      Spool.close(descriptor)
      throw error
    }
    runs = Array(repeating: [], count: UniquenessIndex.partitionCount)
  }

  /// Writes `records`, which are sorted and all of partition `number`.
  func append(
    _ records: UnsafeBufferPointer<IndexRecord>, to number: Int
  ) throws(SystemError) {
    guard let base = records.baseAddress, records.count > 0 else { return }
    let bytes = records.count * MemoryLayout<IndexRecord>.stride
    let view = unsafe ByteView(
      base: UnsafeRawPointer(base).assumingMemoryBound(to: UInt8.self), count: bytes)
    try Spool.write(view, to: file.descriptor)
    runs[number].append(Run(offset: size, count: records.count))
    size += bytes
  }

  /// Reads up to `count` records from `offset` to `target`; fewer only where the file is too short.
  @unsafe
  func read(
    at offset: Int, count: Int, into target: UnsafeMutablePointer<IndexRecord>
  ) throws(SystemError) -> Int {
    let stride = MemoryLayout<IndexRecord>.stride
    let bytes = unsafe UnsafeMutableRawPointer(target)
      .assumingMemoryBound(to: UInt8.self)
    return try unsafe file.read(at: offset, count: count * stride, into: bytes) / stride
  }
}
