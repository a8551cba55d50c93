import Bytes
import Rules

/// What a value is like on which no check of an attribute can fire.
///
/// Most values of a directory have nothing wrong with them. Instead of asking every check, a value is
/// compared with bounds that hold for all of them together; only what is outside goes through the
/// checks, which alone decide. A screen may let a value through to the checks for nothing, but
/// never keeps one from them that would fire.
struct ValueScreen {
  struct Demands: OptionSet {
    let rawValue: UInt8
    /// Nothing is known of some check: every value goes through them all.
    static let look = Demands(rawValue: 1)
    /// One `@` with something before and after it, well-formed and in `domains`.
    static let address = Demands(rawValue: 2)
    /// No dot out of its place.
    static let dots = Demands(rawValue: 4)
    /// ASCII only.
    static let ascii = Demands(rawValue: 8)
    /// The same bytes as the primary SMTP address, where the object has one.
    static let primary = Demands(rawValue: 16)
  }

  /// The prefilters of the checks that have one.
  private(set) var suspects: UInt64 = 0
  /// The number of bytes of the whole value.
  private(set) var minCount = 0
  private(set) var maxCount = Int.max
  /// The least position of the `@`; -1 when there need be none.
  private(set) var minAt = -1
  /// By `DomainFacts`, a bit each: what a domain may be like.
  private(set) var domains: UInt32 = .max
  private(set) var demands: Demands = []

  /// The screen of `checks` for values whose type has `typeBit`.
  init(_ checks: [AttributeCheck], typeBit: UInt32) {
    for check in checks where check.typeMask & typeBit != 0 { add(check, typeBit) }
    if demands.contains(.address) { minAt = max(minAt, 1) }
  }

  private mutating func add(_ check: AttributeCheck, _ typeBit: UInt32) {
    switch check.test {
    case .length(let check): add(check)
    case .size(let check): add(check)
    case .address: addDomains { $0.isSuperset(of: [.isWellFormed, .hasDot]) }
    case .domain(let check): addDomains { !check.fires($0) }
    case .prefix(let check):
      if check.fires(onType: typeBit) { demands.insert(.look) }
    case .compare(let check):
      if case .primarySMTP = check.other {
        demands.insert(.primary)
      } else {
        demands.insert(.look)
      }
    case .pattern(let pattern): add(pattern, check)
    case .characters: add(prefilter: check.prefilter)
    }
  }

  private mutating func add(prefilter: UInt64) {
    if prefilter == 0 { demands.insert(.look) } else { suspects |= prefilter }
  }

  private mutating func add(_ check: LengthCheck) {
    // A text never has more UTF-16 units than bytes, and no part more than the value.
    maxCount = min(maxCount, check.max)
    if check.min > 0 { demands.insert(.look) }
  }

  private mutating func add(_ check: SizeCheck) {
    maxCount = min(maxCount, check.max ?? .max, check.exactly ?? .max)
    minCount = max(minCount, check.exactly ?? 0)
  }

  private mutating func addDomains(_ isClean: (DomainFacts) -> Bool) {
    demands.insert(.address)
    for facts in UInt8(0)..<32 where !isClean(DomainFacts(rawValue: facts)) {
      domains &= ~(1 << UInt32(facts))
    }
  }

  private mutating func add(_ pattern: PatternCheck, _ check: AttributeCheck) {
    switch pattern.shape {
    case .dots where !check.seesPrefix: demands.insert(.dots)
    case .earlyAt(let length):
      demands.insert(.ascii)
      minAt = max(minAt, length)
    case .dots, .other: add(prefilter: check.prefilter)
    }
  }
}
