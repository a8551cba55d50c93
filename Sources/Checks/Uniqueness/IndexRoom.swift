/// How many unique values an index keeps in memory, and where it puts the others.
public struct IndexRoom: Sendable {
  /// The folder for the file of an index that has too many.
  public var folder: String
  /// The most that are kept in memory.
  package let records: Int
  /// Values in a page, of which each partition has one that is not full.
  let pageCapacity: Int
  /// How many are sorted at once, before they are written.
  let sorted: Int

  /// The least bytes that an index can do with.
  public static let smallest = 1 << 20

  private static let usualPage = 1024
  private static let largestSort = 1 << 16

  /// Room for `bytes` bytes of values; what goes beyond goes to a file in `folder`.
  public init(bytes: Int, folder: String) {
    // Sorting takes an eighth of the room more, up to a limit.
    let stride = MemoryLayout<IndexRecord>.stride
    let sorting = min(bytes / 9, 2 * Self.largestSort * stride)
    self.init(records: (bytes - sorting) / stride, folder: folder)
  }

  /// Room for `records` values, however few; what goes beyond goes to a file in `folder`.
  public init(records: Int, folder: String) {
    self.folder = folder
    self.records = max(1, records)
    // A quarter of the room at most for pages that are not full.
    pageCapacity = max(1, min(Self.usualPage, records / UniquenessIndex.partitionCount / 4))
    sorted = max(1, min(Self.largestSort, records / 16))
  }

  /// The most pages there may be.
  var pages: Int { max(1, records / pageCapacity) }
}

extension IndexRoom {
  /// Room for everything.
  static let unlimited = IndexRoom(records: .max, folder: "/")
}
