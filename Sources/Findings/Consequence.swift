/// What would happen because of what a finding is about, worst first.
public enum Consequence: String, CaseIterable, Comparable, Sendable {
  /// The object does not arrive, or an update of it does not.
  case refused
  /// The person signs in under another name than intended.
  case signIn = "sign-in"
  /// An address or mail is lost, changed, or another's.
  case address
  /// Another attribute is lost, cut or changed.
  case data
  /// Nothing yet; it is ambiguous, or it comes later.
  case risk
  /// Nobody would notice.
  case tidy

  /// The severities that rules with the consequence have unless they say why not.
  public var severities: [Severity] {
    switch self {
    case .refused, .signIn: [.error]
    case .address: [.error, .warning]
    case .data: [.warning]
    case .risk: [.warning, .info]
    case .tidy: [.info]
    }
  }

  /// `tidy` is the least.
  public static func < (left: Consequence, right: Consequence) -> Bool { left.rank > right.rank }

  private var rank: Int {
    switch self {
    case .refused: 0
    case .signIn: 1
    case .address: 2
    case .data: 3
    case .risk: 4
    case .tidy: 5
    }
  }
}
