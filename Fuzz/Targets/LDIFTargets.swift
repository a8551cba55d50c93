import Bytes
import Directory
import Intake
import LDIF
import System

extension FuzzTarget {
  static let ldif = [
    FuzzTarget("content", upTo: 600, words: ldifWords, content),
    FuzzTarget("changes", upTo: 600, words: ldifWords, changes),
    FuzzTarget("chunks", upTo: 400, words: ldifWords, chunks),
    FuzzTarget("intake", upTo: 400, words: ldifWords + formWords, intake),
  ]

  static let ldifWords = [
    "dn: ", "dn:: ", "changetype: ", "modify", "add: ", "delete: ", "replace: ", #"-\x0a"#,
    #"\x0a\x0a"#, #"\x0d\x0a"#, #"\x0a "#, "control: ", "version: 1", #"\xef\xbb\xbf"#, "newrdn: ",
    "deleteoldrdn: ", "newsuperior: ", "modrdn", ":< ", "# ", "userPassword", ";range=0-1",
    #"\x0a\x09"#, #"\x0d\x0d\x0a"#, #"\x0a \x0a"#, "_", "ref: ", "result: ", #"\xf6"#,
    "search: ", "result: 4 ", "ref: ldap://a/DC=b", "# refldap://a/DC=b", "# numEntries: ",
    "S-1-5-",
    ";vucsn-1", ";deleted",
  ]

  /// Attributes as a run needs them.
  private static let table: AttributeTable = {
    var table = AttributeTable()
    for name in [
      "cn", "sn", "mail", "objectClass", "proxyAddresses", "userPassword", "objectGUID",
      "objectSid",
      "mS-DS-ConsistencyGuid",
    ] {
      _ = table.need(name)
    }
    _ = table.need("member", .count)
    return table
  }()

  /// Records as they are copied into a patched export: written and read again, they are the same.
  private static func content(_ bytes: ByteView) throws(Broken) {
    let list = ContentReader.read(bytes)
    for error in list.errors { try expectShown(error.raw) }
    for var record in list.records {
      record.attributes.removeAll { $0.values.isEmpty }
      // As a first line it would make the record a change.
      if let first = record.attributes.first?.name.lowercased(),
        ["changetype", "control"].contains(first)
      {
        continue
      }
      var out = OutputBuffer()
      LDIFWriter().write(record, to: &out)
      let again = out.bytes.withByteView { ContentReader.read($0) }
      try expect(
        again.errors.isEmpty && again.records.count == 1 && again.records[0].dn == record.dn
          && again.records[0].attributes == record.attributes,
        "\(record) is read back as \(again)")
    }
  }

  /// A line in an error is short, and its secret is hidden.
  private static func expectShown(_ raw: [UInt8]) throws(Broken) {
    try expect(raw.count <= LDIFError.maximumRaw + 100, "\(raw.count) bytes of a line are shown")
    guard let masked = SecretLine.masked(raw) else { return }
    try expect(masked == raw, "a secret is shown: \(String(decoding: raw, as: UTF8.self))")
  }

  /// Patches: what is written of a record is read back the same.
  private static func changes(_ bytes: ByteView) throws(Broken) {
    let list = ChangeRecordReader.read(bytes)
    for error in list.errors { try expectShown(error.raw) }
    for var record in list.records {
      record.comments = []
      record.line = 1
      var out = OutputBuffer()
      LDIFWriter().write(record, to: &out)
      let again = out.bytes.withByteView { ChangeRecordReader.read($0) }
      try expect(
        again.errors.isEmpty && again.records == [record], "\(record) is read back as \(again)")
    }
  }

  /// Chunks of any size: the same records, errors and remarks as the bytes at once.
  private static func chunks(_ bytes: ByteView) throws(Broken) {
    guard let first = bytes.first else { return }
    let body = bytes.from(1)
    let whole = scanned(body)
    guard let file = file(body) else { return }
    for size in [16 + Int(first), 64] {
      let read = chunked(file, chunkSize: size, firstByte: 0)
      try expect(whole == read, "in chunks of \(size) bytes: \(read), at once: \(whole)")
    }
  }

  /// Sources of any form, which are recognised and converted: every place is one in the user's file.
  private static func intake(_ bytes: ByteView) throws(Broken) {
    guard let file = file(bytes),
      let source = try? Intake.open(file, spoolFolder: Spool.defaultFolder)
    else { return }
    _ = chunked(source.input.file, chunkSize: 64, firstByte: source.input.firstByte)
    for offset in stride(from: 0, through: source.input.file.size, by: 7) {
      guard let place = source.places.offset(of: offset) else { continue }
      try expect(
        // Of two bytes of UTF-16 the last may be missing.
        place >= 0 && place <= bytes.count + bytes.count % 2,
        "byte \(offset) is byte \(place) of \(bytes.count)")
    }
  }

  static func file(_ bytes: ByteView) -> ReadableFile? {
    guard let target = try? Spool.make(in: "/dev/shm") else { return nil }
    guard (try? Spool.write(bytes, to: target)) != nil else {
      Spool.close(target)
      return nil
    }
    return try? ReadableFile(adopting: target)
  }

  private static func scanned(_ bytes: ByteView) -> [[UInt8]] {
    var seen: [[UInt8]] = []
    var scanner = RecordScanner(table: table)
    let entry = Entry(table: table)
    var position = 0
    while position < bytes.count {
      let outcome = scanner.scan(bytes, at: position, offset: 0, isEnd: true, into: entry)
      seen += said(outcome, entry, scanner.remarks)
      guard scanner.next > position else { break }
      position = scanner.next
    }
    return seen
  }

  private static func chunked(_ file: ReadableFile, chunkSize: Int, firstByte: Int) -> [[UInt8]] {
    var seen: [[UInt8]] = []
    var reader = ChunkReader(
      file: file, table: table, firstByte: firstByte, chunkSize: chunkSize)
    let entry = Entry(table: table)
    for number in 0..<ChunkReader.chunkCount(size: file.size, chunkSize: chunkSize) {
      _ = try? reader.read(chunk: number, into: entry) { _, _, outcome, remarks in
        seen += said(outcome, entry, remarks)
        return true
      }
    }
    return seen
  }

  /// What a reader says of a block; nothing of one without a record.
  private static func said(
    _ outcome: RecordOutcome, _ entry: Entry, _ remarks: [RecordRemark]
  ) -> [[UInt8]] {
    switch outcome {
    case .nothing: return remarks.isEmpty ? [] : [Array("\(remarks)".utf8)]
    case .incomplete: return []
    case .change: return [Array("a change".utf8)]
    case .malformed(let error): return [Array("\(error)".utf8)]
    case .entry:
      var text: [UInt8] = entry.dn.array
      for (number, name) in table.names.enumerated() {
        let attribute = AttributeID(index: UInt16(number))
        text += Array(" \(name) \(entry.count(attribute))".utf8)
        for value in name == "member" ? [] : entry.values(attribute) {
          text.append(UInt8(ascii: " "))
          text += value.array
        }
      }
      if !remarks.isEmpty { text += Array("\(remarks)".utf8) }
      return [text]
    }
  }
}
