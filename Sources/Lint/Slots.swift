import Synchronization

/// Numbered places that threads fill in any order.
package final class Slots<Element: Sendable>: Sendable {
  private let elements: Mutex<[Element?]>

  package init(count: Int) { elements = Mutex(Array(repeating: nil, count: count)) }

  package func set(_ index: Int, _ element: Element) {
    elements.withLock { $0[index] = element }
  }

  /// The elements in order.
  package var all: [Element] { elements.withLock { $0.compactMap { $0 } } }
}
