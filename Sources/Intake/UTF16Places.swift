import Bytes
import System

/// Byte offsets of a UTF-16 file, from the offsets of its transcoded copy.
struct UTF16Places: PlaceMap {
  /// A place that is known in both.
  struct Checkpoint {
    /// The offset in the copy.
    var own: Int
    /// The offset in the user's file.
    var given: Int
  }

  private let copy: ReadableFile
  private let checkpoints: [Checkpoint]

  init(_ copy: ReadableFile, checkpoints: [Checkpoint]) {
    self.copy = copy
    self.checkpoints = checkpoints
  }

  func offset(of offset: Int) -> Int? {
    guard let index = checkpoints.lastIndexInOrder(where: { $0.own <= offset }) else { return nil }
    let start = checkpoints[index]
    let window = FileWindow(file: copy, capacity: offset - start.own)
    guard (try? window.load(at: start.own, count: offset - start.own)) != nil else { return nil }
    var given = start.given
    for byte in window.bytes where byte & 0xC0 != 0x80 {
      // What UTF-8 writes in four bytes is a pair of units.
      given += byte >= 0xF0 ? 4 : 2
    }
    return given
  }
}
