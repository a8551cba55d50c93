internal import Bytes
internal import CLDAP

extension ScanRun {
  /// Fetches the values that `range` leaves out and writes them. What cannot be had is a problem.
  mutating func writeRest(of range: RangeOption, dn: String) throws(LDAPError) {
    let attribute = String(decoding: range.attribute, as: UTF8.self)
    var next = range.last.map { $0 + 1 }
    while let first = next {
      if isCancelled() {
        incomplete("\(dn): \(attribute) was read up to value \(first) only: cancelled")
        return
      }
      do throws(LDAPError) {
        next = try writePortion(dn, attribute, from: first)
      } catch {
        guard error.cause == .connectionLost, reconnect() == nil else {
          incomplete("\(dn): \(attribute) was read up to value \(first) only: \(error.reason)")
          return
        }
      }
    }
  }

  /// Writes the values of `attribute` from number `first` on and returns the number of the first
  /// that is still left, nil at the end.
  private mutating func writePortion(
    _ dn: String, _ attribute: String, from first: Int
  ) throws(LDAPError) -> Int? {
    let id = try connection.startSearch(
      SearchRequest(
        base: dn, scope: .base, filter: "(objectClass=*)",
        attributes: ["\(attribute);range=\(first)-*"]))
    var next: Int?
    var isFound = false
    while true {
      let message = try connection.nextMessage(id, .read, limit: connection.operationTimeout)
      switch message.kind {
      case .reference, .other:
        continue
      case .entry:
        guard var cursor = unsafe EntryCursor(session: connection.handle, message: message.handle)
        else { continue }
        while cursor.next() {
          guard let range = RangeOption(cursor.name), range.first == first, cursor.count > 0,
            String(decoding: range.attribute, as: UTF8.self).lowercased() == attribute.lowercased()
          else { continue }
          isFound = true
          next = range.last.map { $0 + 1 }
          range.attribute.withByteView { name in
            for index in 0..<cursor.count { spool.line(name, cursor.value(index)) }
          }
        }
      case .result:
        let outcome = try message.outcome(connection, .read)
        if let error = outcome.error(.read, server: plan.serverName) { throw error }
        guard isFound else {
          throw LDAPError(
            .read, .garbled, server: plan.serverName,
            summary: "the server does not send the values from number \(first) on")
        }
        return next
      }
    }
  }
}
