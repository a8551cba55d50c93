import Bytes
import System

/// The lines of a file, one after the other, for what must be known of it before it is read. A line of
/// any length takes no more memory than a window.
struct LineWalk: ~Copyable {
  /// A line at its place.
  struct Line {
    /// Its bytes in the file, with the line end.
    var range: Range<Int>
    /// Its beginning without the line end, whole unless it is as long as a window; valid until the next
    /// line is asked for.
    var content: ByteView
    /// Its number, from 1.
    var number: Int
  }

  private static let windowSize = 1 << 20
  /// What is kept of a line that fills a window.
  private static let prefixSize = 4 << 10

  private let window: FileWindow
  private var held: FileWindow.Contents
  /// Where in the window the next line begins.
  private var position = 0
  private var number = 0
  private let arena = ByteArena()

  /// A walk through `file` from the line that begins at `offset`.
  init(_ file: ReadableFile, from offset: Int) throws(SystemError) {
    window = FileWindow(file: file, capacity: Self.windowSize)
    try window.load(at: offset, count: Self.windowSize)
    held = window.contents
  }

  /// The next line; nil at the end. Throws when the file cannot be read.
  @inline(__always)
  mutating func next() throws(SystemError) -> Line? {
    guard let newline = held.bytes.firstIndex(of: 0x0A, from: position) else {
      return try nextAcrossWindows()
    }
    return line(upTo: newline, next: newline &+ 1)
  }

  private mutating func load(at offset: Int) throws(SystemError) {
    try window.load(at: offset, count: Self.windowSize)
    held = window.contents
    position = 0
  }

  private mutating func line(upTo end: Int, next: Int) -> Line {
    number &+= 1
    let line = Line(
      range: (held.start &+ position)..<(held.start &+ next), content: held.bytes[position..<end],
      number: number)
    position = next
    return line
  }

  private mutating func nextAcrossWindows() throws(SystemError) -> Line? {
    if position > 0, !held.reachesEnd {
      try load(at: held.start + position)
      if let newline = held.bytes.firstIndex(of: 0x0A) {
        return line(upTo: newline, next: newline + 1)
      }
    }
    guard !held.reachesEnd else {
      return position < held.bytes.count
        ? line(upTo: held.bytes.count, next: held.bytes.count) : nil
    }
    arena.reset()
    let content = arena.copy(held.bytes.upTo(min(held.bytes.count, Self.prefixSize)))
    let start = held.start
    while true {
      let newline = held.bytes.firstIndex(of: 0x0A)
      position = newline.map { $0 + 1 } ?? held.bytes.count
      if newline != nil || held.reachesEnd { break }
      try load(at: held.start + held.bytes.count)
    }
    number += 1
    return Line(range: start..<(held.start + position), content: content, number: number)
  }
}
