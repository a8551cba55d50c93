import Bytes
import LDIF
import Repairs

/// How a plan is written to a file.
enum PatchForm {
  /// Change records of RFC 2849.
  case ldif(LDIFWriter)
  /// A script for Windows PowerShell; objects by what they are called there.
  case powershell(PowerShellScript)

  /// Writes what comes before `objects`.
  func begin(_ objects: [ObjectEdit], isUndo: Bool, to out: inout OutputBuffer) {
    let about =
      (isUndo ? ["the undo: takes back all that the patch changes"] : [])
      + PatchRecords.totals(objects)
    switch self {
    case .ldif(let writer): PatchFrame.begin(objects.count, about: about, with: writer, to: &out)
    case .powershell(let script): script.begin(about, to: &out)
    }
  }

  /// Writes what is done of `object`.
  func write(_ object: ObjectEdit, isUndo: Bool, to out: inout OutputBuffer) {
    switch self {
    case .ldif(let writer):
      writer.write(
        isUndo ? PatchRecords.backward(object) : PatchRecords.forward(object), to: &out)
    case .powershell(let script): script.write(object, isUndo: isUndo, to: &out)
    }
  }

  /// Writes what comes after `count` objects.
  func end(_ count: Int, to out: inout OutputBuffer) {
    switch self {
    case .ldif: PatchFrame.end(count, to: &out)
    case .powershell: out.append(utf8: PowerShellScript.end)
    }
  }
}
