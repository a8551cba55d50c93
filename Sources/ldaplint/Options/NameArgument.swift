import Bytes
import Directory
import Sync
import System
import Tables

/// A DN as an argument, or a file of DNs.
struct NameArgument {
  private let text: String
  private let fault: DistinguishedNameError?

  /// Takes `text`. What is a DN is one, whatever files there are.
  init(_ text: String) {
    self.text = text
    fault = Self.fault(text)
  }

  /// Whether it is a DN.
  var isName: Bool { fault == nil }

  /// Throws unless it is a DN.
  func refuseOther(option: String) throws {
    if let fault { throw Failure("\(option) \(text): \(fault)") }
  }

  /// Whether a file is meant.
  var isFile: Bool { fault != nil && ReadableFile.isRegular(path: text) }

  /// The DN, or those in the file: one a line, as `dsquery` prints them in quotation marks as well, or the
  /// column DistinguishedName of what PowerShell exports. Throws what `option` cannot mean.
  func names(option: String) throws -> [String] {
    guard let fault else { return [text] }
    guard isFile else { throw Failure("\(option) \(text): \(fault); nor is there such a file") }
    let bytes = try TenantOptions.contents(text, atMost: DomainList.maximumSize, option: option)
    let lines = try Self.lines(TextFile.utf8(bytes)) {
      Failure("\(option) \(text):\($0.line): \($0.reason)")
    }
    let names = try lines.map { line, name in
      let reason =
        name.unicodeScalars.contains("\u{FFFD}")
        ? "it is not UTF-8; save the file as UTF-8" : Self.fault(name)?.description
      guard let reason else { return name }
      throw Failure("\(option) \(text):\(line): \"\(name.prefix(80))\": \(reason)")
    }
    guard !names.isEmpty else { throw Failure("\(option) \(text): there is no DN in the file") }
    return names
  }

  private static func lines(
    _ text: [UInt8], _ failure: (RecordList.Malformed) -> Failure
  ) throws -> [(line: Int, name: String)] {
    let columns = ["distinguishedname", "dn"]
    let list: RecordList?
    do throws(RecordList.Malformed) {
      list = try RecordList(text, columns: columns)
    } catch {
      throw failure(error)
    }
    if let list {
      return list.records.map { ($0.line, ($0.field(columns) ?? $0.fields.first)?.text ?? "") }
    }
    return TextFile.lines(text).filter { !$0.isEmpty }.map { line in
      let name = line.text.filter { $0 != "\u{FEFF}" }
      let isQuoted = name.count > 1 && name.first == "\"" && name.last == "\""
      return (line.number, isQuoted ? String(name.dropFirst().dropLast()) : name)
    }
  }

  private static func fault(_ name: String) -> DistinguishedNameError? {
    do throws(DistinguishedNameError) {
      _ = try DistinguishedName(name)
      return nil
    } catch {
      return error
    }
  }
}
