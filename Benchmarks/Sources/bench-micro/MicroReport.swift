/// What was measured, and how to say it.
struct MicroReport {
  /// One row.
  struct Row {
    var name: String
    /// CPU time per unit.
    var nanoseconds: Double
    var unit: String
    /// Bytes gone through per unit, or 0.
    var bytes: Double
  }

  private(set) var rows: [Row] = []
  /// Each is run so often; the median counts.
  let runs: Int

  init(runs: Int) { self.runs = runs }

  /// Runs `body`, which does `units` of work on `bytes` bytes, and remembers what one unit costs.
  mutating func measure(
    _ name: String, per unit: String, units: Int, bytes: Int = 0, _ body: () throws -> Void
  ) rethrows {
    var times: [Double] = []
    for _ in 0..<runs {
      let start = ProcessorTime.now
      try body()
      times.append(ProcessorTime.now - start)
    }
    times.sort()
    rows.append(
      Row(
        name: name, nanoseconds: times[times.count / 2] * 1e9 / Double(max(1, units)), unit: unit,
        bytes: Double(bytes) / Double(max(1, units))))
  }

  /// For people.
  var table: String {
    rows.map { row in
      var line = Self.padded(row.name, 46)
      line += Self.padded("\(Self.rounded(row.nanoseconds, 10)) ns per \(row.unit)", 28)
      if row.bytes > 0 { line += "\(Self.rounded(row.bytes / row.nanoseconds, 100)) GB/s" }
      return line
    }.joined(separator: "\n")
  }

  /// For programs. The names have nothing that would want an escape.
  var json: String {
    let items = rows.map { row in
      "{\"name\": \"\(row.name)\", \"unit\": \"\(row.unit)\", \"ns\": \(row.nanoseconds), "
        + "\"bytes_per_second\": \(row.bytes / row.nanoseconds * 1e9)}"
    }
    return "[\n  " + items.joined(separator: ",\n  ") + "\n]"
  }

  private static func rounded(_ value: Double, _ steps: Double) -> Double {
    (value * steps).rounded() / steps
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
