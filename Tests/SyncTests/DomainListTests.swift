import Bytes
import Directory
import TestKit
import Testing

@testable import Sync

@Suite struct DomainListTests {
  private func read(_ bytes: [UInt8]) throws(DomainList.Malformed) -> DomainList {
    try DomainList(bytes, .shipped)
  }

  private func utf16(_ text: String) -> [UInt8] {
    [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }

  /// `contoso.com` and `fabrikam.com`, in all that lists of names look like.
  @Test(arguments: [
    "contoso.com\nfabrikam.com\n", "contoso.com,fabrikam.com", "contoso.com; fabrikam.com;",
    "\"contoso.com\",\"fabrikam.com\"\r\n", "  contoso.com\tfabrikam.com  ",
    "# ours\ncontoso.com # first\n; second\nFABRIKAM.COM",
    "\u{FEFF}contoso.com\r\n\u{FEFF}fabrikam.com\r\n",
    "'contoso.com'\n'fabrikam.com'", "contoso.com\rfabrikam.com\r",
    "[\"contoso.com\",\"fabrikam.com\"]",
    "\"contoso.com\"\n\"fabrikam.com\"\n", "Id\ncontoso.com\nfabrikam.com\n",
    "Result\n------------\ncontoso.com\nfabrikam.com\n",
  ])
  func listsOfNamesAreRead(_ text: String) throws {
    for bytes in [text.bytes, utf16(text)] {
      let list = try read(bytes)
      #expect(list.verified == ["contoso.com", "fabrikam.com"])
      #expect(list.unverified == 0 && list.initial == nil)
    }
  }

  /// `contoso.com` and the initial domain are verified, `wait.com` is not.
  static let exports: [String] = [
    // Microsoft Graph: the answer, its array, an object a line.
    """
    {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#domains","value":[
    {"authenticationType":"Managed","id":"contoso.com","isInitial":false,"isVerified":true,"supportedServices":["Email"],"state":null},
    {"id":"contoso.onmicrosoft.com","isInitial":true,"isVerified":true},
    {"id":"wait.com","isInitial":false,"isVerified":false}]}
    """,
    """
    {"Id":"contoso.com","IsVerified":true,"IsInitial":false}
    {"Id":"contoso.onmicrosoft.com","IsVerified":true,"IsInitial":true}
    {"Id":"wait.com","IsVerified":false,"IsInitial":false}
    """,
    // Get-MgDomain | Export-Csv of Windows PowerShell 5.1, and as spreadsheets save it.
    """
    #TYPE Microsoft.Graph.PowerShell.Models.MicrosoftGraphDomain
    "AuthenticationType","Id","IsInitial","IsVerified","SupportedServices"
    "Managed","contoso.com","False","True","System.String[]"
    "Managed","contoso.onmicrosoft.com","True","True","System.String[]"
    "Managed","wait.com","False","False","System.String[]"
    """,
    "Id;IsInitial;IsVerified\r\ncontoso.com;FALSE;TRUE\r\ncontoso.onmicrosoft.com;TRUE;TRUE\r\nwait.com;FALSE;FALSE\r\n",
    // Get-MsolDomain and Get-AzureADDomain.
    """
    Name                    Status     Authentication IsInitial
    ----                    ------     -------------- ---------
    contoso.com             Verified   Managed        False
    contoso.onmicrosoft.com Verified   Managed        True
    wait.com                Unverified Managed        False
    """,
    "\"Name\",\"IsVerified\",\"IsInitial\"\n\"contoso.com\",\"True\",\"False\"\n\"contoso.onmicrosoft.com\",\"True\",\"True\"\n\"wait.com\",\"False\",\"False\"\n",
    // Format-List.
    """

    AuthenticationType : Managed
    Id                 : contoso.com
    IsInitial          : False
    IsVerified         : True

    AuthenticationType : Managed
    Id                 : contoso.onmicrosoft.com
    IsInitial          : True
    IsVerified         : True

    Id                 : wait.com
    IsInitial          : False
    IsVerified         : False

    """,
  ]

  @Test(arguments: exports) func exportsAreRead(_ text: String) throws {
    for bytes in [text.bytes, utf16(text)] {
      let list = try read(bytes)
      #expect(list.verified == ["contoso.com", "contoso.onmicrosoft.com"])
      #expect(list.unverified == 1)
      #expect(list.initial == "contoso.onmicrosoft.com")
    }
  }

  /// Exchange accepts no domain that is not verified; its Name is a label.
  @Test func acceptedDomainsAreVerified() throws {
    let list = try read(
      """
      Name        DomainName              DomainType    Default
      ----        ----------              ----------    -------
      Head office contoso.com             Authoritative True
      Old         fabrikam.com            InternalRelay False
      """.bytes)
    #expect(list.verified == ["contoso.com", "fabrikam.com"])
  }

  @Test(arguments: [
    ("contoso.com\n*.contoso.com\n", 2, "perhaps contoso.com"),
    ("@contoso.com", 1, "perhaps contoso.com"), ("contoso", 1, "\"contoso\""),
    ("https://contoso.com/", 1, "perhaps contoso.com"), ("contoso.local", 1, "\"contoso.local\""),
    ("\"Id\",\"IsVerified\"\n\"contoso\",\"True\"\n", 2, "\"contoso\""),
    ("\"Id\",\"IsVerified\"\n\"contoso.com\",\"WAHR\"\n", 2, "WAHR"),
    ("Id    IsDefault\n--    ---------\na.com True", 3, "IsVerified"),
    ("Name   Status\n----   ------\na.com  Healthy", 3, "Healthy"),
    ("Owner,IsVerified\nme,True\n", 2, "Id, Name or DomainName"),
    ("Id       IsVerified\n--       ----------\nconto… True\n", 3, "cut off"),
    ("Id       IsVerified\n--       ----------\nconto...  True\n", 3, "cut off"),
    ("Id       IsDef… IsVeri…\n--       ------ -------\na.com    True   True\n", 3, "IsVerified"),
    ("{\"error\":{\"code\":\"Denied\"}}", 1, "Id, Name or DomainName"),
    ("[{\"id\":\"contoso.com\",\"isVerified\":true}", 1, "JSON"),
    ("{\"@odata.nextLink\":\"x\",\"value\":[]}", 1, "nextLink"),
    ("<?xml version=\"1.0\"?>", 1, "XML"), ("<Objs Version=\"1.1\">", 1, "XML"),
    ("dn: CN=Ann,DC=contoso,DC=com\n", 1, "dn:"),
    ("Id,IsVerified,IsInitial\na.com,True,True\n", 2, "no initial domain"),
  ])
  func whatIsNoDomainIsRefusedWithItsLine(_ text: String, _ line: Int, _ says: String) throws {
    for bytes in [text.bytes, utf16(text)] {
      let error = #expect(throws: DomainList.Malformed.self) { try read(bytes) }
      let fault = try #require(error)
      #expect(fault.line == line, "\(fault.reason)")
      #expect(says.isEmpty || fault.reason.contains(says), "\(fault.reason)")
      #expect(fault.reason.utf8.count < 300)
    }
  }

  @Test(arguments: ["", "\n", "# none\n", "[]", "{\"value\":[]}", "Id,IsVerified\na.com,False\n"])
  func aListWithoutAVerifiedDomainIsRefused(_ text: String) throws {
    let error = #expect(throws: DomainList.Malformed.self) { try read(text.bytes) }
    #expect(try #require(error).line == nil)
  }

  @Test func domainsInUnicodeAreThoseOfTheDNS() throws {
    #expect(try read("M\u{DC}LLER.de\n".bytes).verified == ["xn--mller-kva.de"])
    #expect(try TenantDomain("xn--mller-kva.de", .shipped).name == "xn--mller-kva.de")
    var tenant = TenantSettings()
    tenant.verifiedDomains = ["xn--mller-kva.de"]
    let domains = ObjectView(SyncModel.of(tenant)).domains
    for name in ["m\u{FC}ller.de", "M\u{DC}ller.DE", "xn--mller-kva.de", "XN--MLLER-KVA.de"] {
      #expect(name.withByteView { domains.facts($0).contains(.isVerified) }, "\(name)")
    }
    #expect("muller.de".withByteView { !domains.facts($0).contains(.isVerified) })
  }

  @Test(arguments: [
    "contoso.onmicrosoft.com", "Contoso.OnMicrosoft.com", "contoso.onmicrosoft.us",
    "contoso.partner.onmschina.cn", "contoso.onmicrosoft.de", "a-1.onmicrosoft.com",
  ])
  func initialDomainsAreTaken(_ text: String) throws {
    #expect(try InitialDomain(text).name == text.lowercased())
  }

  @Test(arguments: [
    ("contoso.com", "such as"), ("contoso", "perhaps contoso.onmicrosoft.com"), ("", "such as"),
    ("contoso.mail.onmicrosoft.com", "perhaps contoso.onmicrosoft.com"),
    ("admin@contoso.onmicrosoft.com", "perhaps contoso.onmicrosoft.com"),
    ("https://contoso.onmicrosoft.us/", "perhaps contoso.onmicrosoft.us"),
    (".onmicrosoft.com", "such as"), ("onmicrosoft.com", "such as"),
    ("-a.onmicrosoft.com", "such as"),
    ("contoso.onmicrosoft.com.", "perhaps contoso.onmicrosoft.com"), ("a b", "such as"),
  ])
  func whatIsNoInitialDomainIsRefused(_ text: String, _ says: String) throws {
    let error = #expect(throws: TenantDomain.Fault.self) { try InitialDomain(text) }
    #expect(try #require(error).reason.contains(says), "\(String(describing: error))")
  }

  /// Whatever the file has become, no name is taken that is no domain.
  @Test(arguments: exports + ["contoso.com, fabrikam.com # ours\n"])
  func everyBeginningAndEveryChangedByteIsReadOrRefused(_ text: String) throws {
    func check(_ bytes: [UInt8]) throws {
      guard let list = try? read(bytes) else { return }
      for name in list.verified { _ = try TenantDomain(verified: name) }
    }
    let bytes = text.bytes
    for count in bytes.indices { try check(Array(bytes[..<count])) }
    var dice = Dice(41)
    for index in bytes.indices {
      for byte in [0, 0x0A, 0x20, 0x22, 0x2C, 0x2D, 0x3A, 0x7B, 0x80, 0xFF, UInt8(dice.roll(256))] {
        var changed = bytes
        changed[index] = byte
        try check(changed)
      }
    }
  }
}
