import Bytes
import Checks
import Directory
import LDIF
import LibC
import Rules
import System

/// `bench-micro`: what the parts of a run cost, one thread, each part by itself.
@main
struct BenchMicro {
  static func main() {
    do {
      let options = try Options(CommandLine.arguments.dropFirst())
      let file = try ReadableFile(path: options.file)
      let packs = try PackLibrary(packs: [:], documents: [:]).packs([options.pack])
      var report = MicroReport(runs: options.runs)
      try ReaderBenchmarks(file: file, packs: packs).run(&report)
      try ObjectBenchmarks(file: file, packs: packs).run(&report)
      IndexBenchmarks().run(&report)
      try ExpressionBenchmarks().run(&report)
      print(options.isJSON ? report.json : report.table)
    } catch {
      let text = Array("bench-micro: \(error)\n".utf8)
      _ = unsafe write(2, text, text.count)
      exit(1)
    }
  }
}

/// `bench-micro [--json] [--runs N] FILE PACK-FOLDER`
struct Options {
  var file = ""
  var pack = ""
  var runs = 5
  var isJSON = false

  struct Usage: Error, CustomStringConvertible {
    var description: String { "usage: bench-micro [--json] [--runs N] FILE PACK-FOLDER" }
  }

  init(_ arguments: ArraySlice<String>) throws(Usage) {
    var rest = arguments
    var names: [String] = []
    while let argument = rest.popFirst() {
      switch argument {
      case "--json": isJSON = true
      case "--runs":
        guard let text = rest.popFirst(), let count = Int(text), count > 0 else { throw Usage() }
        runs = count
      default: names.append(argument)
      }
    }
    guard names.count == 2 else { throw Usage() }
    (file, pack) = (names[0], names[1])
  }
}
