import Bytes
import System
import TestKit
import Testing

@testable import Intake

/// What is no LDIF is called by its name, and nothing that is LDIF is.
@Suite struct ForeignFormTests {
  private static let binaries: [(String, [UInt8])] = [
    ("PDF", "%PDF-1.7\n%âã\n1 0 obj\n".bytes), ("zip", [0x50, 0x4B, 3, 4, 20, 0, 0, 0]),
    ("xlsx", [0x50, 0x4B, 3, 4, 20, 0] + "[Content_Types].xml xl/workbook.xml".bytes),
    ("7-Zip", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4]), ("bzip2", "BZh91AY&SY".bytes),
    ("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 4]), ("zstd", [0x28, 0xB5, 0x2F, 0xFD, 4]),
    (
      "tar", "export.ldif".bytes + [UInt8](repeating: 0, count: 246) + "ustar\0dn: a\n\ndn: b".bytes
    ),
    ("OpenSSL", "Salted__".bytes + [1, 200, 3]), ("PGP", [0x85, 1, 0x0C, 3, 200]),
    ("PGP", "-----BEGIN PGP MESSAGE-----\n\nhQEM".bytes), ("SQLite", "SQLite format 3\0".bytes),
    ("ntds.dit", [1, 2, 3, 4, 0xEF, 0xCD, 0xAB, 0x89, 0x20, 6]),
    ("AD Explorer", "win-ad-ob\0".bytes + [1, 0, 1, 0]), ("EVTX", "ElfFile\0\0".bytes),
    ("OpenLDAP", [UInt8](repeating: 0, count: 16) + [0xDE, 0xC0, 0xEF, 0xBE, 1]),
    ("binary", [0x13, 0x00, 0x99, 0xFE, 0x00, 0x01, 0x0A, 0x64, 0x6E, 0x3A]),
    ("vCard", "BEGIN:VCARD\r\nVERSION:3.0\r\n".bytes),
    ("registry", "Windows Registry Editor Version 5.00\r\n".bytes),
  ]

  private static let texts: [(String, String)] = [
    ("csvde", "DN,objectClass,cn\n\"CN=A,DC=b\",user,A\n"),
    ("csvde", "DN;objectClass;cn\n"), ("with tabs", "DN\tobjectClass\tcn\n"),
    ("Export-Csv", "\"DistinguishedName\",\"Enabled\"\n\"CN=A,DC=b\",\"True\"\n"),
    ("Export-Csv", "#TYPE Microsoft.ActiveDirectory.Management.ADUser\n\"Name\",\"mail\"\n"),
    ("Export-Csv", "\"UserPrincipalName\"\n\"a@b.c\"\n"),
    ("semicolons", "Name;UserPrincipalName\na;a@b.c\n"),
    ("AdFind", "\"dn\",\"cn\"\n\"CN=a\",\"a\"\n"),
    ("IdFix", "DISTINGUISHEDNAME,OBJECTCLASS,ATTRIBUTE,ERROR,VALUE,UPDATE,ACTION\n"),
    ("decisions", "ACTION,NEWVALUE,dn,attribute,value,fingerprint\n"),
    ("JSON", "[\n  {\n    \"dn\": \"CN=a\"\n  }\n]\n"), ("JSON", "{\"value\": []}"),
    ("NDJSON", "{\"dn\":\"CN=a\"}\n{\"dn\":\"CN=b\"}\n"),
    ("XML", "<?xml version=\"1.0\"?>\n<users>\n"),
    ("Clixml", "<Objs Version=\"1.1.0.1\" xmlns=\"http://x\">\r\n"),
    ("DSML", "<?xml version=\"1.0\"?><dsml xmlns=\"http://www.dsml.org/DSML\">"),
    ("HTML", "<!DOCTYPE html>\n<html><pre>\ndn: CN=a\n</pre></html>"),
    ("Format-List", "\r\n\r\nDistinguishedName : CN=A,DC=b\r\nEnabled           : True\r\n"),
    ("Format-Table", "\nDistinguishedName Enabled\n----------------- -------\nCN=A,DC=b True\n"),
    ("AdFind", "\nAdFind V01.56.00cpp\n\nUsing server: dc1\n\ndn:CN=a\n>cn: a\n"),
    ("AdFind", "dn:CN=a,DC=b\n>objectClass: user\n"),
    ("dsquery", "\"CN=A,OU=Staff,DC=b\"\n\"CN=B,DC=b\"\n"),
    ("list of DNs", "CN=A,OU=Staff,DC=b\nCN=B,DC=b\n"),
    ("text", "Dear all,\n\nplease find the export attached.\n"),
  ]

  private func said(_ bytes: [UInt8]) throws -> String? {
    let source = try opened(bytes)
    if source.faults.isEmpty { return nil }
    #expect(source.input.file.size == 0)
    #expect(source.faults.count == 1)
    return source.faults[0].message
  }

  @Test(arguments: binaries.indices) func binaryFilesAreNamed(_ index: Int) throws {
    let (name, bytes) = Self.binaries[index]
    for form in [bytes, gzip(bytes)] {
      let sentence = try #require(try said(form), "\(name)")
      #expect(sentence.contains(name), "\(sentence)")
      #expect(!sentence.contains("\n"))
    }
  }

  @Test(arguments: texts.indices) func textsAreNamed(_ index: Int) throws {
    let (name, text) = Self.texts[index]
    let utf16 = utf16LE(text)
    let spellings = [
      text.bytes, text.replacing("\n", with: "\r\n").bytes, [0xEF, 0xBB, 0xBF] + text.bytes,
      text.replacing("\r", with: "").replacing("\n", with: "\r").bytes, utf16, gzip(utf16),
    ]
    for form in spellings {
      let sentence = try #require(try said(form), "\(name)")
      #expect(sentence.contains(name), "\(name): \(sentence)")
      #expect(sentence.contains("ldifde") || sentence.contains("FILE"))
    }
  }

  /// Comments, names and values may look like anything; the first record may be broken.
  @Test(arguments: [
    "", "\n\n", "# %PDF-1.4\n", "# {\n# <html>\ndn: a\n", "\n \n\n# x\n\nversion: 1\ndn: a\n",
    "version: 1\n\n# DN,objectClass\n", "dn: {\"a\": 1}\ncn: <html>\n", "description: %PDF-1.4\n",
    "dn: a\ndescription: ustar\n>x\n", "search: 2\nresult: 0 Success\n", "DN: CN=a\n",
    "dn:: YQ==\n",
    "Enter LDAP Password: \ndn: CN=a\ncn: b\n", "com\n\ndn: CN=a\n", "DC=com\n\ndn: a\n",
    "dn : CN=a\n", "_name: x\n\ndn: a\n", "PK: a\n", "BZh: a\n", "userPassword: S3CRET\n",
    "no colon\n\nDN:: YQ==\n", "cn;lang-de: x\n", "2.5.4.3: x\n", "#TYPE\ndn: a\n",
    "# {\n  continues: here\n",
  ]) func LDIFIsLDIF(_ text: String) throws {
    #expect(try said(text.bytes) == nil)
    #expect(try said(text.replacing("\n", with: "\r\n").bytes) == nil)
  }

  /// Whatever the bytes, the sentence is one line and shows none of them.
  @Test func sentencesAreOneLine() throws {
    var dice = Dice(12)
    for _ in 0..<2000 {
      let bytes = (0..<dice.roll(60)).map { _ in UInt8(dice.roll(256)) }
      guard let sentence = try said(bytes) else { continue }
      #expect(sentence.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }, "\(bytes)")
    }
  }
}
