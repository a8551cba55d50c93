import Bytes
import Directory
import Sync

/// Who keeps a value that several objects hold.
///
/// Criteria are asked in order; the first by which one holder is alone ahead decides. Where none
/// does, none is chosen: there is no evidence, and a person must decide.
public struct KeeperPolicy: Sendable {
  /// One criterion.
  public enum Criterion: String, CaseIterable, Sendable {
    /// Is enabled or has a mailbox, and holds it as user principal name or primary SMTP address.
    case primary
    /// Has a mailbox: homeMDB, or a recipient type that says so.
    case mailbox
    /// Is enabled.
    case enabled
    /// Is of the forest that the first source is of.
    case forest
  }

  /// The criteria in the order in which they are asked.
  public var order: [Criterion]

  /// The policy that asks `order`.
  public init(order: [Criterion] = Criterion.allCases) { self.order = order }

  /// What is known of one holder.
  struct Evidence {
    var isPrimary: Bool
    var hasMailbox: Bool
    var isEnabled: Bool
    var isFirstForest: Bool
    /// Has a mailbox or an alias, so that mail to the address may be missed.
    var isRecipient: Bool
    /// The value as it is written.
    var value: [UInt8]

    func meets(_ criterion: Criterion) -> Bool {
      switch criterion {
      // An account that nobody can use, without a mailbox, needs neither name nor address.
      case .primary: isPrimary && (isEnabled || hasMailbox)
      case .mailbox: hasMailbox
      case .enabled: isEnabled
      case .forest: isFirstForest
      }
    }
  }

  /// The index of the keeper among `holders` and the criterion that decided, or nil.
  func keeper(_ holders: [Evidence]) -> (index: Int, criterion: Criterion)? {
    var remaining = Array(holders.indices)
    for criterion in order {
      let ahead = remaining.filter { holders[$0].meets(criterion) }
      if ahead.count == 1 { return (ahead[0], criterion) }
      if !ahead.isEmpty { remaining = ahead }
    }
    return nil
  }

  /// Why the keeper keeps it, as a phrase.
  static func phrase(_ criterion: Criterion) -> String {
    switch criterion {
    case .primary: "holds it as its sign-in name or primary address"
    case .mailbox: "is the one with a mailbox"
    case .enabled: "is the one that is enabled"
    case .forest: "is the one in the account forest"
    }
  }
}

extension KeeperPolicy.Evidence {
  /// What the object in `view` shows about a value of `attribute`.
  init(_ view: ObjectView, attribute: AttributeID, ordinal: Int, isFirstForest: Bool) {
    value = view.entry.value(attribute, ordinal)?.array ?? []
    isPrimary =
      attribute == view.attributes.login
      ? SignInName(view).isTakenOver : value.starts(with: Array("SMTP:".utf8))
    hasMailbox = view.hasMailbox
    isEnabled = view.isEnabled
    self.isFirstForest = isFirstForest
    isRecipient = view.isRecipient
  }
}
