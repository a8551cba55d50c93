/// `pattern`: texts that the part must not begin with, end with, contain or match.
package struct PatternSpec: CheckSpec, Equatable {
  /// Texts it must not begin with.
  package var forbidStart: [String] = []
  /// Texts it must not end with.
  package var forbidEnd: [String] = []
  /// Texts it must not contain.
  package var forbidInside: [String] = []
  /// A regular expression that must not match anywhere.
  package var forbidMatch: String?
  /// A regular expression that must match the whole part.
  package var requireMatch: String?

  /// A spec that forbids nothing.
  package init() {}

  static let kind = CheckKind(
    "pattern",
    keys: ["forbid-start", "forbid-end", "forbid-inside", "forbid-match", "require-match"],
    read: read)

  @Sendable private static func read(_ parameters: inout CheckParameters) -> (any CheckSpec)? {
    guard parameters.count > 0 else {
      parameters.missing(kind.keys.joined(separator: ", "))
      return nil
    }
    var spec = PatternSpec()
    spec.forbidStart = parameters.texts("forbid-start") ?? []
    spec.forbidEnd = parameters.texts("forbid-end") ?? []
    spec.forbidInside = parameters.texts("forbid-inside") ?? []
    spec.forbidMatch = parameters.text("forbid-match")
    spec.requireMatch = parameters.text("require-match")
    return spec
  }

  package var kind: CheckKind { Self.kind }
  package var placeholders: Set<Template.Placeholder> { [.reason] }
}
