import Bytes
import Directory

/// The domains that one worker has met: a directory has few, so each is judged once.
@safe
public final class DomainCache {
  @usableFromInline
  struct Known {
    @usableFromInline var name: ByteView
    @usableFromInline var facts: DomainFacts
  }

  /// Beyond this many (a hostile file) domains are judged each time.
  private static let capacity = 8192

  private let settings: TenantSettings
  private let hash = KeyedHash()
  private let arena = ByteArena()
  private var known: [Known] = []
  /// What was said last of a domain, and of which.
  private var lastReason: (domain: [UInt8], text: String) = ([], "")
  private var table = [Int32](repeating: -1, count: capacity * 4)
  /// The domains met last, each at a place that its last bytes give.
  @usableFromInline let recent: UnsafeMutablePointer<Known>
  @inlinable static var recentBits: UInt64 { 8 }

  init(settings: TenantSettings) {
    self.settings = settings
    unsafe recent = .allocate(capacity: 1 << Self.recentBits)
    unsafe recent.initialize(
      repeating: Known(name: .empty, facts: []), count: 1 << Self.recentBits)
  }

  deinit { unsafe recent.deallocate() }

  /// What is known of `domain`, as it is written.
  @inlinable
  @inline(__always)
  public func facts(_ domain: ByteView) -> DomainFacts {
    guard domain.count >= 8 else { return lookUp(domain).facts }
    let place = unsafe recent + Self.place(domain)
    if unsafe domain.isSameShort(as: place.pointee.name) { return unsafe place.pointee.facts }
    let found = lookUp(domain)
    unsafe place.pointee = found
    return found.facts
  }

  /// A place in `recent` for a domain of eight bytes or more.
  @inlinable
  @inline(__always)
  static func place(_ domain: ByteView) -> Int {
    let first = unsafe ByteView.word(domain.unsafeBase, 0)
    let last = unsafe ByteView.word(domain.unsafeBase, domain.count &- 8)
    return Int(((first ^ last &<< 1) &* 0x9E37_79B9_7F4A_7C15) &>> (64 &- recentBits))
  }

  /// Never a view of `domain` itself, but of a copy; an empty one when too many are known.
  @usableFromInline
  func lookUp(_ domain: ByteView) -> Known {
    let mask = table.count - 1
    var slot = Int(truncatingIfNeeded: hash.exact(domain, tag: 1)) & mask
    while table[slot] >= 0 {
      let candidate = known[Int(table[slot])]
      if candidate.name == domain { return candidate }
      slot = (slot + 1) & mask
    }
    let facts = examine(domain)
    guard known.count < Self.capacity else { return Known(name: .empty, facts: facts) }
    table[slot] = Int32(known.count)
    let entry = Known(name: arena.copy(domain), facts: facts)
    known.append(entry)
    return entry
  }

  private func examine(_ domain: ByteView) -> DomainFacts {
    var facts: DomainFacts = []
    if domain.firstIndex(of: 0x2E) != nil { facts.insert(.hasDot) }
    let verdict = verdict(domain)
    if Domain.malformation(of: domain) == nil { facts.insert(.isWellFormed) }
    // What is no domain name at all is said by checks of its form.
    if case .malformed = verdict {
      facts.insert(.isRoutable)
    } else if verdict.isRoutable {
      facts.insert(.isRoutable)
    }
    let isReserved = settings.initialDomain.withOptionalView { initial in
      Domain.isReservedForService(domain, initialDomain: initial)
    }
    if isReserved { facts.insert(.isReserved) }
    let name = TenantDomain.key(domain.string)
    // What of the service's own names is not reserved belongs to the tenant.
    let isTenantOwn = name.hasSuffix(".onmicrosoft.com") && !isReserved
    if isTenantOwn || name == settings.initialDomain || settings.verifiedDomains.contains(name) {
      facts.insert(.isVerified)
    }
    return facts
  }

  private func verdict(_ domain: ByteView) -> DomainVerdict {
    Domain.verdict(of: domain, using: settings.topLevelDomains)
  }

  /// Why no tenant could verify `domain`, with the source.
  package func unroutableReason(_ domain: ByteView) -> String {
    // Most findings in a row are about one domain.
    if lastReason.domain.withByteView({ $0 == domain }) { return lastReason.text }
    let reason = verdict(domain).reason(for: domain)
    lastReason = (domain.array, reason)
    return reason
  }

  /// What is wrong with the form of `domain`.
  package static func malformation(_ domain: ByteView) -> String {
    Domain.malformation(of: domain)?.reason(for: domain) ?? ""
  }
}

extension Optional where Wrapped == String {
  /// Runs `body` on a view of the text's bytes, or on nil.
  fileprivate func withOptionalView<R>(_ body: (ByteView?) -> R) -> R {
    guard let self else { return body(nil) }
    return self.withByteView { body($0) }
  }
}
