import Bytes

/// Files that are known by the bytes at a certain place of theirs.
enum ForeignMagic {
  /// A line each: offset, bytes, what it is, and what to do; without that, an export is what helps.
  private static let table: StaticString = """
    0 25504446|a PDF document
    0 504B0304|a zip archive|unpack it first: unzip -p FILE | ldaplint check -
    0 504B0506|an empty zip archive
    0 377ABCAF271C|a 7-Zip archive|unpack it first: 7z x -so FILE | ldaplint check -
    0 425A68|a file packed with bzip2|unpack it first: bzip2 -dc FILE | ldaplint check -
    0 FD377A585A00|a file packed with xz|unpack it first: xz -dc FILE | ldaplint check -
    0 5D00008000|a file packed with LZMA|unpack it first: xz -dc FILE | ldaplint check -
    0 28B52FFD|a file packed with zstd|unpack it first: zstd -dc FILE | ldaplint check -
    0 04224D18|a file packed with LZ4|unpack it first: lz4 -dc FILE | ldaplint check -
    0 1F9D|a file packed with compress|unpack it first: gzip -dc FILE | ldaplint check -
    0 1F8B|a file packed with gzip many times over|unpack it first: gzip -dc FILE
    0 526172211A07|a RAR archive|unpack it first, as with unrar
    0 4D534346|a cabinet (CAB)|unpack it first, on Windows with expand
    257 7573746172|a tar archive|unpack it first: tar -xf FILE
    0 53616C7465645F5F|a file encrypted with OpenSSL|decrypt it first: openssl enc -d …
    0 2D2D2D2D2D424547494E20504750|a file encrypted or signed with PGP|decrypt it first: gpg -d FILE | ldaplint check -
    0 8501|a file encrypted with PGP|decrypt it first: gpg -d FILE | ldaplint check -
    0 8502|a file encrypted with PGP|decrypt it first: gpg -d FILE | ldaplint check -
    0 8503|a file encrypted with PGP|decrypt it first: gpg -d FILE | ldaplint check -
    0 8C0D04|a file encrypted with PGP|decrypt it first: gpg -d FILE | ldaplint check -
    0 6167652D656E6372797074696F6E|a file encrypted with age|decrypt it first: age -d FILE | ldaplint check -
    0 2D2D2D2D2D424547494E20|a certificate, key or message (PEM)
    0 53514C69746520666F726D6174203300|a SQLite database
    4 EFCDAB89|an ESE database, as ntds.dit is|mount it: dsamain -dbpath FILE -ldapport 3890, then ldifde -f export.ldif -u -s localhost -t 3890
    0 77696E2D61642D6F62|a snapshot of AD Explorer
    16 DEC0EFBE|a database of OpenLDAP (data.mdb)|export it: slapcat > export.ldif
    0 5444422066696C65|a database of Samba|export it: ldbsearch -H FILE > export.ldif
    12 62310500|a Berkeley database, as directory servers have|export it: db2ldif, dsconf … backend export, or slapcat
    12 61150600|a Berkeley database, as directory servers have|export it: db2ldif, dsconf … backend export, or slapcat
    0 456C6646696C6500|an event log of Windows (EVTX)
    0 72656766|a hive of the registry of Windows
    0 57696E646F777320526567697374727920456469746F72|an export of the registry of Windows
    0 52454745444954|an export of the registry of Windows
    0 D0CF11E0A1B11AE1|an old document of Excel, Word or Outlook
    0 89504E470D0A1A0A|a picture (PNG)
    0 FFD8FF|a picture (JPEG)
    0 47494638|a picture (GIF)
    0 7F454C46|a program
    0 7B5C727466|a text document (RTF)
    0 424547494E3A5643415244|business cards (vCard)
    0 424547494E3A5643414C454E444152|a calendar (iCalendar)
    """

  /// The form of a file that begins with `head`; nil when none of these is known by it.
  static func recognised(_ head: ByteView) -> ForeignForm? {
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]), let form = document(head) { return form }
    for line in ByteView(table).split(separator: 0x0A) {
      let parts = String(decoding: line, as: UTF8.self).split(separator: "|", maxSplits: 2)
      let place = parts[0].split(separator: " ")
      guard let offset = Int(place[0]), matches(head, offset, place[1].utf8) else { continue }
      return ForeignForm(
        what: String(parts[1]),
        way: parts.count > 2 ? String(parts[2]) : nil)
    }
    return nil
  }

  /// Whether `head` has the bytes that `digits` spell at `offset`.
  private static func matches(_ head: ByteView, _ offset: Int, _ digits: Substring.UTF8View) -> Bool
  {
    var place = offset
    var high: UInt8?
    for digit in digits {
      let value = digit.asciiHexadecimalValue ?? 0
      guard let first = high else {
        high = value
        continue
      }
      guard place < head.count, head[place] == first << 4 | value else { return false }
      place += 1
      high = nil
    }
    return true
  }

  /// The document that a zip archive is.
  private static func document(_ head: ByteView) -> ForeignForm? {
    let names = head.string
    if names.contains("xl/") || names.contains("opendocument.spreadsheet") {
      return ForeignForm(what: "a spreadsheet (xlsx)")
    }
    return names.contains("word/") || names.contains("opendocument.text")
      ? ForeignForm(what: "a text document (docx)") : nil
  }
}
