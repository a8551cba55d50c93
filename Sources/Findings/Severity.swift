/// How bad a finding is.
public enum Severity: UInt8, Comparable, CaseIterable, Sendable {
  /// Worth knowing.
  case info = 0
  /// It synchronizes, with a surprise.
  case warning = 1
  /// It would not synchronize, or not as it is.
  case error = 2

  /// The word that rules, options and reports use.
  public var name: String {
    switch self {
    case .info: "info"
    case .warning: "warning"
    case .error: "error"
    }
  }

  /// The severity called `name`, or nil.
  public init?(name: String) {
    guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }

  /// info < warning < error.
  public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}
