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
    "sambalmpassword", "sambantpassword", "sambapasswordhistory", "ipanthash", "krbprincipalkey",
    "krbmkey", "krbpwdhistory", "passwordhistory", "nsslapd-rootpw", "nsds5replicacredentials",
    "ipatokenotpkey", "usersmimekey", "userpkcs12",
  ]

  /// Whether the attribute called `name` holds a secret, whatever its options.
  public static func contains(_ name: String) -> Bool {
    names.contains(String(name.split(separator: ";").first ?? "").lowercased())
  }
}
