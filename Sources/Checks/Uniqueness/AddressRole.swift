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

  static func < (left: AddressRole, right: AddressRole) -> Bool { left.rawValue < right.rawValue }
}
