import Bytes
import Intake
import System

/// A file that nobody else sees with `bytes` in it.
package func spooled(_ bytes: [UInt8]) throws -> ReadableFile {
  let target = try Spool.make(in: Spool.defaultFolder)
  try bytes.withByteView { view throws(SystemError) in try Spool.write(view, to: target) }
  return try ReadableFile(adopting: target)
}

/// `bytes` as a source of whatever form they have.
package func opened(_ bytes: [UInt8]) throws -> OpenedSource {
  try Intake.open(spooled(bytes), spoolFolder: Spool.defaultFolder)
}
