import Bytes
import CZlib

/// The packs of the repository's `rules` folder, embedded when the program is built.
///
/// They are packed: as texts they were a million bytes. Both tables go from a pack's name to its
/// files, `pack.yaml` and `<rule-name>.yaml`, and from a
/// file's name to its archive (`NodeArchive` in RuleNodes). Adding a file to `rules` needs no edit
/// here: the build plugin EmbedRules writes the tables. The link `rules` beside this file leads to
/// that folder because SwiftPM watches the folders of targets only.
public enum BuiltinRules {
  /// What a run needs: every file without `why`, `references` and `examples`.
  public static let packs = unpacked(embeddedPacks, embeddedPacksLength)

  /// Every file as it is, for `explain`, the documentation and the example tests.
  public static let documents = unpacked(embeddedDocuments, embeddedDocumentsLength)

  /// The files in `text`, whose table has `count` bytes: one after the other, a line with pack, file
  /// and length, then its archive.
  private static func unpacked(
    _ text: StaticString, _ count: Int
  ) -> [String: [String: String]] {
    let arena = ByteArena(blockSize: count)
    guard let packed = Base64.decode(ByteView(text), into: arena) else { return [:] }
    var bytes = [UInt8](repeating: 0, count: count)
    var length = UInt(count)
    let code = unsafe uncompress(&bytes, &length, packed.unsafeBase, UInt(packed.count))
    guard code == Z_OK, length == bytes.count else { return [:] }
    var documents: [String: [String: String]] = [:]
    var rest = bytes[...]
    while let end = rest.firstIndex(of: 0x0A) {
      let head = String(decoding: rest[..<end], as: UTF8.self).split(separator: "/")
      guard head.count == 3, let count = Int(head[2]) else { return documents }
      let archive = rest[(end + 1)..<(end + 1 + count)]
      documents[String(head[0]), default: [:]][String(head[1])] = String(
        decoding: archive, as: UTF8.self)
      rest = rest[(end + 1 + count)...]
    }
    return documents
  }
}
