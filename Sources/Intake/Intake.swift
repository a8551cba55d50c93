import Bytes
import LDIF
import LibC
import System

/// Opens what people have as sources.
public enum Intake {
  /// How much of a file a form is recognised by, in bytes.
  public static let headSize = 4096

  /// The forms, in the order in which they are tried; the last takes what is left.
  static let forms: [any SourceForm.Type] = [UTF16LDIF.self, PlainLDIF.self]

  /// Opens the file at `path`, or standard input for `-`.
  ///
  /// What cannot be read by position (a pipe) is spooled in `spoolFolder`, as is what must be
  /// converted. Throws when it cannot be read.
  public static func open(path: String, spoolFolder: String) throws(SystemError) -> OpenedSource {
    if path == "-" { return try open(stream: 0, spoolFolder: spoolFolder) }
    let file = try ReadableFile(path: path)
    guard ReadableFile.isRegular(path: path) else {
      // The descriptor is closed with its object, which nothing else keeps until the end.
      defer { withExtendedLifetime(file) {} }
      return try open(stream: file.descriptor, spoolFolder: spoolFolder)
    }
    return try open(file, spoolFolder: spoolFolder)
  }

  /// Opens `file` as the first form that recognises it. Throws when it cannot be read.
  public static func open(
    _ file: ReadableFile, spoolFolder: String
  ) throws(SystemError) -> OpenedSource {
    let window = FileWindow(file: file, capacity: headSize)
    try window.load(at: 0, count: headSize)
    let form = forms.first { $0.recognises(window.bytes) } ?? PlainLDIF.self
    let opened = try form.open(file, spoolFolder: spoolFolder)
    // Nothing looks at what a copy was made of any more.
    if opened.input.file !== file, let trouble = file.trouble { opened.input.file.note(trouble) }
    return opened
  }

  /// Opens what can be read from `descriptor` to its end, which is spooled first.
  private static func open(
    stream descriptor: Int32, spoolFolder: String
  ) throws(SystemError) -> OpenedSource {
    // A file may be what standard input is; the time of a pipe says nothing.
    let isFile = FileIdentity(descriptor: descriptor) != nil
    let original = isFile ? try ReadableFile(adopting: dup(descriptor)) : nil
    let spooled = try SpooledFile.make(in: spoolFolder) { (target) throws(SystemError) in
      var block = [UInt8](repeating: 0, count: 1 << 20)
      while true {
        let got = unsafe block.withUnsafeMutableBytes { buffer in
          unsafe read(descriptor, buffer.baseAddress, buffer.count)
        }
        if got == 0 { return }
        if got < 0 {
          if errno == EINTR { continue }
          throw SystemError(operation: "read")
        }
        try block.withByteView { (bytes) throws(SystemError) in
          try Spool.write(bytes.upTo(got), to: target)
        }
      }
    }
    if let trouble = original?.trouble { spooled.note(trouble) }
    return try open(spooled, spoolFolder: spoolFolder)
  }
}

/// A spool that is written once and then read.
enum SpooledFile {
  /// What `write` puts into a new spool in `folder`.
  static func make(
    in folder: String, _ write: (Int32) throws(SystemError) -> Void
  ) throws(SystemError) -> ReadableFile {
    let target = try Spool.make(in: folder)
    do throws(SystemError) {
      try write(target)
      // From here on the descriptor is the file's.
      return try ReadableFile(adopting: target)
    } catch {
      Spool.close(target)
      throw error
    }
  }
}
