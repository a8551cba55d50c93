import Bytes

/// CSV, by its first row: whose it is.
enum ForeignTable {
  /// The form of a table that begins with `header` and goes on with the row `second`, if there is one; nil
  /// when that is no row of names.
  static func recognised(header: ByteView, second: ByteView?) -> ForeignForm? {
    let separators: [UInt8] = [0x2C, 0x3B, 0x09]
    guard
      let separator = separators.max(by: { count($0, header) < count($1, header) }),
      count(separator, header) > 0 || header.first == 0x22,
      second.map({ count(separator, $0) > 0 || $0.first == 0x22 }) ?? true
    else { return nil }
    let names = header.split(separator: separator).map { cell in
      String(decoding: cell, as: UTF8.self).lowercased()
        .filter { $0 != "\"" && $0 != " " && $0 != "\r" }
    }
    let areNames = names.allSatisfy { name in
      !name.isEmpty
        && name.utf8.allSatisfy {
          $0.isASCIILetter || $0.isASCIIDigit || [0x2D, 0x5F, 0x2E].contains($0)
        }
    }
    guard areNames, !names.isEmpty else { return nil }
    return named(Set(names), first: names[0], isQuoted: header.first == 0x22, separator: separator)
  }

  private static func count(_ separator: UInt8, _ line: ByteView) -> Int {
    line.count { $0 == separator }
  }

  private static func named(
    _ names: Set<String>, first: String, isQuoted: Bool, separator: UInt8
  ) -> ForeignForm {
    if names.isSuperset(of: ["fingerprint", "newvalue"]) {
      return ForeignForm(
        what: "a decisions file",
        way: "it goes with the export that it was made of: ldaplint fix EXPORT --decisions FILE")
    }
    if names.isSuperset(of: ["distinguishedname", "attribute", "error", "value"]) {
      return ForeignForm(
        what: "CSV, as IdFix exports it",
        way: "it goes with an export of the directory: ldaplint fix EXPORT --decisions FILE")
    }
    if first == "dn" {
      return csv(isQuoted ? "AdFind -csv writes" : "csvde writes", separator)
    }
    let marks: Set = ["distinguishedname", "samaccountname", "userprincipalname"]
    return names.isDisjoint(with: marks) ? csv(nil, separator) : powerShell(separator: separator)
  }

  /// What PowerShell's cmdlet writes, with `separator` between cells.
  static func powerShell(separator: UInt8) -> ForeignForm {
    csv("PowerShell's Export-Csv writes", separator)
  }

  private static func csv(_ writer: String?, _ separator: UInt8) -> ForeignForm {
    var what = "CSV"
    if separator == 0x3B { what += " with semicolons" }
    if separator == 0x09 { what += " with tabs" }
    if let writer { what += ", as \(writer) it" }
    return ForeignForm(what: what, way: "CSV is not read yet; \(ForeignForm.export)")
  }
}
