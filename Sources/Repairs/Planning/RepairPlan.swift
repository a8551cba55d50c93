/// A plan of repairs over all sources.
public struct RepairPlan: Sendable {
  /// The objects to change, in the order of the sources.
  public var objects: [ObjectEdit] = []
  /// What is left alone, in that order.
  public var left: [LeftAlone] = []
  /// Repairs that were planned and taken back because of what they would have caused.
  public var withdrawn: [LeftAlone] = []

  init(objects: [ObjectEdit] = [], left: [LeftAlone] = [], withdrawn: [LeftAlone] = []) {
    self.objects = objects
    self.left = left
    self.withdrawn = withdrawn
  }
}
