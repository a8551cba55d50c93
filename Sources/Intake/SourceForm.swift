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

/// A source ready to be read: LDIF bytes, and where in the user's own file they come from.
public struct OpenedSource: Sendable {
  /// The LDIF.
  public var input: LDIFInput
  /// Where in the user's file a place of the LDIF is.
  public var places: any PlaceMap

  /// LDIF as the user has it, or converted as `places` tells.
  public init(input: LDIFInput, places: any PlaceMap = SamePlaces()) {
    self.input = input
    self.places = places
  }
}
