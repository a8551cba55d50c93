import Bytes
import LDIF
import LibC
import System

/// Opens what people have as sources.
public enum Intake {
  /// How much of a file a form is recognised by, in bytes: comments may come first.
  public static let headSize = 64 << 10

  /// The forms that hold another one, in the order in which they are tried.
  static let holding: [any HoldingForm.Type] = [Gzip.self, UTF16LDIF.self, CarriageReturns.self]

  /// Forms inside each other; what is packed more often was made to do harm.
  private static let maximumDepth = 4

  /// What a source is opened for.
  public enum Purpose: Sendable {
    /// The entries of an export: what stands in records of its own is read with its entry.
    case entries
    /// The records as they are, as in a patch.
    case records
  }

  /// Opens the file at `path`, or standard input for `-`.
  ///
  /// What cannot be read by position (a pipe) is spooled in `spoolFolder`, as is what must be
  /// converted. Throws when it cannot be read.
  public static func open(
    path: String, for purpose: Purpose = .entries, spoolFolder: String
  ) throws(SystemError) -> OpenedSource {
    if path == "-" { return try open(stream: 0, for: purpose, spoolFolder: spoolFolder) }
    let file = try ReadableFile(path: path)
    guard ReadableFile.isRegular(path: path) else {
      // The descriptor is closed with its object, which nothing else keeps until the end.
      defer { withExtendedLifetime(file) {} }
      return try open(stream: file.descriptor, for: purpose, spoolFolder: spoolFolder)
    }
    return try open(file, for: purpose, spoolFolder: spoolFolder)
  }

  /// Opens `file` in the form that it has. One that has none that is read is a source of nothing, whose
  /// fault says what it is. Throws when it cannot be read.
  public static func open(
    _ file: ReadableFile, for purpose: Purpose = .entries, spoolFolder: String
  ) throws(SystemError) -> OpenedSource {
    let window = FileWindow(file: file, capacity: headSize)
    try window.load(at: 0, count: headSize)
    // Before anything is unpacked or converted: it may be large, and of no use.
    let (forms, head) = forms(of: window.bytes)
    let isPacked = forms.contains { $0 == Gzip.self }
    if let foreign = head.withByteView({ ForeignForm.recognised($0) }) {
      return .refused(file, foreign.sentence(isPacked: isPacked))
    }
    var source = OpenedSource(input: LDIFInput(file: file, firstByte: 0))
    for form in forms { source = try unwrapped(source, of: form, spoolFolder: spoolFolder) }
    if source.isCut { source.input.file = try CutEnd.withoutBrokenRecord(source.input.file) }
    source = source.holding(try PlainLDIF.open(source.input.file, spoolFolder: spoolFolder))
    return purpose == .entries ? try LdifdeExport.merged(source) : source
  }

  /// What `form` holds of the bytes of `source`.
  private static func unwrapped(
    _ source: OpenedSource, of form: any HoldingForm.Type, spoolFolder: String
  ) throws(SystemError) -> OpenedSource {
    let file = source.input.file
    let inner = try form.open(file, spoolFolder: spoolFolder)
    // Nothing looks at what a copy was made of any more.
    if inner.input.file !== file, let trouble = file.trouble { inner.input.file.note(trouble) }
    return source.holding(inner)
  }

  /// The forms inside each other that a file which begins with `head` has, from the outside, and the
  /// beginning of what is in the last.
  private static func forms(of head: ByteView) -> ([any HoldingForm.Type], [UInt8]) {
    var forms: [any HoldingForm.Type] = []
    var head = head.array
    while forms.count < maximumDepth,
      let form = head.withByteView({ bytes in holding.first { $0.recognises(bytes) } })
    {
      forms.append(form)
      head = head.withByteView { form.held($0) }
    }
    return (forms, head)
  }

  /// Opens what can be read from `descriptor` to its end, which is spooled first.
  private static func open(
    stream descriptor: Int32, for purpose: Purpose, spoolFolder: String
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
    return try open(spooled, for: purpose, spoolFolder: spoolFolder)
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
