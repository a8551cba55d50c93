import Foundation
import Testing

/// What the commands of docs/scanning.md, "Getting an export", write: the same user with the same error, in
/// the form of each tool.
@Suite struct ExportFormTests {
  private static let values = """
    objectClass: top
    objectClass: person
    objectClass: organizationalPerson
    objectClass: user
    cn: Ann Berg
    sAMAccountName: ann
    userPrincipalName: ann@contoso.local
    """
  private static let entry = "dn: CN=Ann Berg,OU=Staff,DC=contoso,DC=com\n\(values)\n"

  struct Form: CustomTestStringConvertible {
    var testDescription: String
    var bytes: Data

    init(_ name: String, _ text: String) { (testDescription, bytes) = (name, Data(text.utf8)) }
  }

  private static let ldifde = """
    dn: CN=Ann Berg,OU=Staff,DC=contoso,DC=com
    changetype: add
    \(values)


    """.replacing("\n", with: "\r\n")

  static let forms: [Form] = {
    var unicode = Form("ldifde -u", "")
    unicode.bytes = "\u{FEFF}\(ldifde)".data(using: .utf16LittleEndian) ?? Data()
    return [
      Form("ldapsearch -LLL", entry + "\n"), Form("ldifde", ldifde), unicode,
      Form(
        "ldapsearch",
        """
        # extended LDIF
        #
        # LDAPv3
        # base <DC=contoso,DC=com> with scope subtree
        # filter: (objectClass=*)
        # requesting: ALL
        #

        # Ann Berg, Staff, contoso.com
        \(entry)
        # search reference
        ref: ldap://contoso.com/CN=Configuration,DC=contoso,DC=com

        # search result
        search: 2
        result: 0 Success

        # numResponses: 3
        # numEntries: 1
        # numReferences: 1

        """),
      Form(
        "ldbsearch",
        "# record 1\n\(entry)distinguishedName: CN=Ann Berg,OU=Staff,DC=contoso,DC=com\n\n"
          + "# returned 1 records\n# 1 entries\n# 0 referrals\n"),
      Form(
        "slapcat",
        "\(entry)structuralObjectClass: user\nentryUUID: 2a4a3f5c-1111-4222-8333-944445555666\n"
          + "creatorsName: cn=admin,dc=contoso,dc=com\ncreateTimestamp: 20260101000000Z\n"
          + "entryCSN: 20260101000000.000000Z#000000#000#000000\n\n"),
      Form(
        "db2ldif",
        "version: 1\n\n# entry-id: 7\n\(entry)nsUniqueId: 5b1a2c3d-11112222-33334444-55556666\n\n"),
    ]
  }()

  @Test(arguments: forms) func itIsRead(_ form: Form) throws {
    let place = try Workplace()
    try place.write(form.bytes, to: "export.ldif")
    let outcome = try place.run("check", "export.ldif", "--directory", "ad")
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(outcome.output.contains("UPN006"))
    #expect(outcome.output.contains("1 error"))
  }
}
