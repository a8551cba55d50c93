import Bytes

/// Pieces of files that are read as one file: an export of which a few records are others.
public struct FileStretches: Sendable {
  private struct Stretch: Sendable {
    /// Where it begins in the whole.
    var start: Int
    /// Where it begins in its file.
    var offset: Int
    /// The number of its file.
    var file: Int
    /// Where what stands there stood before something took its place, in the first file.
    var former: Int
  }

  private let files: [ReadableFile]
  private var list: [Stretch] = []
  /// Bytes in all.
  public private(set) var count = 0

  /// Nothing yet of `files`.
  public init(files: [ReadableFile]) { self.files = files }

  /// Adds the bytes in `range` of file number `file` at the end. They stand instead of what is at
  /// `former` of the first file; without that, they are of the first file themselves.
  public mutating func append(_ range: Range<Int>, of file: Int, insteadOf former: Int? = nil) {
    guard !range.isEmpty else { return }
    list.append(
      Stretch(
        start: count, offset: range.lowerBound, file: file, former: former ?? range.lowerBound))
    count += range.count
  }

  /// Where in the first file that was which is at `offset` now, as far as its record begins there.
  public func former(_ offset: Int) -> Int {
    guard let number = list.lastIndexInOrder(where: { $0.start <= offset }) else { return offset }
    return list[number].former + offset - list[number].start
  }

  /// What is known against one of the files.
  var trouble: ReadableFile.Trouble? { files.lazy.compactMap(\.trouble).first }

  /// Takes note of what a reader has met; which of the files it was in is not known.
  func note(_ trouble: ReadableFile.Trouble) {
    for file in files { file.note(trouble) }
  }

  /// Reads up to `count` bytes from `offset` to `target`; fewer only at the end.
  @unsafe
  func read(
    at offset: Int, count: Int, into target: UnsafeMutablePointer<UInt8>
  ) throws(SystemError) -> Int {
    guard offset < self.count,
      var number = list.lastIndexInOrder(where: { $0.start <= offset })
    else { return 0 }
    var done = 0
    while done < count, number < list.count {
      let stretch = list[number]
      let end = number + 1 < list.count ? list[number + 1].start : self.count
      let skipped = offset + done - stretch.start
      let wanted = min(count - done, end - stretch.start - skipped)
      let got = try unsafe files[stretch.file].read(
        at: stretch.offset + skipped, count: wanted, into: target + done)
      done += got
      guard got == wanted else { break }
      number += 1
    }
    return done
  }
}
