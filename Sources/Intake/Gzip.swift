import Bytes
import LDIF
import System

/// Anything packed with gzip (RFC 1952), of one member or several: unpacked into a spool.
enum Gzip: HoldingForm {
  static let name = "gzip"

  private static let mark: [UInt8] = [0x1F, 0x8B]
  /// Read, and unpacked, at a time, in bytes.
  private static let blockSize = 1 << 20

  static func recognises(_ head: ByteView) -> Bool { head.starts(with: mark) }

  static func held(_ head: ByteView) -> [UInt8] {
    guard let inflater = try? Inflater() else { return [] }
    var output = [UInt8](repeating: 0, count: Intake.headSize)
    let step = inflater.step(head, into: &output)
    return Array(output.prefix(step.written))
  }

  static func open(
    _ file: ReadableFile, spoolFolder: String
  ) throws(SystemError) -> OpenedSource {
    var end = End.whole
    let spooled = try SpooledFile.make(in: spoolFolder) { (target) throws(SystemError) in
      end = try unpack(file, to: target)
    }
    var source = OpenedSource(
      input: LDIFInput(file: spooled, firstByte: 0), places: UnpackedPlaces())
    source.faults = end.fault.map { [$0] } ?? []
    source.isCut = end.isInsideRecord
    return source
  }

  /// How unpacking has ended; the numbers are offsets in the packed file.
  private enum End {
    case whole
    case cut(Int)
    case damaged(Int)
    case surplus(Int)

    var fault: OpenedSource.Fault? {
      switch self {
      case .whole: nil
      case .cut:
        OpenedSource.Fault(
          "the gzip file is cut off: it ends in the middle of its data; what could be unpacked was "
            + "read, but for the record that it breaks off in; get the file again")
      case .damaged(let offset):
        OpenedSource.Fault(
          "the gzip file is damaged, at byte \(offset) or before; what could be unpacked was read, "
            + "but any of it may be wrong; get the file again")
      case .surplus(let offset):
        OpenedSource.Fault(
          "what follows byte \(offset) of the gzip file is not gzip and was not read; get the file "
            + "again")
      }
    }

    var isInsideRecord: Bool {
      switch self {
      case .whole, .surplus: false
      case .cut, .damaged: true
      }
    }
  }

  /// Writes what is in `file` to `target`, one member after the other.
  private static func unpack(
    _ file: ReadableFile, to target: Int32
  ) throws(SystemError) -> End {
    let inflater = try Inflater()
    let window = FileWindow(file: file, capacity: blockSize)
    var output = [UInt8](repeating: 0, count: blockSize)
    var offset = 0
    var rest = ByteView.empty
    var isBetweenMembers = false
    while true {
      if rest.isEmpty || isBetweenMembers && rest.count < mark.count {
        try window.load(at: offset, count: blockSize)
        rest = window.bytes
        if rest.isEmpty { return isBetweenMembers ? .whole : .cut(offset) }
      }
      if isBetweenMembers {
        guard rest.starts(with: mark) else {
          return try isPadding(window, from: offset) ? .whole : .surplus(offset)
        }
        inflater.restart()
        isBetweenMembers = false
      }
      let step = inflater.step(rest, into: &output)
      try output.withByteView { (view) throws(SystemError) in
        try Spool.write(view.upTo(step.written), to: target)
      }
      rest = rest.from(step.read)
      offset += step.read
      switch step.state {
      case .damaged: return .damaged(offset)
      case .ended: isBetweenMembers = true
      // What fills the output exactly may leave more in the inflater, without any input.
      case .goesOn where rest.isEmpty && step.written == output.count:
        let more = try drain(inflater, &output, to: target)
        if case .damaged = more { return .damaged(offset) }
        isBetweenMembers = more == .ended
      case .goesOn: break
      }
    }
  }

  /// Writes what `inflater` still holds of the input that it has taken.
  private static func drain(
    _ inflater: Inflater, _ output: inout [UInt8], to target: Int32
  ) throws(SystemError) -> Inflater.State {
    while true {
      let step = inflater.step(.empty, into: &output)
      try output.withByteView { (view) throws(SystemError) in
        try Spool.write(view.upTo(step.written), to: target)
      }
      if step.state != .goesOn || step.written < output.count { return step.state }
    }
  }

  /// Whether nothing but zeros follows `offset`, as on tapes.
  private static func isPadding(_ window: FileWindow, from offset: Int) throws(SystemError) -> Bool
  {
    var offset = offset
    while true {
      try window.load(at: offset, count: blockSize)
      guard window.bytes.allSatisfy({ $0 == 0 }) else { return false }
      offset += window.bytes.count
      if window.bytes.isEmpty { return true }
    }
  }
}
