/// How an attribute's values are to be read.
struct AttributeSyntax: Sendable {
  /// The attribute's name as the schema spells it.
  var name: String
  /// The type of its values.
  var type: ExpressionType
}

/// The attributes whose types are known: MS-ADA1 to 3, Exchange's and Skype's schema additions.
enum AttributeSyntaxes {
  /// The attribute called `name`, whatever its case.
  static func find(_ name: String) -> AttributeSyntax? { table[name.lowercased()] }

  /// All names, in order, for suggestions.
  static let names: [String] = table.values.map(\.name).sorted()

  private static let table: [String: AttributeSyntax] = {
    var table: [String: AttributeSyntax] = [:]
    func add(_ names: String, _ kind: ExpressionType.Kind, multi: Bool = false) {
      for name in names.split(whereSeparator: \.isWhitespace).map(String.init) {
        let type = ExpressionType(kind, isMultiValued: multi)
        table[name.lowercased()] = AttributeSyntax(name: name, type: type)
      }
    }
    add(strings, .string)
    add(stringLists, .string, multi: true)
    add(numbers, .number)
    add(booleans, .bool)
    add(binaries, .binary)
    add(binaryLists, .binary, multi: true)
    add(references, .reference)
    add(referenceLists, .reference, multi: true)
    for number in 1...15 { add("extensionAttribute\(number)", .string) }
    for number in 1...20 { add("msDS-cloudExtensionAttribute\(number)", .string) }
    for number in 1...5 { add("msExchExtensionCustomAttribute\(number)", .string, multi: true) }
    return table
  }()

  private static let strings = """
    adminDescription adminDisplayName c cn co comment company department
    displayName displayNamePrintable division dNSHostName employeeID employeeNumber employeeType
    facsimileTelephoneNumber generationQualifier givenName homeDirectory homeDrive homePhone info
    initials ipPhone l legacyExchangeDN mail mailNickname middleName mobile msDS-PhoneticDisplayName
    msDS-PhoneticFirstName msDS-PhoneticLastName msDS-PhoneticDepartment msDS-PhoneticCompanyName
    msDS-ExternalDirectoryObjectId msExchAssistantName msExchHouseIdentifier msExchUsageLocation
    msRTCSIP-Line msRTCSIP-PrimaryUserAddress name o operatingSystem operatingSystemVersion pager
    personalTitle physicalDeliveryOfficeName postalAddress postalCode preferredLanguage
    sAMAccountName scriptPath profilePath sn st street streetAddress targetAddress telephoneAssistant
    telephoneNumber textEncodedORAddress title userPrincipalName wWWHomePage whenChanged whenCreated msRTCSIP-DeploymentLocator

    """
  private static let stringLists = """
    altSecurityIdentities description extensionName msExchLabeledURI msExchPoliciesExcluded
    msExchPoliciesIncluded msExchSenderHintTranslations objectClass otherFacsimileTelephoneNumber
    otherHomePhone otherIpPhone otherMailbox otherMobile otherPager otherTelephone ou postOfficeBox
    proxyAddresses registeredAddress servicePrincipalName uid url userWorkstations
    """
  private static let numbers = """
    accountExpires adminCount badPwdCount badPasswordTime codePage countryCode groupType
    instanceType lastLogoff lastLogon lastLogonTimestamp localPolicyFlags lockoutTime logonCount
    msDS-HABSeniorityIndex msDS-SupportedEncryptionTypes msDS-User-Account-Control-Computed
    msExchArchiveStatus msExchELCMailboxFlags msExchModerationFlags msExchRecipientDisplayType
    msExchRecipientTypeDetails msExchRemoteRecipientType msExchResourceCapacity
    msExchVersion msRTCSIP-OptionFlags
    primaryGroupID pwdLastSet sAMAccountType systemFlags userAccountControl uSNChanged uSNCreated
    """
  private static let booleans = """
    isCriticalSystemObject isDeleted isRecycled msExchHideFromAddressLists msExchEnableModeration
    msExchBypassAudit msExchLitigationHoldEnabled msRTCSIP-UserEnabled reportToOriginator
    reportToOwner oOFReplyToOriginator msExchRequireAuthToSendTo showInAdvancedViewOnly msDS-UserAccountDisabled
    """
  private static let binaries = """
    objectGUID objectSid mS-DS-ConsistencyGuid msExchArchiveGUID msExchBlockedSendersHash
    msExchMailboxGuid msExchMasterAccountSid msExchSafeRecipientsHash msExchSafeSendersHash
    msRTCSIP-OriginatorSid nTSecurityDescriptor thumbnailLogo thumbnailPhoto logonHours
    """
  private static let binaryLists = """
    audio jpegPhoto photo sIDHistory userCertificate userSMIMECertificate userPassword unicodePwd

    """
  private static let references = """
    altRecipient assistant distinguishedName homeMDB homeMTA lastKnownParent managedBy manager
    msDS-AssignedAuthNPolicy objectCategory
    """
  private static let referenceLists = """
    authOrig directReports dLMemDefault dLMemRejectPerms dLMemSubmitPerms member memberOf
    managedObjects msDS-KeyCredentialLink msExchCoManagedByLink msExchDelegateListLink publicDelegates
    secretary showInAddressBook unauthOrig
    """
}
