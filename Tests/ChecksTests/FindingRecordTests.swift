import Directory
import Findings
import Testing

@testable import Checks

@Suite struct FindingRecordTests {
  /// A run may have millions of them.
  @Test func aRecordTakes24Bytes() {
    #expect(MemoryLayout<FindingRecord>.stride == 24)
  }

  @Test func aRecordKeepsWhatItIsMadeOf() {
    let hit = Hit(rule: 16_383, attribute: AttributeID(index: 65_534), ordinal: -1)
    var record = FindingRecord(hit, position: 1 << 43)
    #expect(record.rule == 16_383)
    #expect(record.attribute.index == 65_534)
    #expect(record.ordinal == -1)
    #expect(record.group == -1)
    #expect(record.severity == nil)
    record.severity = .error
    record.group = 7
    #expect(record.severity == .error)
    #expect(record.rule == 16_383)
    #expect(record.group == 7)
  }
}
