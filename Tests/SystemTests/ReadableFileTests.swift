import Bytes
import Foundation
import TestKit
import Testing

@testable import System

@Suite struct ReadableFileTests {
  private func bytes(_ file: ReadableFile, at offset: Int, count: Int) throws -> [UInt8] {
    let target = UnsafeMutablePointer<UInt8>.allocate(capacity: max(count, 1))
    defer { target.deallocate() }
    let got = try file.read(at: offset, count: count, into: target)
    return Array(UnsafeBufferPointer(start: target, count: got))
  }

  @Test func everyPartIsRead() throws {
    var dice = Dice(1)
    let contents = dice.bytes(10_000)
    try withFile(contents) { path in
      let file = try ReadableFile(path: path)
      #expect(file.size == contents.count)
      for _ in 0..<200 {
        let offset = dice.roll(11_000)
        let count = dice.roll(11_000)
        let expected = Array(contents.dropFirst(offset).prefix(count))
        #expect(try bytes(file, at: offset, count: count) == expected)
      }
    }
  }

  @Test(arguments: 1...20)
  func stretchesReadLikeOneFile(_ seed: Int) throws {
    var dice = Dice(UInt64(seed))
    let contents = [dice.bytes(3_000), dice.bytes(500)]
    try withFile(contents[0]) { first in
      try withFile(contents[1]) { second in
        let files = [try ReadableFile(path: first), try ReadableFile(path: second)]
        var stretches = FileStretches(files: files)
        var whole: [UInt8] = []
        for _ in 0..<dice.roll(12) {
          let number = dice.roll(2)
          let start = dice.roll(contents[number].count)
          let end = start + dice.roll(contents[number].count - start + 1)
          stretches.append(start..<end, of: number)
          whole += contents[number][start..<end]
        }
        let file = ReadableFile(stretches: stretches)
        #expect(file.size == whole.count)
        #expect(file.trouble == nil)
        for _ in 0..<100 {
          let offset = dice.roll(whole.count + 100)
          let count = dice.roll(whole.count + 100)
          let expected = Array(whole.dropFirst(offset).prefix(count))
          #expect(try bytes(file, at: offset, count: count) == expected)
        }
        truncate(second, 10)
        #expect(file.trouble == .changed)
      }
    }
  }

  @Test func failuresHaveTheirWords() {
    let missing = SystemError(operation: "open", code: ENOENT)
    #expect(missing.reason == "No such file or directory")
    #expect(throws: missing) { try ReadableFile(path: "/nowhere/at/all") }
    #expect(throws: SystemError(operation: "read", code: EISDIR)) { try ReadableFile(path: "/tmp") }
    #expect(throws: SystemError(operation: "stat", code: EBADF)) { try ReadableFile(adopting: -1) }
  }

  @Test func kindAndSizeAreKnown() throws {
    try withFile("abc".bytes) { path in
      #expect(ReadableFile.isRegular(path: path))
      let file = try ReadableFile(path: path)
      #expect(file.trouble == nil)
      #expect(truncate(path, 2) == 0)
      #expect(file.trouble == .changed)
      #expect(try bytes(file, at: 0, count: 10) == "ab".bytes)
      #expect(truncate(path, 5) == 0)
      #expect(file.trouble == .changed)
    }
    for path in ["/tmp", "/dev/null", "/nowhere"] { #expect(!ReadableFile.isRegular(path: path)) }
  }

  @Test(arguments: ["overwritten", "longer", "empty", "replaced", "older"])
  func changesAreSeen(_ how: String) throws {
    try withFile("abc".bytes) { path in
      let place = URL(fileURLWithPath: path)
      let past = Date(timeIntervalSince1970: 1_700_000_000)
      try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: path)
      let file = try ReadableFile(path: path)
      #expect(file.trouble == nil)
      switch how {
      case "overwritten": try Data("xyz".utf8).write(to: place)
      case "longer": try Data("abcd".utf8).write(to: place)
      case "empty": try Data().write(to: place)
      case "replaced": try Data("abc".utf8).write(to: place, options: .atomic)
      default:
        try FileManager.default.setAttributes(
          [.modificationDate: past.addingTimeInterval(-1)], ofItemAtPath: path)
      }
      #expect(file.trouble == .changed)
    }
  }

  @Test func nameThatIsGoneIsNoChange() throws {
    try withFile("abc".bytes) { path in
      let file = try ReadableFile(path: path)
      #expect(unlink(path) == 0)
      #expect(file.trouble == nil)
      try Data("abc".utf8).write(to: URL(fileURLWithPath: path))
      #expect(file.trouble == .changed)
    }
  }

  /// Another name and another mode are no other contents, whatever the time of the change.
  @Test(arguments: ["mode", "link", "renamed"]) func whatIsNoChangeOfContents(_ how: String) throws
  {
    try withFile("abc".bytes) { path in
      let file = try ReadableFile(path: path)
      usleep(20_000)
      switch how {
      case "mode": #expect(chmod(path, 0o640) == 0)
      case "link": #expect(link(path, path + ".link") == 0)
      default: #expect(rename(path, path + ".link") == 0)
      }
      defer { unlink(path + ".link") }
      #expect(file.trouble == nil)
    }
  }

  @Test func timeThatIsSetBackIsSeen() throws {
    try withFile("abc".bytes) { path in
      let past = Date(timeIntervalSince1970: 1_700_000_000)
      try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: path)
      let file = try ReadableFile(path: path)
      usleep(20_000)
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
      try handle.write(contentsOf: Data("x".utf8))
      try handle.close()
      try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: path)
      #expect(file.trouble == .changed)
    }
  }

  @Test func whatMustBePlainIs() throws {
    try withFile("abc".bytes) { path in
      let plain = try ReadableFile(path: path, mustBePlain: true)
      #expect(plain.size == 3)
      #expect(mkfifo(path + ".pipe", 0o600) == 0)
      defer { unlink(path + ".pipe") }
      for other in [path + ".pipe", "/dev/null"] {
        #expect(throws: SystemError.notPlain) { try ReadableFile(path: other, mustBePlain: true) }
        #expect(throws: SystemError.notPlain) { try AppendOnlyFile.contents(of: other) }
        #expect(throws: SystemError.notPlain) { try AppendOnlyFile(other) }
      }
      #expect(SystemError.notPlain.sentence == "that is no plain file")
    }
  }

  @Test func whatAReaderMeetsFirstIsKept() throws {
    try withFile("abc".bytes) { path in
      let file = try ReadableFile(path: path)
      let error = SystemError(operation: "read", code: EIO)
      file.note(.unreadable(error))
      file.note(.changed)
      #expect(file.trouble == .unreadable(error))
      var stretches = FileStretches(files: [file])
      stretches.append(0..<3, of: 0)
      #expect(ReadableFile(stretches: stretches).trouble == .unreadable(error))
    }
  }

  @Test func windowMovesAndGrows() throws {
    var dice = Dice(2)
    let contents = dice.bytes(50_000)
    try withFile(contents) { path in
      let window = FileWindow(file: try ReadableFile(path: path), capacity: 1)
      #expect(window.bytes.isEmpty && !window.reachesEnd)
      for _ in 0..<100 {
        let offset = dice.roll(60_000)
        let count = dice.roll(20_000)
        try window.load(at: offset, count: count)
        try check(window, contents, offset: offset, count: count)
        let more = count + dice.roll(60_000)
        try window.extend(to: more)
        try check(window, contents, offset: offset, count: more)
        // To hold fewer than there are is to hold what there is.
        try window.extend(to: more / 2)
        try check(window, contents, offset: offset, count: more)
      }
    }
  }

  private func check(
    _ window: FileWindow, _ contents: [UInt8], offset: Int, count: Int
  ) throws {
    #expect(window.start == offset)
    #expect(window.bytes.array == Array(contents.dropFirst(offset).prefix(count)))
    #expect(window.reachesEnd == (offset + count >= contents.count))
  }

  @Test func windowEndsWhereTheFileEndsNow() throws {
    try withFile([UInt8](repeating: 0x61, count: 10_000)) { path in
      let window = FileWindow(file: try ReadableFile(path: path), capacity: 100)
      try window.load(at: 1000, count: 1000)
      #expect(!window.reachesEnd)
      #expect(truncate(path, 2500) == 0)
      try window.extend(to: 4000)
      #expect(window.bytes.count == 1500)
      #expect(window.reachesEnd)
      try window.load(at: 5000, count: 10)
      #expect(window.bytes.isEmpty && window.reachesEnd)
    }
  }
}
