import System

/// Where the events of a run are written down, each before the next thing is done.
public protocol JournalLog: AnyObject {
  /// Appends `bytes` and returns when they would outlive a power failure.
  func append(_ bytes: [UInt8]) throws(SystemError)
}

extension AppendOnlyFile: JournalLog {}
