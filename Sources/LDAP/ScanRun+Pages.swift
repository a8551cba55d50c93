internal import CLDAP
internal import Directory

extension ScanRun {
  /// Where the reading of one base stands.
  private struct Position {
    var request: SearchRequest
    /// Where the page under way begins.
    var cookie: [UInt8] = []
    /// How many entries of this base were written.
    var entries = 0
    /// How many pages without an entry came in a row.
    var emptyPages = 0
    /// The first entry of all, to notice a server that begins anew.
    var firstDN: [UInt8]?
    /// The pages so far, to notice a server that goes round in circles.
    var repetition = PageRepetition()
    /// Whether some of the page under way was written, so that it cannot be asked for again.
    var isPartlyWritten = false
    /// Whether the page under way is asked for again, and why.
    var lost: LDAPError?
    var isFinished = false
  }

  /// How the waiting for a page ended.
  private enum PageEnd {
    /// There is more; so much is enough for now.
    case full
    /// The server is done with it.
    case ended(Outcome)
    /// It broke off.
    case broken(LDAPError)
  }

  /// Reads one base to its end, or as far as it goes.
  mutating func read(_ base: String) throws(LDAPError) {
    var position = Position(
      request: SearchRequest(
        base: base, scope: plan.scope, filter: plan.filter, attributes: plan.attributes))
    // Entries of a page that broke off, until it has been read again.
    var kept = MessageBatch()
    while !position.isFinished {
      var batch = MessageBatch()
      switch receive(&position, into: &batch) {
      case .full:
        position.isPartlyWritten = true
        try commit(batch, &position)
      case .ended(let outcome):
        if position.lost != nil, isUseless(outcome, batch, position) {
          try commit(kept, &position)
          giveUp(&position, "the server does not go on with a search on a new connection")
        } else {
          try end(outcome, batch, &position)
        }
        kept = MessageBatch()
      case .broken(let error) where error.cause == .refusedHere:
        throw error
      case .broken(let error):
        let isWorthIt = batch.count > kept.count
        if try takeUpAgain(after: error, batch, &position) {
          if isWorthIt { kept = batch }
        } else {
          try commit(isWorthIt ? batch : kept, &position)
          stop(&position, error)
          kept = MessageBatch()
        }
      }
    }
    underWay = nil
  }

  /// Reads the entry called `dn`, unless the search of the bases has given it. That it is not there is no
  /// problem of this server: who asks looks for it in all.
  mutating func readAlone(_ dn: String) throws(LDAPError) {
    let isInside = SubtreeSet(plan.bases).contains(dn) && plan.scope == .subtree
    if isInside, plan.hasDefaultFilter { return }
    let filter = plan.filter.hasPrefix("(") ? plan.filter : "(\(plan.filter))"
    let request = SearchRequest(
      base: dn, scope: .base, filter: isInside ? "(!\(filter))" : "(objectClass=*)",
      attributes: plan.attributes)
    var batch = MessageBatch()
    var isDone = false
    do throws(LDAPError) {
      let id = try connection.startSearch(request, page: nil)
      // There is one entry at most; a server that goes on and on means ill.
      for _ in 0..<Self.batchSize {
        let message = try connection.nextMessage(id, .search, limit: plan.idleTimeout)
        isDone = message.kind == .result
        if isDone { break }
        if message.kind == .entry { batch.append(message) }
      }
    } catch {
      return incomplete("\(dn) was not read: \(error.reason)")
    }
    guard isDone else {
      return incomplete("\(dn) was not read: the answer does not come to an end")
    }
    try commit(batch, base: dn)
  }

  /// Sends the search when none is under way, and takes in what comes.
  private mutating func receive(
    _ position: inout Position, into batch: inout MessageBatch
  ) -> PageEnd {
    do throws(LDAPError) {
      if underWay == nil { underWay = try send(position) }
      guard let id = underWay else { return .full }
      var messages = 0
      while true {
        let message = try connection.nextMessage(id, .search, limit: plan.idleTimeout)
        messages += 1
        let kind = message.kind
        if kind == .reference { batch.references.append(message.referenceURLs(connection)) }
        if kind == .result {
          underWay = nil
          return .ended(try message.outcome(connection, .search))
        }
        if kind == .entry { batch.append(message) }
        guard messages % Self.batchSize == 0 else { continue }
        // While messages keep coming, nothing else asks.
        if isCancelled() {
          throw LDAPError(.search, .cancelled, server: plan.serverName, summary: "cancelled")
        }
        if !usesPaging || messages > plan.pageSize { return .full }
      }
    } catch {
      underWay = nil
      return .broken(error)
    }
  }

  private func send(_ position: Position) throws(LDAPError) -> Int32 {
    try connection.startSearch(
      position.request,
      page: usesPaging ? Connection.Page(size: plan.pageSize, cookie: position.cookie) : nil)
  }

  private mutating func commit(
    _ batch: borrowing MessageBatch, _ position: inout Position
  ) throws(LDAPError) {
    if position.firstDN == nil { position.firstDN = batch.firstDN(connection) }
    position.entries += batch.count
    try commit(batch, base: position.request.base)
  }

  /// Deals with a page that the server has ended.
  private mutating func end(
    _ outcome: Outcome, _ batch: borrowing MessageBatch, _ position: inout Position
  ) throws(LDAPError) {
    if usesPaging, outcome.code == ResultCode.unavailableCriticalExtension, position.entries == 0 {
      usesPaging = false
      note("the server refuses to page its results (RFC 2696): a limit of its may cut them")
      return
    }
    result.pages += 1
    total = outcome.estimate ?? total
    position.lost = nil
    if usesPaging, position.repetition.hasSeen(batch.ends(connection)) {
      position.isFinished = true
      incomplete(at: position, "the server sends the same page again and again")
      return
    }
    position.emptyPages = batch.count == 0 ? position.emptyPages + 1 : 0
    let goesOn = outcome.isSuccess && !outcome.cookie.isEmpty && !isCancelled()
    if goesOn {
      position.cookie = outcome.cookie
      // Before the page is written. Should it fail, the next `receive` meets the same failure.
      underWay = try? send(position)
    }
    try commit(batch, &position)
    let isFull = !position.isPartlyWritten && batch.count == plan.pageSize
    position.isPartlyWritten = false
    if goesOn && position.emptyPages < 1000 { return }
    position.isFinished = true
    if isCancelled() {
      result.isCancelled = true
      incomplete("cancelled after \(result.entries) objects")
    } else if goesOn {
      incomplete("the server sends one empty page after another; it was left at that")
    } else if let reason = doubt(outcome, isFull: isFull) {
      incomplete(at: position, reason)
    }
  }

  /// Why `outcome`, the last of a base, is not the end of all that there is; nil when it is. A page
  /// that `isFull` has as many entries as were asked for.
  private func doubt(_ outcome: Outcome, isFull: Bool) -> String? {
    if let error = outcome.error(.search, server: plan.serverName, isAnonymous: plan.isAnonymous) {
      return error.reason
    }
    guard usesPaging else { return nil }
    if outcome.isPageGarbled { return "it cannot be read where the next page begins" }
    guard isFull, !outcome.isPaged else { return nil }
    return "a full page came without a word on whether there are more; something between here and "
      + "the server may drop the control (RFC 2696)"
  }

  /// Whether the answer to a page that was asked for again, on a new connection, is of no use: a
  /// refusal of the old cookie, or the search from its very beginning.
  private func isUseless(
    _ outcome: Outcome, _ batch: borrowing MessageBatch, _ position: Position
  ) -> Bool {
    guard position.entries > 0 else { return false }
    if !outcome.isSuccess && batch.count == 0 { return true }
    return batch.firstDN(connection) == position.firstDN
  }

  /// Connects anew after `error` and goes on from the page that was under way, when that may work.
  private mutating func takeUpAgain(
    after error: LDAPError, _ batch: borrowing MessageBatch, _ position: inout Position
  ) throws(LDAPError) -> Bool {
    guard error.cause == .connectionLost, position.lost == nil,
      usesPaging && !position.isPartlyWritten || position.entries == 0, !isCancelled()
    else { return false }
    if reconnect() != nil { return false }
    position.lost = error
    note("the connection was lost after \(position.entries) objects and made anew")
    return true
  }

  /// Makes the connection anew. Returns why not when that fails.
  mutating func reconnect() -> LDAPError? {
    guard reconnects < Self.maximumReconnects, let connect = plan.reconnect else {
      return LDAPError(
        .connect, .connectionLost, server: plan.serverName, summary: "the connection is lost")
    }
    reconnects += 1
    underWay = nil
    do throws(LDAPError) {
      connection = try connect()
      return nil
    } catch {
      return error
    }
  }

  private mutating func stop(_ position: inout Position, _ error: LDAPError) {
    position.isFinished = true
    guard error.cause == .cancelled else {
      incomplete(at: position, error.reason)
      return
    }
    result.isCancelled = true
    incomplete("cancelled after \(result.entries) objects")
  }

  private mutating func giveUp(_ position: inout Position, _ reason: String) {
    position.isFinished = true
    incomplete(at: position, (position.lost?.reason ?? "the connection is lost") + "; " + reason)
  }

  /// Records why the reading of a base ended where `position` is.
  private mutating func incomplete(at position: Position, _ reason: String) {
    let base = position.request.base.isEmpty ? "the directory" : position.request.base
    incomplete(
      position.entries == 0
        ? "\(base) was not read: \(reason)"
        : "\(base) was read up to object \(position.entries) only: \(reason)")
  }
}
