import Bytes
import Directory

/// Functions on strings. Positions count UTF-16 code units from 1.
enum TextFunctions {
  static let all: [Function] = cutting + searching + mapping + padding

  private static let cutting: [Function] = [
    Function("Left", .one(.string), .one(.number), gives: .of(.string)) {
      text, count, _ throws(EvaluationError) in
      let count = try count.requiredNumber("Left")
      return .text(left(try text.text("Left") ?? .empty, count))
    },
    Function("Right", .one(.string), .one(.number), gives: .of(.string)) {
      text, count, _ throws(EvaluationError) in
      let text = try text.text("Right") ?? .empty
      let count = try count.requiredNumber("Right")
      let length = Int64(Text.length(text))
      if count < 0 || count >= length { return .text(text) }
      return .text(text.from(Text.offset(text, units: Int(length - count))))
    },
    Function(
      "Mid", .one(.string), .one(.number), .optional(.number, .number(.max)), gives: .of(.string)
    ) { text, start, count, _ throws(EvaluationError) in
      let text = try text.text("Mid") ?? .empty
      let start = try start.requiredNumber("Mid")
      let count = try count.requiredNumber("Mid")
      if count == 0 { return .text(.empty) }
      if count < 0 || start <= 0 || start > Int64(Text.length(text)) { return .text(text) }
      return .text(left(text.from(Text.offset(text, units: Int(start - 1))), count))
    },
    Function("Trim", .one(.string), gives: .of(.string)) { text, _ throws(EvaluationError) in
      guard let text = try text.text("Trim") else { return .null }
      return .text(trimEnd(trimStart(text)))
    },
    Function("LTrim", .one(.string), gives: .of(.string)) { text, _ throws(EvaluationError) in
      guard let text = try text.text("LTrim") else { return .null }
      return .text(trimStart(text))
    },
    Function("RTrim", .one(.string), gives: .of(.string)) { text, _ throws(EvaluationError) in
      guard let text = try text.text("RTrim") else { return .null }
      return .text(trimEnd(text))
    },
    Function("Word", .one(.string), .one(.number), .one(.string), gives: .of(.string)) {
      text, number, delimiters, _ throws(EvaluationError) in
      guard let text = try text.text("Word"), let number = try number.number("Word") else {
        return .text(.empty)
      }
      return .text(word(text, number, try delimiters.text("Word") ?? .empty))
    },
  ]

  private static let searching: [Function] = [
    Function(
      "InStr", .one(.string), .one(.string), .optional(.number, .number(1)),
      .choice(["vbTextCompare", "vbBinaryCompare"], 0), gives: .of(.number)
    ) { text, match, start, mode, arena throws(EvaluationError) in
      try position(text, match, start, mode, arena, last: false)
    },
    Function(
      "InStrRev", .one(.string), .one(.string), .optional(.number, .number(1)),
      .choice(["vbTextCompare", "vbBinaryCompare"], 0), gives: .of(.number)
    ) { text, match, start, mode, arena throws(EvaluationError) in
      try position(text, match, start, mode, arena, last: true)
    },
    Function("Len", .one(.string), gives: .of(.number)) { text, _ throws(EvaluationError) in
      .number(Int64(Text.length(try text.text("Len") ?? .empty)))
    },
  ]

  private static let mapping: [Function] = [
    Function("LCase", .one(.string), gives: .of(.string)) { text, arena throws(EvaluationError) in
      guard let text = try text.text("LCase") else { return .null }
      return .text(Text.map(text, arena, Text.lower))
    },
    Function("UCase", .one(.string), gives: .of(.string)) { text, arena throws(EvaluationError) in
      guard let text = try text.text("UCase") else { return .null }
      return .text(Text.map(text, arena, Text.upper))
    },
    Function("PCase", .one(.string), gives: .of(.string)) { text, arena throws(EvaluationError) in
      guard let text = try text.text("PCase") else { return .null }
      var isStart = true
      return .text(
        Text.map(text, arena) { code in
          defer { isStart = code == 0x20 }
          return isStart ? Text.upper(code) : Text.lower(code)
        })
    },
    Function("Replace", .one(.string), .one(.string), .one(.string), gives: .of(.string)) {
      text, old, new, arena throws(EvaluationError) in
      guard let text = try text.text("Replace") else { return .null }
      guard let old = try old.text("Replace"), !old.isEmpty else { return .text(text) }
      let new = try new.text("Replace") ?? .empty
      return .text(
        try replace(text, plain(old, arena), plain(new, arena), arena))
    },
    Function("ReplaceChars", .one(.string), .one(.string), gives: .of(.string)) {
      text, pattern, arena throws(EvaluationError) in
      guard let text = try text.text("ReplaceChars") else { return .null }
      let pattern = try ReplacementPattern(try pattern.text("ReplaceChars") ?? .empty)
      return .text(try pattern.apply(to: text, arena))
    },
  ]

  private static let padding: [Function] = [
    Function("PadLeft", .one(.string), .one(.number), .one(.string), gives: .of(.string)) {
      text, length, character, arena throws(EvaluationError) in
      guard let text = try text.text("PadLeft") else { return .text(.empty) }
      let fill = try pad(text, length, character, "PadLeft", arena)
      return .text(try joined([fill, text], "PadLeft", arena))
    },
    Function("PadRight", .one(.string), .one(.number), .one(.string), gives: .of(.string)) {
      text, length, character, arena throws(EvaluationError) in
      guard let text = try text.text("PadRight") else { return .text(.empty) }
      let fill = try pad(text, length, character, "PadRight", arena)
      return .text(try joined([text, fill], "PadRight", arena))
    },
  ]
}

// How they work.
extension TextFunctions {
  /// The first `count` characters; all when negative.
  static func left(_ text: ByteView, _ count: Int64) -> ByteView {
    // No character has more units than bytes.
    if count < 0 || count >= Int64(text.count) { return text }
    return text.upTo(Text.offset(text, units: Int(count)))
  }

  static func trimStart(_ text: ByteView) -> ByteView {
    var start = 0
    while start < text.count {
      let character = Text.character(text, at: start)
      guard Text.isWhiteSpace(character.code) else { break }
      start += character.length
    }
    return text.from(start)
  }

  static func trimEnd(_ text: ByteView) -> ByteView {
    var end = text.count
    while end > 0 {
      var start = end - 1
      while start > 0, end - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
      let character = Text.character(text, at: start)
      guard start + character.length == end, Text.isWhiteSpace(character.code) else { break }
      end = start
    }
    return text.upTo(end)
  }

  private static func word(
    _ text: ByteView, _ number: Int64, _ delimiters: ByteView
  ) -> ByteView {
    guard number >= 1 else { return .empty }
    // Many delimiters are looked up: they may be an attribute's.
    var codes: Set<UInt32> = []
    if delimiters.count > 32 { Text.forEach(delimiters) { codes.insert($0) } }
    var remaining = number
    var start = 0
    var index = 0
    while index < text.count {
      let character = Text.character(text, at: index)
      if codes.isEmpty
        ? Text.contains(delimiters, character) : codes.contains(character.code)
      {
        remaining -= 1
        if remaining == 0 { return text[start..<index] }
        start = index + character.length
      }
      index += character.length
    }
    return remaining == 1 ? text.from(start) : .empty
  }

  private static func position(
    _ text: ExpressionValue, _ match: ExpressionValue, _ start: ExpressionValue,
    _ mode: ExpressionValue, _ arena: ByteArena, last: Bool
  ) throws(EvaluationError) -> ExpressionValue {
    guard let text = try text.text("InStr"), let match = try match.text("InStr") else {
      return .number(0)
    }
    let start = try start.number("InStr") ?? 1
    guard start >= 1 else {
      throw EvaluationError("InStr: the start must be 1 or more, not \(start)")
    }
    guard start <= Int64(text.count) + 1 else { return .number(0) }
    var ignoringCase = true
    if case .number(1) = mode { ignoringCase = false }
    let place = Text.position(
      of: match, in: text, fromUnit: Int(start - 1), last: last, ignoringCase: ignoringCase,
      arena)
    return .number(Int64(place.map { $0 + 1 } ?? 0))
  }

  /// Strings one after the other.
  static func joined(
    _ pieces: [ByteView], _ function: StaticString, _ arena: ByteArena
  ) throws(EvaluationError) -> ByteView {
    var bytes: [UInt8] = []
    for piece in pieces {
      bytes.append(contentsOf: piece)
      try checkSize(bytes.count, function)
    }
    return arena.copy(bytes)
  }

  static func checkSize(_ size: Int, _ function: StaticString) throws(EvaluationError) {
    guard size <= Text.limit else {
      throw EvaluationError("\(function): the result is longer than \(Text.limit) bytes")
    }
  }

  /// `\n`, `\r` and `\t` as the characters that they stand for.
  private static func plain(_ text: ByteView, _ arena: ByteArena) -> ByteView {
    guard text.contains(UInt8(ascii: "\\")) else { return text }
    var bytes: [UInt8] = []
    var index = 0
    while index < text.count {
      let next = index + 1 < text.count ? text[index + 1] : 0
      let meant: UInt8? =
        switch next {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
      if text[index] == UInt8(ascii: "\\"), let meant {
        bytes.append(meant)
        index += 2
      } else {
        bytes.append(text[index])
        index += 1
      }
    }
    return arena.copy(bytes)
  }

  private static func replace(
    _ text: ByteView, _ old: ByteView, _ new: ByteView, _ arena: ByteArena
  ) throws(EvaluationError) -> ByteView {
    guard var place = Text.find(old, in: text) else { return text }
    var bytes: [UInt8] = []
    var start = 0
    while true {
      bytes.append(contentsOf: text[start..<place])
      bytes.append(contentsOf: new)
      try checkSize(bytes.count, "Replace")
      start = place + old.count
      guard let next = Text.find(old, in: text, from: start) else { break }
      place = next
    }
    bytes.append(contentsOf: text.from(start))
    try checkSize(bytes.count, "Replace")
    return arena.copy(bytes)
  }

  private static func pad(
    _ text: ByteView, _ length: ExpressionValue, _ character: ExpressionValue,
    _ function: StaticString, _ arena: ByteArena
  ) throws(EvaluationError) -> ByteView {
    let length = try length.requiredNumber(function)
    guard let character = try character.text(function), Text.length(character) == 1 else {
      throw EvaluationError("\(function): the padding must be one character")
    }
    let missing = length.subtractingReportingOverflow(Int64(Text.length(text)))
    guard !missing.overflow, missing.partialValue > 0 else { return .empty }
    guard missing.partialValue <= Int64(Text.limit / 4) else {
      throw EvaluationError("\(function): the result is longer than \(Text.limit / 4) characters")
    }
    let fill = repeatElement(character, count: Int(missing.partialValue)).flatMap { $0 }
    return arena.copy(fill)
  }
}

extension Text {
  /// Runs `body` on the code of every character.
  static func forEach(_ text: ByteView, _ body: (UInt32) -> Void) {
    var index = 0
    while index < text.count {
      let character = character(text, at: index)
      body(character.code)
      index += character.length
    }
  }

  /// Whether `character` is one of those of `text`.
  static func contains(_ text: ByteView, _ character: Text.Character) -> Bool {
    var index = 0
    while index < text.count {
      let candidate = self.character(text, at: index)
      if candidate.code == character.code { return true }
      index += candidate.length
    }
    return false
  }
}
