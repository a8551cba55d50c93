import FuzzEngine
import FuzzTargets
import LibC

// `ldaplint-fuzz TARGET [OPTION …] [FOLDER …]` is libFuzzer on one target. `ldaplint-fuzz` lists the
// targets with the longest input of each, `ldaplint-fuzz TARGET --words` what an input may need.

nonisolated(unsafe) var target: FuzzTarget?

guard CommandLine.argc > 1 else {
  for target in FuzzTarget.all { print(target.name, target.maximumLength) }
  exit(0)
}
target = FuzzTarget.all.first { $0.name == CommandLine.arguments[1] }
guard let words = target?.words else {
  print("\(CommandLine.arguments[1]): no target has that name")
  exit(2)
}
if CommandLine.arguments.dropFirst(2).first == "--words" {
  for word in words { print("\"\(word)\"") }
  exit(0)
}
// The engine gets what is left.
var count = CommandLine.argc - 1
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
exit(
  LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
    do {
      try target?.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
    } catch {
      print("\(target?.name ?? ""): \(error)")
      fflush(nil)
      abort()
    }
    return 0
  })
