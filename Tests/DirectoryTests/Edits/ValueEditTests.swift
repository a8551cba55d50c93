import Directory
import TestKit
import Testing

/// Every small edit of every small list of values, beside rules that are written down another way.
@Suite struct ValueEditTests {
  static let alphabet = ["a", "A", "b"]

  /// What comes of `values` when `old` becomes `new`; nil where something stands against it.
  private static func expected(
    _ values: [String], _ old: String?, _ new: String?, _ strictness: EditStrictness
  ) -> [String]? {
    var before = values
    var after: [String] = []
    if let old {
      while let last = before.popLast(), last != old { after.insert(last, at: 0) }
      guard values.count > before.count + after.count else { return nil }
    }
    guard let new else { return before + after }
    let others = before + after
    switch strictness {
    case .inPlace: return before + (old == nil ? [] : [new]) + after + (old == nil ? [new] : [])
    case .exact: return others.contains(new) ? nil : others + [new]
    case .asServer, .asActiveDirectory:
      let isThere = others.map { $0.lowercased() }.contains(new.lowercased())
      return new.isEmpty || isThere ? nil : others + [new]
    }
  }

  @Test(arguments: EditStrictness.allCases)
  func everySmallEdit(_ strictness: EditStrictness) {
    let values = Self.alphabet + ["", "c"]
    var made = 0
    var refused = 0
    for list in lists(of: Self.alphabet, upTo: 4) {
      for old in [nil] + values.map(Optional.some) {
        for new in [nil] + values.map(Optional.some) {
          let edit = ValueEdit(old: old?.bytes, new: new?.bytes)
          let wanted = Self.expected(list, old, new, strictness)
          var edited = list.map(\.bytes)
          do throws(EditObjection) {
            try edit.apply(to: &edited, as: strictness)
            #expect(edited.map(\.text) == wanted, "\(list) \(edit)")
            made += 1
          } catch {
            #expect(wanted == nil, "\(list) \(edit): \(error)")
            #expect(edited.map(\.text) == list, "\(list) \(edit): changed all the same")
            refused += 1
          }
        }
      }
    }
    #expect(made > 100 && refused > 100, "\(made) \(refused)")
  }

  @Test func objectionsSayWhatIsThere() {
    func objection(_ edit: ValueEdit, _ strictness: EditStrictness) -> EditObjection? {
      do throws(EditObjection) {
        _ = try edit.applied(to: ["a".bytes, "B".bytes], as: strictness)
        return nil
      } catch {
        return error
      }
    }
    let missing = objection(ValueEdit(old: "b".bytes, new: "c".bytes), .inPlace)
    #expect(missing == .missing("b".bytes, among: ["a".bytes, "B".bytes]))
    #expect(missing?.variant == "B".bytes)
    #expect(objection(ValueEdit(old: "c".bytes), .exact)?.variant == nil)
    #expect(objection(ValueEdit(new: "B".bytes), .exact) == .present("B".bytes))
    #expect(objection(ValueEdit(new: "b".bytes), .exact) == nil)
    #expect(objection(ValueEdit(new: "b".bytes), .asServer) == .present("b".bytes))
    #expect(objection(ValueEdit(new: []), .asServer) == .empty)
    // A change of case alone does not meet the value that it changes.
    #expect(objection(ValueEdit(old: "B".bytes, new: "b".bytes), .asServer) == nil)
  }
}
