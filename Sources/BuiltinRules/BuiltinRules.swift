/// The packs of the repository's `rules` folder, embedded when the program is built.
///
/// Both tables go from a pack's name to its files, `pack.yaml` and `<rule-name>.yaml`, and from a
/// file's name to its archive (`NodeArchive` in RuleNodes). Adding a file to `rules` needs no edit
/// here: the build plugin EmbedRules writes the tables. The link `rules` beside this file leads to
/// that folder because SwiftPM watches the folders of targets only.
public enum BuiltinRules {
  /// What a run needs: every file without `why`, `references` and `examples`.
  public static var packs: [String: [String: String]] { embeddedPacks }

  /// Every file as it is, for `explain`, the documentation and the example tests.
  public static var documents: [String: [String: String]] { embeddedDocuments }
}
