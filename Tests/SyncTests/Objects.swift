import Bytes
import Directory
import SyncExpressions

@testable import Sync

/// Values by attribute, in order.
typealias Values = KeyValuePairs<String, String>

extension SyncModel {
  /// A model without a scope.
  static func of(_ tenant: TenantSettings = TenantSettings()) -> SyncModel {
    SyncModel(tenant: tenant, options: ExpressionOptions(parameters: [:], now: 0))
  }
}

extension ObjectView {
  /// Fills the view with an object.
  func fill(dn: String = "CN=Ann,OU=Staff,DC=contoso,DC=com", _ values: Values) {
    entry.arena.reset()
    entry.reset(dn: entry.arena.copy(Array(dn.utf8)))
    for (name, value) in values {
      guard let attribute = sync.table.find(name) else { continue }
      if case .count = sync.table.needs[Int(attribute.index)] {
        entry.tally(attribute)
      } else {
        entry.append(entry.arena.copy(Array(value.utf8)), to: attribute)
      }
    }
  }
}
