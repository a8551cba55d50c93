/// How an object holds an address, strongest first.
enum AddressRole: UInt8, Comparable, Sendable {
  case userPrincipalName
  /// It would be the user name, made by Connect or the cloud.
  case computed
  case primarySMTP, secondarySMTP
  /// `mail` of an object without proxyAddresses, which counts as its primary.
  case soleMail
  case mail, sip, target, untyped

  /// Whether Entra refuses another object with the same address held in such a way.
  var isStrong: Bool { self <= .soleMail }

  /// Whether Entra looks for an object to match by an address held in such a way, rather than only for
  /// its name: the primary one.
  var isMatchedBy: Bool { self == .primarySMTP || self == .soleMail }

  /// Whether an object is found by an address held in such a way when another is to be matched.
  var isMatched: Bool { self >= .primarySMTP && self <= .soleMail }

  static func < (left: AddressRole, right: AddressRole) -> Bool { left.rawValue < right.rawValue }
}
