import Bytes
import Rules
import Sync

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
    /// No white space was taken off its ends.
    static let untrimmed = Demands(rawValue: 32)
  }

  /// The filters of the checks that have one.
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
    for check in checks where check.typeMask & typeBit != 0 {
      check.check.tighten(&self, typeBit: typeBit, seesPrefix: check.seesPrefix)
    }
    // What white space stands before has a type only without it.
    if checks.contains(where: \.seesRaw) { demands.insert(.untrimmed) }
    if demands.contains(.address) { minAt = max(minAt, 1) }
  }

  /// Stops every value.
  mutating func stopAll() { demands.insert(.look) }

  /// Stops values with bytes that have one of the bits, and every value when there is none.
  mutating func stop(suspects bits: UInt64) {
    if bits == 0 { stopAll() } else { suspects |= bits }
  }

  /// Stops values of more than `count` bytes.
  mutating func stop(longerThan count: Int) { maxCount = min(maxCount, count) }

  /// Stops values of less than `count` bytes.
  mutating func stop(shorterThan count: Int) { minCount = max(minCount, count) }

  /// Stops what is no address, and domains of which `isClean` does not hold.
  mutating func stop(unlessDomain isClean: (DomainFacts) -> Bool) {
    demands.insert(.address)
    for facts in UInt8(0)..<32 where !isClean(DomainFacts(rawValue: facts)) {
      domains &= ~(1 << UInt32(facts))
    }
  }

  /// Stops values with a dot out of its place.
  mutating func stopMisplacedDots() { demands.insert(.dots) }

  /// Stops values with an `@` among the first `count` bytes, and those that are not ASCII.
  mutating func stop(atWithin count: Int) {
    demands.insert(.ascii)
    minAt = max(minAt, count)
  }

  /// Stops what is not the primary SMTP address of an object that has one.
  mutating func stopUnlessPrimary() { demands.insert(.primary) }
}
