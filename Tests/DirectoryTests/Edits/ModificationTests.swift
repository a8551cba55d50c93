import Directory
import TestKit
import Testing

/// Operations on all values of an attribute, and the difference between two lists of values.
@Suite struct ModificationTests {
  static let alphabet = ["a", "A", "b"]
  static let operations: [Modification.Operation] = [.add, .delete, .replace]

  private static func sorted(_ values: [[UInt8]]) -> [String] { values.map(\.text).sorted() }

  /// A server's values are a set; what RFC 4511 §4.6 says of sets. Nil for what it refuses.
  private static func expected(
    _ values: Set<String>, _ operation: Modification.Operation, _ named: [String],
    matching: (String) -> String
  ) -> Set<String>? {
    let isSet = Set(named).count == named.count
    switch operation {
    case .delete where named.isEmpty: return values.isEmpty ? nil : []
    case .delete:
      return isSet && values.isSuperset(of: named)
        ? values.subtracting(named) : nil
    case .add:
      return isSet && Set(named.map(matching)).isDisjoint(with: values.map(matching))
        ? values.union(named) : nil
    case .replace: return isSet ? Set(named) : nil
    }
  }

  @Test(arguments: [EditStrictness.exact, .asServer, .asActiveDirectory])
  func everySmallOperationOnASet(_ strictness: EditStrictness) {
    let matching: (String) -> String = strictness == .exact ? { $0 } : { $0.lowercased() }
    var refused = 0
    for values in lists(of: Self.alphabet, upTo: 3) where Set(values).count == values.count {
      for operation in Self.operations {
        for named in lists(of: Self.alphabet + ["c"], upTo: 3) {
          let modification = Modification(operation, "proxyAddresses", named.map(\.bytes))
          let wanted = Self.expected(Set(values), operation, named, matching: matching)
          let result = try? modification.applied(to: values.map(\.bytes), as: strictness)
          #expect(result.map(Self.sorted) == wanted?.sorted(), "\(values) \(modification)")
          if result == nil { refused += 1 }
        }
      }
    }
    #expect(refused > 1_000, "\(refused)")
  }

  @Test func oneValueIsOne() {
    let second = Modification(.add, "MAIL", ["b".bytes])
    #expect(throws: EditObjection.second) {
      try second.applied(to: ["a".bytes], as: .asActiveDirectory)
    }
    #expect((try? second.applied(to: [], as: .asActiveDirectory)) == ["b".bytes])
    // Other directories have several of it.
    #expect((try? second.applied(to: ["a".bytes], as: .asServer)) == ["a".bytes, "b".bytes])
    // What the server says of it is the server's business.
    #expect((try? second.applied(to: ["a".bytes], as: .exact))?.count == 2)
  }

  // MARK: Differences

  /// What a server makes of it that deletes the first value which is equal without regard to case.
  private static func served(_ modifications: [Modification], on values: [[UInt8]]) -> [String]? {
    var values = values.map(\.text)
    for modification in modifications {
      for value in modification.values.map(\.text) {
        if modification.operation == .add {
          values.append(value)
        } else if let place = values.firstIndex(where: { $0.lowercased() == value.lowercased() }) {
          values.remove(at: place)
        } else {
          return nil
        }
      }
    }
    return values.sorted()
  }

  @Test func everySmallDifferenceLeadsThereAndBack() {
    let all = lists(of: Self.alphabet.map(\.bytes), upTo: 4)
    for old in all {
      for new in all {
        let difference = Modification.difference("mail", from: old, to: new)
        #expect(Self.served(difference, on: old) == Self.sorted(new), "\(old) \(new)")
        let back = difference.reversed().map(\.inverse)
        #expect(Self.served(back, on: new) == Self.sorted(old), "\(old) \(new)")
        #expect(difference.isEmpty == (Self.sorted(old) == Self.sorted(new)), "\(old) \(new)")
        // What is the same without regard to case on both sides is not touched.
        for text in ["a", "b"] {
          let (left, right) = (
            old.filter { $0.text.lowercased() == text }, new.filter { $0.text.lowercased() == text }
          )
          let isNamed = difference.contains { modification in
            modification.values.contains { $0.text.lowercased() == text }
          }
          #expect(isNamed == (Self.sorted(left) != Self.sorted(right)), "\(old) \(new)")
        }
      }
    }
  }

  @Test func whatIsDeletedComesFirst() {
    let difference = Modification.difference(
      "mail", from: ["old".bytes, "kept".bytes], to: ["kept".bytes, "new".bytes])
    #expect(
      difference == [
        Modification(.delete, "mail", ["old".bytes]), Modification(.add, "mail", ["new".bytes]),
      ])
  }
}
