internal import Bytes

/// Attributes that hold passwords and keys. They are never asked for, and never written where a
/// server sends them unasked.
public enum SecretAttributes {
  private static let names: Set<String> = [
    // RFC 4519, 3112; OpenLDAP's password policy and configuration.
    "userpassword", "authpassword", "pwdhistory", "olcrootpw", "oathsecret",
    // Active Directory.
    "unicodepwd", "dbcspwd", "lmpwdhistory", "ntpwdhistory", "supplementalcredentials",
    "currentvalue", "priorvalue", "initialauthincoming", "initialauthoutgoing",
    "trustauthincoming", "trustauthoutgoing", "unixuserpassword", "mssfu30password",
    "msds-managedpassword", "ms-mcs-admpwd", "mslaps-password", "mslaps-encryptedpassword",
    "mslaps-encryptedpasswordhistory", "mslaps-encrypteddsrmpassword",
    "mslaps-encrypteddsrmpasswordhistory", "msfve-recoverypassword", "msfve-keypackage",
    "mskds-rootkeydata", "mstpm-ownerinformation", "mspki-credentialroamingtokens",
    "mspkiaccountcredentials", "mspkidpapimasterkeys", "bitlockerkey",
    // Samba, FreeIPA, 389 Directory Server, Kerberos.
    "sambalmpassword", "sambantpassword", "sambapasswordhistory", "sambacleartextpassword",
    "sambapreviouscleartextpassword", "ipanthash", "ipanttrustauthincoming",
    "ipanttrustauthoutgoing", "nissecretkey", "krbprincipalkey",
    "krbmkey", "krbpwdhistory", "passwordhistory", "nsslapd-rootpw", "nsds5replicacredentials",
    "ipatokenotpkey", "usersmimekey", "userpkcs12",
  ]

  /// Whether the attribute called `name` holds a secret, whatever its options.
  public static func contains(_ name: String) -> Bool {
    names.contains(String(name.split(separator: ";").first ?? "").lowercased())
  }

  /// The same of a name as bytes, for every attribute of every entry: most names are told from those
  /// of secrets by their length and their first letter.
  static func contains(_ name: ByteView) -> Bool {
    guard let first = name.first else { return false }
    let isLikely =
      name.count >= 64 || name.contains(UInt8(ascii: ";"))
      || lengths[Int(first & 0x1F)] & 1 << UInt64(name.count) != 0
    return isLikely && contains(name.string)
  }

  /// For each first letter (its lower five bits), the lengths of the names as bits.
  private static let lengths: [UInt64] = names.reduce(into: Array(repeating: 0, count: 32)) {
    table, name in
    guard let first = name.utf8.first else { return }
    table[Int(first & 0x1F)] |= 1 << UInt64(name.utf8.count)
  }
}
