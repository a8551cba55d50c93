import Bytes

/// Functions that turn a value of one type into another's. Null stays null.
enum ConversionFunctions {
  static let all: [Function] = scalars + encodings + identifiers

  private static let scalars: [Function] = [
    Function("CBool", .one([.bool, .number, .string]), gives: .of(.bool)) {
      value, _ throws(EvaluationError) in
      switch value {
      case .number(let number): return .bool(number != 0)
      case .text(let text):
        if let number = Numerals.parse(text) { return .bool(number != 0) }
        return .bool(try value.truth("CBool") ?? false)
      default: return .bool(try value.truth("CBool") ?? false)
      }
    },
    Function("CNum", .one([.string, .number]), gives: .of(.number)) {
      value, _ throws(EvaluationError) in try value.number("CNum").map { .number($0) } ?? .null
    },
    Function("CRef", .one([.string, .reference]), gives: .of(.reference)) {
      value, _ throws(EvaluationError) in try value.text("CRef").map { .text($0) } ?? .null
    },
    Function(
      "CStr", .one([.number, .reference, .bool, .string, .binary]), gives: .of(.string)
    ) { value, arena throws(EvaluationError) in
      switch value {
      case .null, .text: return value
      case .number(let number): return .text(arena.copy(String(number).utf8))
      case .bool(let flag): return .text(flag ? ByteView("True") : ByteView("False"))
      default: throw EvaluationError("CStr: \(value.words) has no text; use ConvertToBase64")
      }
    },
    Function("CDate", .one([.string, .date]), gives: .of(.date)) {
      value, _ throws(EvaluationError) in
      guard case .text(let text) = value else { return value }
      guard let ticks = DateText.parse(text) else {
        throw EvaluationError("CDate: \(Quoted(text)) is not a date")
      }
      return .date(ticks)
    },
    Function("CBin", .one(.number), .one(.number), gives: .of(.binary)) {
      value, length, arena throws(EvaluationError) in
      guard let value = try value.number("CBin") else { return .null }
      let length = try length.requiredNumber("CBin")
      guard length >= 1, length <= 8 else {
        throw EvaluationError("CBin: the length must be 1 to 8 bytes, not \(length)")
      }
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      return .binary(arena.copy(bytes))
    },
  ]

  private static let encodings: [Function] = [
    Function(
      "ConvertFromBase64", .one(.string), .choice(["Unicode", "ASCII", "UTF8"], 0),
      gives: .of(.string)
    ) { value, encoding, arena throws(EvaluationError) in
      guard let text = try value.text("ConvertFromBase64") else { return .null }
      guard let bytes = Base64.decode(text, into: arena, skipping: .whiteSpace)?.array else {
        throw EvaluationError("ConvertFromBase64: \(Quoted(text)) is not Base64")
      }
      switch encoding {
      case .number(0): return .text(arena.copy(UTF16Bytes.decode(bytes)))
      case .number(1):
        return .text(arena.copy(bytes.map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }))
      default:
        return .text(arena.copy(String(decoding: bytes, as: UTF8.self).utf8))
      }
    },
    Function("ConvertToBase64", .one([.string, .binary]), gives: .of(.string)) {
      value, arena throws(EvaluationError) in
      guard let bytes = try value.bytes("ConvertToBase64") else { return .null }
      // Attributes of unknown type come as text even where they are bytes.
      if case .text = value, Text.isValid(bytes) {
        return .text(arena.copy(Base64.encode(UTF16Bytes.encode(bytes))))
      }
      return .text(arena.copy(Base64.encode(bytes.array)))
    },
    Function("ConvertFromUTF8Hex", .one(.string), gives: .of(.string)) {
      value, arena throws(EvaluationError) in
      guard let text = try value.text("ConvertFromUTF8Hex") else { return .null }
      guard let bytes = fromHex(text), bytes.withByteView({ Text.isValid($0) }) else {
        throw EvaluationError("ConvertFromUTF8Hex: \(Quoted(text)) is not UTF-8 in hexadecimal")
      }
      return .text(arena.copy(bytes))
    },
    Function("ConvertToUTF8Hex", .one([.string, .binary]), gives: .of(.string)) {
      value, arena throws(EvaluationError) in
      guard let bytes = try value.bytes("ConvertToUTF8Hex") else { return .null }
      var hex: [UInt8] = []
      hex.reserveCapacity(2 * bytes.count)
      for byte in bytes {
        let (high, low) = Numerals.hex(byte)
        hex.append(high)
        hex.append(low)
      }
      try TextFunctions.checkSize(hex.count, "ConvertToUTF8Hex")
      return .text(arena.copy(hex))
    },
  ]

  private static let identifiers: [Function] = [
    Function("CGuid", .one(.string), gives: .of(.binary)) { value, arena throws(EvaluationError) in
      guard let text = try value.text("CGuid") else { return .null }
      guard let bytes = GUIDText.parse(text) else {
        throw EvaluationError("CGuid: \(Quoted(text)) is not a GUID")
      }
      return .binary(arena.copy(bytes))
    },
    Function("StringFromGuid", .one(.binary), gives: .of(.string)) {
      value, arena throws(EvaluationError) in
      guard let bytes = try value.bytes("StringFromGuid") else { return .null }
      guard let text = GUIDText.format(bytes) else {
        throw EvaluationError("StringFromGuid: \(bytes.count) bytes are not a GUID, which has 16")
      }
      return .text(arena.copy(text))
    },
    Function("StringFromSid", .one(.binary), gives: .of(.string)) {
      value, arena throws(EvaluationError) in
      guard let bytes = try value.bytes("StringFromSid") else { return .null }
      guard let text = SIDText.format(bytes) else {
        throw EvaluationError("StringFromSid: \(bytes.count) bytes are not a security identifier")
      }
      return .text(arena.copy(text.utf8))
    },
  ]

  private static func fromHex(_ text: ByteView) -> [UInt8]? {
    guard text.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2)
    for index in stride(from: 0, to: text.count, by: 2) {
      guard let high = Numerals.hexDigit(text[index]), let low = Numerals.hexDigit(text[index + 1])
      else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }
}
