import Bytes
import LDIF
import System

/// A form in which people have their directory's objects: how it is recognised, and how it becomes the
/// LDIF that is read.
///
/// One file a form. What is not LDIF already is written as LDIF into a spool, so that everything
/// behind this module reads one form by position, from any thread.
public protocol SourceForm: Sendable {
  /// What the form is called in a sentence, "UTF-16".
  static var name: String { get }

  /// Whether a file that begins with `head`, up to `Intake.headSize` bytes, has this form.
  static func recognises(_ head: ByteView) -> Bool

  /// The objects of `file`, which has this form. What has to be converted goes into a spool in
  /// `spoolFolder`. Throws when the file cannot be read or the spool cannot be written.
  static func open(
    _ file: ReadableFile, spoolFolder: String
  ) throws(SystemError) -> OpenedSource
}

/// A form that holds another one, as gzip holds UTF-16: what is in it is recognised in its turn.
protocol HoldingForm: SourceForm {
  /// The beginning of what is in a file that begins with `head`, as far as it can be told.
  static func held(_ head: ByteView) -> [UInt8]
}

/// A source ready to be read: LDIF bytes, and where in the user's own file they come from.
public struct OpenedSource: Sendable {
  /// What is wrong with a file as a whole, before its records are read.
  public struct Fault: Sendable, Equatable {
    /// What is wrong, why, and what to do: one line.
    public var message: String
    /// The line in the user's file, from 1, when it is one line's.
    public var line: Int?
    /// The byte offset in the user's file, when it is known.
    public var byteOffset: Int?

    /// A fault at a place of the user's file.
    public init(_ message: String, line: Int? = nil, byteOffset: Int? = nil) {
      self.message = message
      self.line = line
      self.byteOffset = byteOffset
    }
  }

  /// The LDIF; nothing of a file that has another form.
  public var input: LDIFInput
  /// Where in the user's file a place of the LDIF is.
  public var places: any PlaceMap
  /// What is wrong with the file: nothing must be taken for complete that has one.
  public var faults: [Fault]
  /// Whether the file breaks off: what it ends in may be half a record.
  var isCut = false

  /// LDIF as the user has it, or converted as `places` tells.
  public init(
    input: LDIFInput, places: any PlaceMap = SamePlaces(), faults: [Fault] = []
  ) {
    self.input = input
    self.places = places
    self.faults = faults
  }

  /// `file`, which is no source: why, and what to do.
  static func refused(_ file: ReadableFile, _ message: String) -> OpenedSource {
    let nothing = ReadableFile(stretches: FileStretches(files: [file]))
    return OpenedSource(
      input: LDIFInput(file: nothing, firstByte: 0), faults: [Fault(message)])
  }

  /// What is made of this source's bytes in another form: places lead through both.
  func holding(_ inner: OpenedSource) -> OpenedSource {
    var result = inner
    result.places = NestedPlaces(inner: inner.places, outer: places)
    let placed = inner.faults.map { fault in
      Fault(
        fault.message, line: fault.line.map { places.line(of: $0) },
        byteOffset: fault.byteOffset.flatMap { places.offset(of: $0) })
    }
    result.faults = faults + placed
    result.isCut = isCut || inner.isCut
    return result
  }
}
