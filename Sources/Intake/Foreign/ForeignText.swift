import Bytes
import LDIF

/// The beginning of a file as text: what its lines look like.
struct ForeignText {
  private let head: ByteView
  /// The lines that are neither empty nor comments, in order: the first few.
  private var lines: [ByteView] = []
  /// The first line of all that is not empty.
  private var firstLine = ByteView.empty

  private static let maximumLines = 3

  init(_ head: ByteView) {
    self.head = head.from(head.byteOrderMarkLength)
    var rest = self.head
    var isComment = false
    while !rest.isEmpty, lines.count < Self.maximumLines {
      let end = rest.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? rest.count
      let line = rest.upTo(end)
      rest = rest.from(min(end + 1, rest.count))
      guard !line.trimmed.isEmpty else { continue }
      if firstLine.isEmpty { firstLine = line }
      // A comment goes on in lines that begin with a blank.
      isComment = line[0] == 0x23 || isComment && line[0] == 0x20
      if !isComment { lines.append(line) }
    }
  }

  /// Whether there is nothing to tell a form by.
  var isEmpty: Bool { lines.isEmpty && !firstLine.starts(with: Self.typeMark) }

  private static let typeMark = Array("#TYPE ".utf8)

  /// The first line that is neither empty nor a comment.
  private var first: ByteView { lines.first ?? .empty }

  /// Whether it begins as LDIF does: with the name of an attribute and a colon. The names of other
  /// forms that do so are known.
  var beginsAsLDIF: Bool {
    guard let colon = first.firstIndex(of: 0x3A), colon > 0 else { return false }
    let name = first.upTo(colon)
    let isName = name.allSatisfy {
      $0.isASCIILetter || $0.isASCIIDigit || [0x2D, 0x2E, 0x3B, 0x5F, 0x3D].contains($0)
    }
    guard isName || name.trimmed.equalsIgnoringASCIICase("dn") else { return false }
    // AdFind writes the names of values behind ">".
    return !name.equalsIgnoringASCIICase("BEGIN") && !(lines.count > 1 && lines[1].first == 0x3E)
  }

  /// Whether a line begins with `dn:`.
  var hasEntry: Bool {
    var rest = head
    while !rest.isEmpty {
      if rest.beginsRecord { return !isBinary }
      guard let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return false }
      rest = rest.from(end + 1)
    }
    return false
  }

  /// Whether it is no text: with zeros in it, or many other control characters.
  var isBinary: Bool {
    let sample = head.upTo(min(head.count, 1024))
    let controls = sample.count { $0 < 0x20 && !$0.isASCIIWhiteSpace && $0 != 0x1B }
    return sample.contains(0) || controls * 20 > sample.count
  }

  /// The form that its first lines have for certain.
  var recognised: ForeignForm? {
    switch first.first {
    case 0x7B, 0x5B: return json
    case 0x3C: return markup
    default: break
    }
    if first.starts(with: Array("AdFind V".utf8)) || lines.count > 1 && lines[1].first == 0x3E {
      return ForeignForm(what: "the output of AdFind")
    }
    if first.first == 0x22, let name = first.from(1).firstIndex(of: 0x3D),
      name < (first.from(1).firstIndex { $0 == 0x22 || $0 == 0x2C } ?? first.count)
    {
      return ForeignForm(what: "a list of DNs, as dsquery writes it")
    }
    if firstLine.starts(with: Self.typeMark) { return ForeignTable.powerShell(separator: 0x2C) }
    if lines.count > 1, Self.isRuler(lines[1]) {
      return ForeignForm(what: "a table printed by PowerShell (Format-Table)")
    }
    return nil
  }

  /// The form of what could as well be the beginning of broken LDIF.
  var table: ForeignForm? {
    if let colon = first.firstIndex(of: 0x3A), colon > 1, first[colon - 1] == 0x20,
      first.upTo(colon).trimmed.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x2D })
    {
      return ForeignForm(what: "a list printed by PowerShell (Format-List)")
    }
    if let form = ForeignTable.recognised(header: first, second: lines.dropFirst().first) {
      return form
    }
    guard first.starts(with: Array("CN=".utf8)) || first.starts(with: Array("uid=".utf8)) else {
      return nil
    }
    return ForeignForm(what: "a list of DNs without their attributes")
  }

  private var json: ForeignForm {
    // An object that ends in its line, and another in the next.
    let isByLine =
      first.trimmed.last == 0x7D && lines.count > 1 && lines[1].first == 0x7B
    return ForeignForm(what: isByLine ? "NDJSON (a JSON object a line)" : "JSON")
  }

  private var markup: ForeignForm {
    let start = head.upTo(min(head.count, 2048)).string.lowercased()
    if start.contains("<html") || start.contains("<!doctype html") {
      return ForeignForm(what: "a web page (HTML)")
    }
    if start.contains("<objs") {
      return ForeignForm(what: "XML, as PowerShell's Export-Clixml writes it")
    }
    return ForeignForm(what: start.contains("dsml") ? "DSML (XML)" : "XML")
  }

  /// Whether `line` underlines the heads of columns.
  private static func isRuler(_ line: ByteView) -> Bool {
    line.contains(0x2D) && line.trimmed.allSatisfy { $0 == 0x2D || $0 == 0x20 }
  }
}
