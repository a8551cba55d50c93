import Bytes

/// Functions that take the values of an attribute as a whole.
enum ListFunctions {
  /// `Count` of something that is not simply an attribute.
  static let count = Function("Count", .list(.all), gives: .of(.number)) {
    list, _ throws(EvaluationError) in .number(Int64(list.values.count))
  }

  static let all: [Function] = [
    Function(
      "Contains", .list([.string, .reference]), .one(.string),
      .choice(["CaseInsensitive", "CaseSensitive"], 1), gives: .of(.number)
    ) { list, search, mode, arena throws(EvaluationError) in
      var ignoringCase = false
      if case .number(0) = mode { ignoringCase = true }
      guard let search = try search.text("Contains") else { return .number(0) }
      for (index, value) in list.values.enumerated() {
        guard let text = try value.bytes("Contains") else { continue }
        let place = Text.position(
          of: search, in: text, fromUnit: 0, ignoringCase: ignoringCase, arena)
        if place != nil { return .number(Int64(index + 1)) }
      }
      return .number(0)
    },
    Function("Item", .list(.all), .one(.number), gives: .element) {
      list, index, _ throws(EvaluationError) in
      let values = list.values
      let index = try index.requiredNumber("Item")
      guard index >= 1, index <= values.count else {
        throw EvaluationError(
          "Item: index \(index) is out of bounds, there are \(values.count) values")
      }
      return values[Int(index) - 1]
    },
    Function("ItemOrNull", .list(.all), .one(.number), gives: .element) {
      list, index, _ throws(EvaluationError) in
      let values = list.values
      guard let index = try index.number("ItemOrNull"), index >= 1, index <= values.count else {
        return .null
      }
      return values[Int(index) - 1]
    },
    Function(
      "Join", .list([.string, .reference]), .optional(.string, .text(ByteView(" "))),
      gives: .of(.string)
    ) { list, delimiter, arena throws(EvaluationError) in
      let delimiter = try delimiter.text("Join") ?? .empty
      var pieces: [ByteView] = []
      for value in list.values {
        if !pieces.isEmpty { pieces.append(delimiter) }
        pieces.append(try value.text("Join") ?? .empty)
      }
      return pieces.isEmpty ? .null : .text(try TextFunctions.joined(pieces, "Join", arena))
    },
    Function("RemoveDuplicates", .list(.all), gives: .same) { list, arena throws(EvaluationError) in
      var seen: Set<[UInt8]> = []
      let values = list.values.filter { seen.insert(key($0, arena)).inserted }
      return .list(values)
    },
    Function(
      "Split", .one(.string), .one(.string), .optional(.number, .number(-1)),
      gives: .listOf(.string)
    ) { text, delimiter, limit, _ throws(EvaluationError) in
      guard let text = try text.text("Split") else { return .null }
      guard let delimiter = try delimiter.text("Split"), Text.length(delimiter) == 1 else {
        throw EvaluationError("Split: the delimiter must be one character")
      }
      return .list(try split(text, delimiter, limit: try limit.number("Split") ?? -1))
    },
  ]

  /// `Contains` over references, which must be equal as a whole.
  static let containsReference = Function(
    "Contains", .list(.reference), .one([.string, .reference]), gives: .of(.number)
  ) { list, search, _ throws(EvaluationError) in
    guard let search = try search.text("Contains") else { return .number(0) }
    for (index, value) in list.values.enumerated() {
      if let text = try value.text("Contains"), text.elementsEqual(search) {
        return .number(Int64(index + 1))
      }
    }
    return .number(0)
  }

  /// What makes two values the same: text without case, as for `=`.
  private static func key(_ value: ExpressionValue, _ arena: ByteArena) -> [UInt8] {
    switch value {
    case .text(let text): [0] + Text.map(text, arena, Text.lower).array
    case .binary(let bytes): [1] + bytes.array
    case .number(let number), .date(let number): [2] + Array(String(number).utf8)
    case .bool(let value): [3, value ? 1 : 0]
    default: [4]
    }
  }

  /// Parts that `Split` makes at most.
  private static let partLimit = 1 << 20

  /// The parts of `text`; the last of `limit` parts keeps what is left.
  private static func split(
    _ text: ByteView, _ delimiter: ByteView, limit: Int64
  ) throws(EvaluationError) -> [ExpressionValue] {
    var parts: [ExpressionValue] = []
    var start = 0
    while limit < 0 || parts.count + 1 < limit,
      let end = Text.find(delimiter, in: text, from: start)
    {
      guard parts.count < partLimit else {
        throw EvaluationError("Split: there are more than \(partLimit) parts")
      }
      parts.append(.text(text[start..<end]))
      start = end + delimiter.count
    }
    if limit != 0 { parts.append(.text(text.from(start))) }
    return parts
  }
}
