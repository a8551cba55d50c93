/// The attributes whose values are masked.
///
/// It is asked once for every finding, so that it compares bytes, and only with names as long.
struct HiddenAttributes: Sendable {
  /// Attributes that hold passwords and keys in Active Directory, OpenLDAP, Samba and Kerberos.
  private static let always = [
    "authPassword", "clearPassword", "currentValue", "dBCSPwd", "initialAuthIncoming",
    "initialAuthOutgoing", "krbPrincipalKey", "lmPwdHistory", "ms-Mcs-AdmPwd",
    "msDS-ManagedPassword", "msFVE-KeyPackage", "msFVE-RecoveryPassword",
    "msLAPS-EncryptedDSRMPassword", "msLAPS-EncryptedPassword",
    "msLAPS-EncryptedPasswordHistory", "msLAPS-Password", "ntPwdHistory", "priorValue",
    "pwdHistory", "sambaLMPassword", "sambaNTPassword", "sambaPasswordHistory",
    "supplementalCredentials", "trustAuthIncoming", "trustAuthOutgoing", "unicodePwd",
    "userPassword",
  ]

  /// The names in lower case and without options, by their length in bytes.
  private var byLength: [[[UInt8]]] = []

  /// `chosen`, and those that hold passwords and keys.
  init(_ chosen: [String]) {
    for name in chosen + Self.always {
      let base = name.utf8.prefix { $0 != UInt8(ascii: ";") }.map(Self.folded)
      while byLength.count <= base.count { byLength.append([]) }
      byLength[base.count].append(base)
    }
  }

  /// Whether the attribute is one of them, in any case, with or without options.
  func contains(_ attribute: String) -> Bool {
    contains(attribute.utf8Span.span)
  }

  /// Whether the attribute is one of them, in any case, with or without options.
  func contains(_ attribute: Span<UInt8>) -> Bool {
    var length = 0
    while length < attribute.count && attribute[length] != UInt8(ascii: ";") { length += 1 }
    guard length < byLength.count else { return false }
    for name in byLength[length] {
      var index = 0
      while index < length && Self.folded(attribute[index]) == name[index] { index += 1 }
      if index == length { return true }
    }
    return false
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }
}
