import Intake
import LDIF
import Repairs
import System

/// A patch that is read, as `fix` has written it or people have edited it.
enum PatchFile {
  /// The records of the patch at `path`, `-` for standard input. Throws a failure for people when it
  /// cannot be read, was cut off or holds nothing.
  static func read(_ path: String, spoolFolder: String) throws -> RecordList<ChangeRecord> {
    let frame: PatchFrame
    let opened: OpenedSource
    let contents: LDIFContents
    do throws(SystemError) {
      opened = try Intake.open(path: path, for: .records, spoolFolder: spoolFolder)
      contents = try LDIFContents(of: opened.input)
    } catch {
      throw Failure(
        "\(path): \(error == .isFolder ? "this is a folder, not a patch" : error.sentence)")
    }
    if let fault = opened.faults.first { throw Failure("\(path): \(fault.message)") }
    guard contents != .entries else {
      throw Failure(
        "\(path): this is an export, not a patch; write a patch of it with fix \(path) -o patch.ldif"
      )
    }
    let list: RecordList<ChangeRecord>
    do throws(SystemError) {
      frame = try PatchFrame(opened.input)
      list = try ChangeRecordReader.read(opened.input)
    } catch {
      throw Failure("\(path): \(error.sentence)")
    }
    guard !frame.isCut else {
      throw Failure(
        "\(path): the patch was cut off, its last line is missing; write it again with fix")
    }
    let count = list.records.count + list.errors.count
    guard count > 0 || frame.ends > 0 else { throw Failure("\(path): there are no records in it") }
    if frame.ends > 0, frame.records != count {
      Terminal.note("\(path): written with \(frame.records) records, it has \(count) now")
    }
    return list
  }

  /// What the LDIF at `path` is called; nil when it is none, or nothing is in it.
  static func kind(of path: String) -> String? {
    guard
      let opened = try? Intake.open(path: path, for: .records, spoolFolder: Spool.defaultFolder),
      opened.faults.isEmpty, let contents = try? LDIFContents(of: opened.input)
    else { return nil }
    return switch contents {
    case .entries: "an export"
    case .changes: "a patch"
    case .nothing: nil
    }
  }
}
