/// What is wrong with the command line.
struct UsageError: Error {
  var message: String
}

/// What to make.
struct Options {
  var objects = 0
  var groupMembers = 0
  /// In hundredths of a percent of the objects.
  var dirty = 0
  var duplicates = 0
  var nonASCII = 0
  var seed: UInt64 = 1
  var encodesAll = false
  var usesCRLF = false
  var foldsLines = false
  var distinctNames = false
  /// Whether the persons are those of a messy forest, with everything around them.
  var isMessy = false
  var wantsHelp = false

  static let usage = """
    usage: bench-data [options] > FILE
      --objects N       users, 31 lines and about 1,000 bytes each
      --group N         a group with N members after them
      --messy           a forest as one finds it, of N persons
      --dirty PCT       objects with one problem of the catalogue each
      --duplicates PCT  objects that hold a value of another
      --non-ascii PCT   objects whose names are not ASCII
      --base64          every value in Base64
      --crlf            lines end with CR LF
      --fold            lines are folded after 76 bytes, as ldapsearch does
      --distinct-names  no attribute name occurs twice, but for objectClass
      --seed N          other data of the same kind (1)
    """

  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    var rest = arguments
    while let name = rest.popFirst() {
      switch name {
      case "--objects": objects = try Self.integer(name, &rest)
      case "--group": groupMembers = try Self.integer(name, &rest)
      case "--dirty": dirty = try Self.percent(name, &rest)
      case "--duplicates": duplicates = try Self.percent(name, &rest)
      case "--non-ascii": nonASCII = try Self.percent(name, &rest)
      case "--seed": seed = UInt64(try Self.integer(name, &rest))
      case "--messy": isMessy = true
      case "--base64": encodesAll = true
      case "--crlf": usesCRLF = true
      case "--fold": foldsLines = true
      case "--distinct-names": distinctNames = true
      case "--help", "-h": wantsHelp = true
      default: throw UsageError(message: "\(name) is not an option")
      }
    }
  }

  private static func integer(
    _ name: String, _ rest: inout ArraySlice<String>
  ) throws(UsageError) -> Int {
    guard let text = rest.popFirst(), let value = Int(text), value >= 0 else {
      throw UsageError(message: "\(name) needs a number")
    }
    return value
  }

  private static func percent(
    _ name: String, _ rest: inout ArraySlice<String>
  ) throws(UsageError) -> Int {
    guard let text = rest.popFirst(), let value = Double(text), (0...100).contains(value) else {
      throw UsageError(message: "\(name) needs a percentage")
    }
    return Int((value * 100).rounded())
  }
}
