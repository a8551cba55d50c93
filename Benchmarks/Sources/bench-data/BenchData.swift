import LibC

/// `bench-data`: writes a made-up export of Active Directory to standard output.
///
/// The same options give the same bytes, on every machine.
@main
struct BenchData {
  static func main() {
    let options: Options
    do throws(UsageError) {
      options = try Options(CommandLine.arguments.dropFirst())
    } catch {
      stop("bench-data: \(error.message)\n\n\(Options.usage)\n", status: 64)
    }
    guard !options.wantsHelp else { stop(Options.usage + "\n", status: 0) }
    var output = LDIFOutput(options)
    if options.isMessy {
      var forest = MessyForest(persons: options.objects, seed: options.seed)
      stop("", status: forest.write(to: &output) ? 0 : 1)
    }
    var export = Export(options)
    for number in 0..<options.objects {
      export.write(number, to: &output)
      guard output.flushIfLarge() else { stop("", status: 1) }
    }
    for number in 0..<options.groupMembers {
      export.writeMember(number, to: &output)
      guard output.flushIfLarge() else { stop("", status: 1) }
    }
    if options.groupMembers > 0 { output.endRecord() }
    guard output.flush() else { stop("", status: 1) }
  }

  private static func stop(_ text: String, status: Int32) -> Never {
    let bytes = Array(text.utf8)
    _ = unsafe write(status == 0 ? 1 : 2, bytes, bytes.count)
    exit(status)
  }
}
