/// What a pass has left alone. Most passes are followed by another, so that nobody asks.
struct LeftReasons {
  /// What is left of duplicates.
  var ofDuplicates: [LeftReason] = []
  /// What passes have done about the objects, in the order of their positions.
  var objects: [PassMemory.Known] = []

  /// All of it.
  var all: [LeftReason] { ofDuplicates + objects.flatMap(\.planned.left) }
}
