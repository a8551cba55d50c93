import Findings
import Sync

/// What the user said about the tenant, repairs and the run.
public struct CheckSettings: Sendable {
  /// The tenant and its Connect.
  public var tenant = TenantSettings()
  /// What becomes of sign-in names, as the user has ordered.
  public var suffixOrders = SuffixOrders()
  /// `%Name%` parameters of expressions.
  public var parameters: [String: String] = [:]
  /// The time that age rules use, in 100 ns since 1601.
  public var now: Int64 = 0
  /// Whether `ö` becomes `oe` instead of `o`.
  public var transliteratesGerman = false
  /// Findings below it are neither shown nor repaired.
  public var minimumSeverity = Severity.info
  /// Whether objects out of scope are linted too.
  public var lintsAllObjects = false

  /// Attributes of which a run is to say whether some object has them, beside those that rules read.
  public var noticed: [String] = []
  /// Attributes whose values are read besides those of the rules.
  public var alsoRead: [String] = []

  /// Settings that say nothing but the values of parameters.
  public init(parameters: [String: String] = [:]) { self.parameters = parameters }
}
