internal import CLDAP

/// Result codes of LDAP (RFC 4511 appendix A) that this module tells apart.
enum ResultCode {
  static let success = 0
  static let operationsError = 1
  static let protocolError = 2
  static let timeLimitExceeded = 3
  static let sizeLimitExceeded = 4
  static let authMethodNotSupported = 7
  static let strongerAuthRequired = 8
  static let referral = 10
  static let adminLimitExceeded = 11
  static let unavailableCriticalExtension = 12
  static let confidentialityRequired = 13
  static let noSuchAttribute = 16
  static let constraintViolation = 19
  static let attributeOrValueExists = 20
  static let noSuchObject = 32
  static let invalidDNSyntax = 34
  static let inappropriateAuthentication = 48
  static let invalidCredentials = 49
  static let insufficientAccessRights = 50
  static let busy = 51
  static let unavailable = 52
  static let unwillingToPerform = 53

  /// The name that the field knows the code by.
  static func name(_ code: Int) -> String {
    switch code {
    case operationsError: "operations error"
    case protocolError: "protocol error"
    case timeLimitExceeded: "time limit exceeded"
    case sizeLimitExceeded: "size limit exceeded"
    case authMethodNotSupported: "authentication method not supported"
    case strongerAuthRequired: "stronger authentication required"
    case referral: "referral"
    case adminLimitExceeded: "administrative limit exceeded"
    case unavailableCriticalExtension: "unavailable critical extension"
    case confidentialityRequired: "confidentiality required"
    case noSuchAttribute: "no such attribute or value"
    case constraintViolation: "constraint violation"
    case attributeOrValueExists: "attribute or value exists"
    case noSuchObject: "no such object"
    case invalidDNSyntax: "invalid DN syntax"
    case inappropriateAuthentication: "inappropriate authentication"
    case invalidCredentials: "invalid credentials"
    case insufficientAccessRights: "insufficient access rights"
    case busy: "busy"
    case unavailable: "unavailable"
    case unwillingToPerform: "unwilling to perform"
    default: unsafe String(cString: ldap_err2string(Int32(clamping: code))).lowercased()
    }
  }

  /// What probably lies behind noSuchObject without a login.
  static let anonymousAdvice =
    "there is no such base, or it is shown to no one without a login: give --bind-dn or --sasl"

  /// What probably lies behind `code` in answer to `operation`, and what to try.
  static func advice(_ code: Int, _ operation: LDAPError.Operation, text: String) -> String? {
    switch (code, operation) {
    case (invalidCredentials, _):
      return windowsBindFailure(text)
        ?? "check the name (Active Directory takes a DN, a UPN or DOMAIN\\name) and the password"
    case (strongerAuthRequired, _):
      return
        "the server wants an encrypted or signed connection: use ldaps://, StartTLS or Kerberos"
    case (confidentialityRequired, _):
      return "the server wants an encrypted connection: use ldaps:// or StartTLS"
    case (authMethodNotSupported, _), (inappropriateAuthentication, _):
      return "the server does not allow this way to log in; its supported ones are in `doctor`"
    case (operationsError, .search), (operationsError, .read):
      return "Active Directory answers so before a successful bind: log in with a name or Kerberos"
    case (noSuchObject, .search), (noSuchObject, .read):
      return
        "there is no such base, or this login may not see it; `doctor` lists the server's bases"
    case (invalidDNSyntax, _):
      return "a DN is written as in OU=Staff,DC=example,DC=com"
    case (insufficientAccessRights, _):
      return "this login may not do that; use an account with the right"
    case (sizeLimitExceeded, _):
      return "the server gives no more entries to this login; use one without the limit"
    case (timeLimitExceeded, _):
      return "the server stopped for its time limit; scan smaller bases"
    case (adminLimitExceeded, _):
      return "a limit of the server's administrator; use a smaller page size or another login"
    case (referral, _):
      return "that base is held by another server; scan it there"
    case (busy, _), (unavailable, _):
      return "try again later or use another server"
    case (noSuchAttribute, .modify):
      return "the old value is not there (any more): the object has changed since it was read"
    default:
      return nil
    }
  }

  /// What Active Directory's `data 52e` in a failed bind's text means.
  private static func windowsBindFailure(_ text: String) -> String? {
    guard let start = text.firstRange(of: ", data ")?.upperBound else { return nil }
    switch text[start...].prefix(while: \.isHexDigit).lowercased() {
    case "525": return "there is no such user"
    case "52e": return "wrong name or password"
    case "530": return "the account may not log on at this time"
    case "531": return "the account may not log on from here"
    case "532": return "the password has expired"
    case "533": return "the account is disabled"
    case "701": return "the account has expired"
    case "773": return "the password must be changed at the first logon"
    case "775": return "the account is locked out"
    default: return nil
    }
  }
}
