import Directory
import Rules
import Sync

/// Everything that is checked on objects of one class, in scope or out of it.
///
/// What every object goes through is in memory of its own and never changes.
@safe
final class ObjectChecks: @unchecked Sendable {
  private static let typeCount = 32

  let attributes: [AttributeChecks]
  let objects: [(rule: Int, check: any ObjectCheck)]
  /// The number in `attributes` of the checks of the DN, or nil.
  let nameChecks: Int?

  /// By attribute index, the number in `attributes`, or -1.
  private let numbers: UnsafeMutablePointer<Int16>
  private let numberCount: Int
  /// By number in `attributes`, a screen for each type.
  private let screens: UnsafeMutablePointer<ValueScreen>
  private let objectScreens: UnsafeMutablePointer<ObjectScreen>

  init(
    attributes: [AttributeChecks], objects: [(rule: Int, check: any ObjectCheck)], ruleSet: RuleSet
  ) {
    self.attributes = attributes
    self.objects = objects
    nameChecks = attributes.firstIndex { $0.attribute == CompiledRule.dnAttribute }
    numberCount = ruleSet.table.count
    unsafe numbers = .allocate(capacity: max(1, numberCount))
    unsafe numbers.initialize(repeating: -1, count: max(1, numberCount))
    unsafe screens = .allocate(capacity: max(1, attributes.count * Self.typeCount))
    unsafe objectScreens = .allocate(capacity: max(1, objects.count))
    for (number, checks) in attributes.enumerated() {
      if checks.attribute != CompiledRule.dnAttribute {
        unsafe numbers[Int(checks.attribute.index)] = Int16(number)
      }
      for type in 0..<Self.typeCount {
        // Values without types all have the first.
        let screen = ValueScreen(checks.checks, typeBit: 1 << UInt32(checks.isTyped ? type : 0))
        unsafe (screens + number * Self.typeCount + type).initialize(to: screen)
        if !checks.isTyped { break }
      }
    }
    for (index, object) in objects.enumerated() {
      unsafe (objectScreens + index).initialize(to: object.check.screen)
    }
  }

  deinit {
    unsafe numbers.deallocate()
    unsafe screens.deallocate()
    unsafe objectScreens.deallocate()
  }

  /// The number in `attributes` of the checks of `attribute`, or -1 when nothing checks it.
  @inline(__always)
  func number(of attribute: AttributeID) -> Int {
    let index = Int(attribute.index)
    precondition(index < numberCount, "the attribute is not in the run's table")
    return unsafe Int(numbers[index])
  }

  /// Whether no check of number `number` in `attributes` can fire on `value`.
  @inline(__always)
  func passes(_ value: ScannedValue, _ number: Int, _ view: ObjectView) -> Bool {
    let row = number &* Self.typeCount &+ value.typeBit.trailingZeroBitCount
    return unsafe view.passes(value, (screens + row).pointee)
  }

  /// Whether the object check number `index` cannot fire on the entry.
  @inline(__always)
  func passes(_ index: Int, _ view: ObjectView) -> Bool {
    unsafe view.passes((objectScreens + index).pointee)
  }
}

extension ObjectView {
  /// Whether `value` is within `screen`.
  @inline(__always)
  func passes(_ value: ScannedValue, _ screen: ValueScreen) -> Bool {
    let demands = screen.demands
    guard value.suspects & screen.suspects == 0, value.value.count >= screen.minCount,
      value.value.count <= screen.maxCount, value.at >= screen.minAt, value.atCount < 2
    else { return false }
    if demands.isEmpty { return true }
    if demands.contains(.look) { return false }
    if demands.contains(.untrimmed), value.traits.contains(.trimmed) { return false }
    if demands.contains(.dots), value.traits.contains(.misplacedDot) { return false }
    if demands.contains(.ascii), value.traits.contains(.nonASCII) { return false }
    if demands.contains(.address) {
      guard value.at < value.body.count &- 1,
        value.traits.isDisjoint(with: [.misplacedDot, .whiteSpace])
      else { return false }
      let domain = value.body.from(value.at &+ 1)
      guard screen.domains &>> UInt32(domains.facts(domain).rawValue) & 1 != 0 else {
        return false
      }
    }
    guard demands.contains(.primary), let primary = primarySMTP else { return true }
    return value.body.isSameShort(as: primary)
  }
}
