/// One check of a value with what decides quickly that it does not apply.
struct AttributeCheck: Sendable {
  var rule: Int
  var typeMask: UInt32
  /// The check need not look unless a value's `suspects` has this bit; 0 when it always must.
  var filterBit: UInt64
  /// Whether it looks at a `type:` prefix that could be at fault.
  var seesPrefix = false
  /// Whether it looks at a value with the white space at its ends that Connect takes off.
  var seesRaw = false
  var check: any ValueCheck
}
