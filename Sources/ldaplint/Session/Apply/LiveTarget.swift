import Bytes
import Directory
import LDAP
import LDIF
import LibC
import Repairs

/// A directory server that records of a patch are sent to.
final class LiveTarget: DirectoryTarget {
  /// How long to wait before each attempt to connect anew.
  private static let pauses: [Duration] = [
    .zero, .seconds(1), .seconds(2), .seconds(4), .seconds(8),
  ]

  private let server: LDAPServer
  private var session: LDAPSession
  /// Its naming contexts, nearest to the root first.
  private let contexts: [DistinguishedName]
  private let isActiveDirectory: Bool

  /// Connects to `server` and logs in. Throws a failure for people.
  init(_ server: LDAPServer) throws {
    self.server = server
    do throws(LDAPError) {
      session = try server.open(isCancelled: { Interrupt.isRequested })
    } catch {
      throw error.failure
    }
    isActiveDirectory = session.server.isActiveDirectory
    contexts = session.server.namingContexts.compactMap(Self.name)
    guard !contexts.isEmpty else {
      throw Failure(
        "\(server.url.server): the server does not say which naming contexts it holds; log in with "
          + "an account that may read its root DSE")
    }
  }

  /// The server and its domain, or its first naming context where it has none:
  /// `ldaps://dc1.contoso.com (contoso.com)`.
  var place: String {
    let domain = contexts.lazy.compactMap { Self.lowered($0.domainName) }.first
    let shown = domain ?? contexts.first.map { String(decoding: $0.text, as: UTF8.self) } ?? ""
    return HostileText.shown("\(server.url.server) (\(shown))")
  }

  private static func name(_ text: String) -> DistinguishedName? {
    text.withByteView { try? DistinguishedName($0) }
  }

  // MARK: Choosing

  /// The one of `targets` that holds `dn`: the most specific naming context decides.
  static func holder(of dn: [UInt8], among targets: [LiveTarget]) -> LiveTarget? {
    guard let name = dn.withByteView({ try? DistinguishedName($0) }) else { return nil }
    var best: (target: LiveTarget, depth: Int)?
    for target in targets {
      guard let depth = target.depth(of: name), depth > best?.depth ?? -1 else { continue }
      best = (target, depth)
    }
    return best?.target
  }

  /// The length of the naming context that holds `name`; nil when none does.
  private func depth(of name: DistinguishedName) -> Int? {
    contexts.filter { holds(name, in: $0) }.map(\.rdns.count).max()
  }

  /// In Active Directory a child domain's names end like its parent's; its objects are elsewhere.
  private func holds(_ name: DistinguishedName, in context: DistinguishedName) -> Bool {
    guard name == context || name.isDescendant(of: context) else { return false }
    guard isActiveDirectory else { return true }
    return Self.lowered(name.domainName) == Self.lowered(context.domainName)
  }

  private static func lowered(_ name: [UInt8]?) -> String? {
    name.map { String(decoding: $0, as: UTF8.self).lowercased() }
  }

  // MARK: Asking

  func read(_ dn: [UInt8], attributes: [String]) throws(DirectoryTargetError) -> [Attribute]? {
    let name = try Self.text(dn)
    do throws(LDAPError) {
      let entry = try session.read(name, attributes: attributes)
      return entry?.attributes.map { Attribute($0.name, $0.values) }
    } catch {
      // What fails on this side was not sent, and the next object may do better.
      throw Self.isRefusal(error) || error.cause == .local
        ? .refused(error.reason) : .lost(error.description)
    }
  }

  func modify(
    _ dn: [UInt8], _ changes: [Modification]
  ) throws(DirectoryTargetError) {
    let name = try Self.text(dn)
    do throws(LDAPError) {
      try session.modify(name, changes)
    } catch {
      throw Self.isRefusal(error) ? .refused(error.reason) : .lost(error.description)
    }
  }

  func reconnect() throws(DirectoryTargetError) {
    var failure = "the connection was lost"
    for pause in Self.pauses {
      let end = ContinuousClock.now + pause
      while ContinuousClock.now < end, !Interrupt.isRequested { usleep(50_000) }
      guard !Interrupt.isRequested else { break }
      do throws(LDAPError) {
        session = try server.open(isCancelled: { Interrupt.isRequested })
        return
      } catch {
        failure = error.description
        // A server that is there and says no will go on saying so.
        if Self.isRefusal(error) { break }
      }
    }
    throw .lost(failure)
  }

  private static func isRefusal(_ error: LDAPError) -> Bool {
    error.cause == .refusedByServer || error.cause == .refusedHere
  }

  /// The library takes a name as text that ends at its first null.
  private static func text(_ dn: [UInt8]) throws(DirectoryTargetError) -> String {
    guard !dn.contains(0), let text = String(validating: dn, as: UTF8.self) else {
      throw .refused("the DN is not UTF-8 text")
    }
    return text
  }
}
