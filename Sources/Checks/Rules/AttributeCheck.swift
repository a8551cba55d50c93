/// One check of a value with what decides quickly that it does not apply; a class, since copying a check
/// out of an array takes longer than most checks.
final class AttributeCheck: Sendable {
  let rule: Int
  let typeMask: UInt32
  /// The check need not look unless a value's `suspects` has this bit; 0 when it always must.
  let filterBit: UInt64
  /// Whether it looks at a `type:` prefix that could be at fault.
  let seesPrefix: Bool
  /// Whether it looks at a value with the white space at its ends that Connect takes off.
  let seesRaw: Bool
  let check: any ValueCheck

  init(
    rule: Int, typeMask: UInt32, filterBit: UInt64, seesPrefix: Bool, seesRaw: Bool,
    check: any ValueCheck
  ) {
    self.rule = rule
    self.typeMask = typeMask
    self.filterBit = filterBit
    self.seesPrefix = seesPrefix
    self.seesRaw = seesRaw
    self.check = check
  }
}
