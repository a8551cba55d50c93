extension ScanRun {
  /// Many servers do not refuse what a login may not see: they answer as if there were nothing. Says
  /// so where that is what an empty result looks like.
  mutating func explainNothing() {
    for base in plan.bases where !base.isEmpty {
      do throws(LDAPError) {
        if try connection.object(base, attributes: ["1.1"]) == nil {
          incomplete("not even \(base) is shown; " + hiddenAdvice)
          continue
        }
      } catch {
        incomplete("\(base) cannot be looked at: \(error.reason)")
        continue
      }
      // A user's own filter may well match nothing.
      if plan.isAnonymous, plan.hasDefaultFilter {
        incomplete("nothing below \(base) is shown; " + hiddenAdvice)
      }
    }
  }

  private var hiddenAdvice: String {
    plan.isAnonymous
      ? "nobody is logged in: give --bind-dn or --sasl"
      : "it is not there, or this login may not see it"
  }
}
