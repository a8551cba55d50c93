import Bytes

/// Values of the LDAP syntax Integer (RFC 4517 §3.3.16) and Active Directory's large integers.
public enum LDAPInteger {
  /// The number that `bytes` spell: digits, perhaps after a minus sign. Nil for anything else, or
  /// when it does not fit.
  public static func parse(_ bytes: ByteView) -> Int64? {
    let isNegative = !bytes.isEmpty && bytes[0] == UInt8(ascii: "-")
    let digits = isNegative ? bytes.from(1) : bytes
    guard !digits.isEmpty else { return nil }
    var value: Int64 = 0
    for index in 0..<digits.count {
      guard digits[index].isASCIIDigit else { return nil }
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let digit = Int64(digits[index] - 0x30)
      // Towards the sign, so that the least number, which has no positive twin, is read as well.
      let (next, more) =
        isNegative ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
      if overflow || more { return nil }
      value = next
    }
    return value
  }
}

/// The bits of userAccountControl that rules look at (MS-ADTS §2.2.16).
public struct UserAccountControl: OptionSet, Sendable {
  /// The bits as a number.
  public let rawValue: UInt32

  /// The bits of `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The bits of an attribute's value, which is a signed number in decimal; nil when it is none.
  public init?(_ value: ByteView) {
    guard let number = LDAPInteger.parse(value), let bits = Int32(exactly: number) else {
      return nil
    }
    rawValue = UInt32(bitPattern: bits)
  }

  /// The account is disabled.
  public static let accountDisable = UserAccountControl(rawValue: 0x2)
  /// An ordinary account.
  public static let normalAccount = UserAccountControl(rawValue: 0x200)
  /// The account of a trust to another domain.
  public static let interdomainTrustAccount = UserAccountControl(rawValue: 0x800)
  /// A member computer's account.
  public static let workstationTrustAccount = UserAccountControl(rawValue: 0x1000)
  /// A domain controller's account.
  public static let serverTrustAccount = UserAccountControl(rawValue: 0x2000)
  /// Logging on needs a smartcard.
  public static let smartcardRequired = UserAccountControl(rawValue: 0x40000)
}
