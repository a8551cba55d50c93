import Bytes
import Directory

/// What becomes of the objects of a plan, in people's terms: how many are affected in each way. One object
/// may be in several.
public struct PlanEffects: Sendable {
  /// Objects that sign in under another name.
  public private(set) var signIns = 0
  /// Objects that have an address fewer.
  public private(set) var lostAliases = 0
  /// Objects with another primary SMTP address, or that get one.
  public private(set) var primaries = 0
  /// Objects whose mail changes.
  public private(set) var mails = 0
  /// Objects of which nothing but other values change.
  public private(set) var others = 0

  /// The effects of `objects`, which sign in with the attribute `login`.
  public init(_ objects: [ObjectEdit], login: String) {
    for object in objects { add(object, login.lowercased()) }
  }

  private mutating func add(_ object: ObjectEdit, _ login: String) {
    var removed: Set<[UInt8]> = []
    var added: Set<[UInt8]> = []
    var isSignIn = false
    var isMail = false
    for modification in object.modifications {
      let name = String(modification.attribute.prefix { $0 != ";" }).lowercased()
      isSignIn = isSignIn || name == login
      isMail = isMail || name == "mail"
      guard name == "proxyaddresses" else { continue }
      let primaries = modification.values.filter { $0.starts(with: Array("SMTP:".utf8)) }
      if modification.operation == .add {
        added.formUnion(primaries.map { $0.map(\.asciiLowercased) })
      } else {
        removed.formUnion(primaries.map { $0.map(\.asciiLowercased) })
      }
    }
    let isPrimary = removed != added
    if isSignIn { signIns += 1 }
    if object.lostAddresses > 0 { lostAliases += 1 }
    if isPrimary { primaries += 1 }
    if isMail { mails += 1 }
    if !isSignIn && !isPrimary && !isMail && object.lostAddresses == 0 { others += 1 }
  }

  /// The effects as one phrase, `17 sign in under another name, 40 lose an alias`; empty without any.
  public var phrase: String {
    let all = [
      (signIns, "signs", "sign", " in under another name"),
      (lostAliases, "loses", "lose", " an alias"),
      (primaries, "gets", "get", " another primary address"),
      (mails, "gets", "get", " another mail"),
      (others, "changes", "change", " in other values only"),
    ]
    return all.filter { $0.0 > 0 }.map { "\($0) \($0 == 1 ? $1 : $2)\($3)" }
      .joined(separator: ", ")
  }
}
