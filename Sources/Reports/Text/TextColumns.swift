import Bytes

/// How many columns `bytes` take as they are shown.
func visibleWidth(_ bytes: Span<UInt8>) -> Int {
  var width = 0
  var index = 0
  while index < bytes.count {
    if HostileText.isPlain(bytes[index]) {
      width += 1
      index += 1
      continue
    }
    let (scalar, length) = ScalarScan.next(bytes, at: index)
    width += scalar.map(shownWidth) ?? "\\xff".utf8.count
    index += length
  }
  return width
}

private func shownWidth(_ scalar: Unicode.Scalar) -> Int {
  if HostileText.isShown(scalar) { return scalar.columns }
  var escape = OutputBuffer()
  escape.append(hex: scalar.value)
  return escape.count + "\\u{}".utf8.count
}

extension Unicode.Scalar {
  /// The columns it takes in a terminal: 0 for marks that go on the character before, 2 for East
  /// Asian wide ones (Unicode Standard Annex #11), else 1.
  fileprivate var columns: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: 0
    default: WideRanges.contain(value) ? 2 : 1
    }
  }
}

/// The blocks of East Asian wide and full-width characters, and emoji: by block, since a column more
/// or less moves a line break and nothing else.
private enum WideRanges {
  static let all: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x23E9...0x23EC, 0x2E80...0x303E, 0x3041...0x4DBF,
    0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1B000...0x1B2FF, 0x1F300...0x1F64F,
    0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
  ]

  static func contain(_ value: UInt32) -> Bool {
    value >= 0x1100 && all.contains { $0.contains(value) }
  }
}
