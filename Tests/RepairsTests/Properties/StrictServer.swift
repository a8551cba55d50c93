import Bytes
import Directory
import LDIF
import Lint
import Repairs

extension Forest {
  /// The forest after a server has taken `patch`: values must be there to be deleted, match
  /// without regard to case, first come first served, and must not be there to be added.
  func applying(_ patch: [UInt8]) throws -> Forest {
    let list = patch.withByteView { ChangeRecordReader.read($0) }
    guard list.errors.isEmpty else { throw Bench.Refused(description: "\(list.errors)") }
    var result = self
    for change in list.records {
      guard case .modify(let modifications) = change.kind, let place = place(of: change.dn) else {
        throw Bench.Refused(description: String(decoding: change.dn, as: UTF8.self))
      }
      for modification in modifications {
        try Self.apply(modification, to: &result.sources[place.source][place.index])
      }
    }
    return result
  }

  private func place(of dn: [UInt8]) -> (source: Int, index: Int)? {
    for (source, records) in sources.enumerated() {
      if let index = records.firstIndex(where: { $0.dn == dn }) { return (source, index) }
    }
    return nil
  }

  private static func folded(_ value: [UInt8]) -> [UInt8] {
    value.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
  }

  private static func apply(
    _ modification: Modification, to record: inout ContentRecord
  ) throws {
    var values = record.values(modification.attribute)
    for value in modification.values {
      let found = values.firstIndex { folded($0) == folded(value) }
      let text = String(decoding: value, as: UTF8.self)
      if modification.operation == .delete {
        guard let found else { throw Bench.Refused(description: "no value \(text)") }
        values.remove(at: found)
      } else {
        values.append(value)
      }
    }
    record.attributes.removeAll { $0.name == modification.attribute }
    if !values.isEmpty { record.attributes.append(Attribute(modification.attribute, values)) }
  }

  /// Every value of every attribute, by DN; without order, which a directory does not keep.
  var content: [[UInt8]: [String: [[UInt8]]]] {
    var result: [[UInt8]: [String: [[UInt8]]]] = [:]
    for record in sources.joined() {
      for attribute in record.attributes {
        result[record.dn, default: [:]][attribute.name] = attribute.values.sorted {
          $0.lexicographicallyPrecedes($1)
        }
      }
    }
    return result
  }
}
