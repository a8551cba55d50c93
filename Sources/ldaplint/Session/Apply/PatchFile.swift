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
    let list: RecordList<ChangeRecord>
    do throws(SystemError) {
      let input = try Intake.open(path: path, spoolFolder: spoolFolder).input
      frame = try PatchFrame(input)
      list = try ChangeRecordReader.read(input)
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
}
