import Bytes
/// A line on the terminal that says how far something is, again and again. Nothing in a pipe.
final class StatusLine {
  private static let interval = Duration.milliseconds(100)
  private static let eraseLine = "\r\u{1B}[K"

  private let isShown: Bool
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var due: ContinuousClock.Instant
  private var isDrawn = false

  /// A line that is drawn for the first time after `delay`, and never when `isQuiet`.
  init(after delay: Duration = interval, isQuiet: Bool) {
    isShown = !isQuiet && Terminal.isErrorTerminal && Terminal.environment("TERM") != "dumb"
    start = clock.now
    due = start + delay
  }

  /// Draws what `text` makes of the seconds that have passed, when it is time.
  func draw(_ text: (_ seconds: Double) -> String) {
    let now = clock.now
    guard isShown, now >= due else { return }
    due = now + Self.interval
    isDrawn = true
    let line = HostileText.shown(text(Double((now - start) / .seconds(1))))
    Terminal.writeError(Self.eraseLine + String(line.prefix(Terminal.errorWidth - 1)))
  }

  /// Takes the line away.
  func finish() {
    guard isDrawn else { return }
    isDrawn = false
    Terminal.writeError(Self.eraseLine)
  }
}
