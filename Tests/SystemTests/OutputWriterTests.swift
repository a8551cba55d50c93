import Bytes
import Foundation
import TestKit
import Testing

@testable import System

/// Serialized, since the tests open and close descriptors.
@Suite(.serialized) struct OutputWriterTests {
  private func pipeEnds() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    return (ends[0], ends[1])
  }

  private func pattern(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0) }
  }

  @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 500_000])
  func everythingArrivesThroughAFullPipe(_ size: Int) async throws {
    let ends = try pipeEnds()
    // Non-blocking and never larger than the pipe: short writes and EAGAIN are certain.
    _ = fcntl(ends.write, F_SETFL, O_NONBLOCK)
    let expected = pattern(size)
    let reading = Task.detached {
      let handle = FileHandle(fileDescriptor: ends.read, closeOnDealloc: true)
      return Array(try handle.readToEnd() ?? Data())
    }
    do {
      var writer = OutputWriter(descriptor: ends.write)
      var start = 0
      for step in [1, 7, 70_000, 3, 1_000_000] {
        var buffer = OutputBuffer()
        buffer.append(Array(expected[start..<min(start + step, size)]))
        start = min(start + step, size)
        try writer.write(&buffer)
        #expect(buffer.isEmpty)
      }
      try writer.flush()
    }
    close(ends.write)
    #expect(try await reading.value == expected)
  }

  @Test func missingReaderIsABrokenPipe() throws {
    signal(SIGPIPE, SIG_IGN)
    let ends = try pipeEnds()
    close(ends.read)
    defer { close(ends.write) }
    var writer = OutputWriter(descriptor: ends.write)
    var buffer = OutputBuffer()
    buffer.append("x")
    try writer.write(&buffer)
    do {
      try writer.flush()
      Issue.record("written to nobody")
    } catch {
      #expect(error == .brokenPipe)
    }
  }

  @Test func otherErrorsHaveTheirCode() throws {
    var writer = OutputWriter(descriptor: -1)
    var buffer = OutputBuffer()
    buffer.append(pattern(OutputWriter.flushSize))
    do {
      try writer.write(&buffer)
      Issue.record("written to nowhere")
    } catch {
      #expect(error == .failed(code: EBADF))
      #expect(error.description == "Bad file descriptor")
    }
  }
}
