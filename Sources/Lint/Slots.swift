import Synchronization

/// Numbered places that threads fill in any order.
final class Slots<Element: Sendable>: Sendable {
  private let elements: Mutex<[Element?]>

  init(count: Int) { elements = Mutex(Array(repeating: nil, count: count)) }

  func set(_ index: Int, _ element: Element) {
    elements.withLock { $0[index] = element }
  }

  /// The elements in order.
  var all: [Element] { elements.withLock { $0.compactMap { $0 } } }
}
