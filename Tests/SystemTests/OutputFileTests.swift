import Bytes
import Foundation
import TestKit
import Testing

@testable import System

@Suite final class OutputFileTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "ldaplint-\(UUID())")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func path(_ name: String) -> String { folder.appending(path: name).path }
  private func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }
  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }
  private func mode(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int
  }

  private func write(_ text: String, to file: OutputFile) -> OutputFile.Failed? {
    var buffer = OutputBuffer()
    buffer.append(utf8: text)
    return file.write(&buffer)
  }

  @Test func fileTakesItsPlaceWhenItIsWhole() throws {
    try "old".write(toFile: path("a"), atomically: false, encoding: .utf8)
    let file = try OutputFile(path("a"))
    #expect(write("new", to: file) == nil)
    #expect(try text("a") == "old")
    #expect(file.close() == nil)
    #expect(try text("a") == "new" && names == ["a"])
    #expect(try mode("a") == 0o600)
  }

  @Test func fileThatIsNotClosedLeavesNothing() throws {
    try "old".write(toFile: path("a"), atomically: false, encoding: .utf8)
    for name in ["a", "b"] { _ = write("new", to: try OutputFile(path(name))) }
    #expect(try names == ["a"] && text("a") == "old")
  }

  /// Memory that looks like a folder lies among the devices.
  @Test func fileInAFolderAmongDevicesIsAFile() throws {
    let place = "/dev/shm/ldaplint-\(UUID())"
    try #require(FileManager.default.isWritableFile(atPath: "/dev/shm"))
    defer { try? FileManager.default.removeItem(atPath: place) }
    for text in ["old", "new"] {
      let file = try OutputFile(place)
      #expect(write(text, to: file) == nil)
      #expect(file.close() == nil)
      #expect(try String(contentsOfFile: place, encoding: .utf8) == text)
    }
  }

  @Test func fileBehindALinkIsReplaced() throws {
    try "old".write(toFile: path("a"), atomically: false, encoding: .utf8)
    for (link, target) in [("l", "a"), ("m", path("l")), ("n", "c"), ("o", "n")] {
      try FileManager.default.createSymbolicLink(
        atPath: path(link), withDestinationPath: target)
    }
    for (link, target) in [("m", "a"), ("o", "c")] {
      let file = try OutputFile(path(link))
      #expect(file.identity == FileIdentity(path: path(target)))
      #expect(write("new", to: file) == nil && file.close() == nil)
      #expect(try text(target) == "new")
    }
    #expect(try names == ["a", "c", "l", "m", "n", "o"])
  }

  @Test func withoutNamesForOpenFilesItIsWrittenAllTheSame() throws {
    for isKept in [false, true] {
      let file = try Replacement(of: path("a"), openFiles: "/nowhere")
      #expect(try names.count == 1)
      try "new".bytes.withByteView { view throws(SystemError) in
        try Spool.write(view, to: file.descriptor)
      }
      if isKept { try file.commit() }
      close(file.descriptor)
    }
    #expect(try names == ["a"] && text("a") == "new")
    #expect(try mode("a") == 0o600)
  }

  @Test func whatIsNoPlainFileIsWrittenDirectly() throws {
    let file = try OutputFile("/dev/null")
    #expect(file.identity == nil)
    #expect(write("new", to: file) == nil && file.close() == nil)
    #expect(mkfifo(path("p"), 0o600) == 0)
    let reader = open(path("p"), O_RDONLY | O_NONBLOCK)
    let pipe = try OutputFile(path("p"))
    #expect(write("new", to: pipe) == nil && pipe.close() == nil)
    var bytes = [UInt8](repeating: 0, count: 8)
    #expect(read(reader, &bytes, 8) == 3)
    close(reader)
    #expect(try names == ["p"])
  }

  @Test(arguments: ["", "nowhere/a", ".", "a/"])
  func placeThatCannotBeIsKnownAtOnce(_ name: String) {
    #expect(throws: SystemError.self) {
      try OutputFile(name.isEmpty ? "" : "\(folder.path)/\(name)")
    }
  }

  @Test func fileThatIsNotThereYetHasAnIdentity() throws {
    let identity = try #require(FileIdentity(path: path("a")))
    #expect(identity == FileIdentity(path: folder.path + "/./a"))
    #expect(identity != FileIdentity(path: path("b")))
    #expect(FileIdentity(path: path("x/a")) == nil && FileIdentity(path: folder.path) == nil)
  }

  @Test func fileInAClosedFolderIsWrittenInItsPlace() throws {
    try "older".write(toFile: path("a"), atomically: false, encoding: .utf8)
    #expect(chmod(folder.path, 0o500) == 0)
    defer { chmod(folder.path, 0o700) }
    let file = try OutputFile(path("a"))
    #expect(try text("a") == "older")
    #expect(write("new", to: file) == nil && file.close() == nil)
    #expect(try text("a") == "new" && names == ["a"])
  }
}
