import Bytes
import LDIF
import Testing

@testable import Repairs

/// The first and last lines of patches.
@Suite struct PatchFrameTests {
  private static func text(_ records: Int) -> [UInt8] {
    var out = OutputBuffer()
    PatchFrame.begin(records, to: &out)
    for number in 0..<records {
      LDIFWriter().write(ChangeRecord(dn: Array("CN=\(number)".utf8), kind: .delete), to: &out)
    }
    PatchFrame.end(records, to: &out)
    return out.bytes
  }

  private static func frame(_ bytes: [UInt8]) -> PatchFrame { bytes.withByteView(PatchFrame.init) }

  @Test(arguments: [0, 1, 12]) func aWholePatchSaysHowManyRecordsItHas(records: Int) throws {
    let text = Self.text(records)
    let frame = Self.frame(text)
    #expect(!frame.isCut && frame.begins == 1 && frame.ends == 1 && frame.records == records)
    let list = text.withByteView { ChangeRecordReader.read($0) }
    #expect(list.records.count == records && list.errors.isEmpty)
  }

  /// Wherever a patch is cut, it has no record left or is known to be cut.
  @Test func everyCutIsKnown() throws {
    let text = Self.text(12)
    for length in 0..<(text.count - 1) {
      let part = Array(text[..<length])
      let isEmpty = part.withByteView { ChangeRecordReader.read($0) }.records.isEmpty
      #expect(Self.frame(part).isCut || (isEmpty && Self.frame(part).ends == 0), "at \(length)")
    }
  }

  @Test func patchesThatWerePutTogether() throws {
    let whole = Self.frame(Self.text(2) + Self.text(3))
    #expect(!whole.isCut && whole.records == 5)
    #expect(Self.frame(Array(Self.text(2).dropLast(9)) + Self.text(3)).isCut)
    #expect(!Self.frame(Array("dn: CN=a\nchangetype: delete\n".utf8)).isCut)
  }
}
