import Bytes
import LibC
import System

/// How much memory programs can still have here.
enum AvailableMemory {
  /// In bytes: what the system has left or, where that is less, the control groups of the process.
  static var bytes: Int {
    #if canImport(Darwin)
      return Int(sysconf(_SC_PHYS_PAGES)) * Int(sysconf(_SC_PAGESIZE)) / 2
    #else
      let machine = text(of: "/proc/meminfo").flatMap(available(meminfo:))
      let groups = text(of: "/proc/self/cgroup").map { inGroups($0, read: text(of:)) } ?? []
      return ([machine ?? usual] + groups).min() ?? usual
    #endif
  }

  /// What is taken to be there where nothing says.
  private static let usual = 1 << 30

  /// `MemAvailable` of /proc/meminfo, which is in units of 1024 bytes.
  static func available(meminfo: String) -> Int? {
    for line in meminfo.split(separator: "\n") where line.hasPrefix("MemAvailable:") {
      let words = line.split(separator: " ")
      return words.count > 1 ? Int(words[1]).map { $0 << 10 } : nil
    }
    return nil
  }

  /// What is left in each control group with a limit that `cgroup`, the text of /proc/self/cgroup,
  /// says the process to be in; `read` gives the text of a file.
  static func inGroups(_ cgroup: String, read: (String) -> String?) -> [Int] {
    var result: [Int] = []
    for line in cgroup.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isUnified = parts[0] == "0" && parts[1].isEmpty
      guard isUnified || parts[1].split(separator: ",").contains("memory") else { continue }
      let root = isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
      let names = isUnified ? ("max", "current") : ("limit_in_bytes", "usage_in_bytes")
      // A group has no more than the groups that it is in. Within a container the path may be the
      // host's, of which only the root is there.
      var path = parts[2].split(separator: "/")
      while true {
        let folder = ([Substring(root)] + path).joined(separator: "/")
        if let limit = number(read("\(folder)/memory.\(names.0)")) {
          result.append(max(0, limit - (number(read("\(folder)/memory.\(names.1)")) ?? 0)))
        }
        guard path.popLast() != nil else { break }
      }
    }
    return result
  }

  /// The number that `text` is; nil for "max".
  private static func number(_ text: String?) -> Int? {
    text.flatMap { Int($0.prefix { $0.isNumber }) }
  }

  /// The beginning of the file at `path`.
  private static func text(of path: String) -> String? {
    guard let file = try? ReadableFile(path: path) else { return nil }
    // Files of the kernel have no size.
    let window = FileWindow(file: file, capacity: 64 << 10)
    guard (try? window.load(at: 0, count: 64 << 10)) != nil else { return nil }
    return String(decoding: window.bytes.array, as: UTF8.self)
  }
}
