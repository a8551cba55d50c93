import Bytes
import Directory
@testable import Rules
@testable import Sync
import SyncExpressions
import Testing

@testable import Checks

/// Who is told of an address that several objects hold: by how they hold it, by scope and by forest.
@Suite struct DuplicateResolverTests {
  /// A way to hold an address.
  private enum Role: CaseIterable {
    case userPrincipalName, primary, secondary, soleMail, mail, sip, sipAddress, target, untyped

    /// Whether another object that holds it so is refused.
    var isStrong: Bool {
      switch self {
      case .userPrincipalName, .primary, .secondary, .soleMail: true
      case .mail, .sip, .sipAddress, .target, .untyped: false
      }
    }

    func values(_ address: String) -> [(String, String)] {
      switch self {
      case .userPrincipalName: [("userPrincipalName", address)]
      case .primary: [("proxyAddresses", "SMTP:" + address)]
      case .secondary: [("proxyAddresses", "smtp:" + address)]
      case .soleMail: [("mail", address)]
      case .mail: [("mail", address), ("proxyAddresses", "X500:/o=x")]
      case .sip: [("proxyAddresses", "sip:" + address)]
      case .sipAddress: [("msRTCSIP-PrimaryUserAddress", "sip:" + address)]
      case .target: [("targetAddress", "SMTP:" + address)]
      case .untyped: [("proxyAddresses", address)]
      }
    }
  }

  private struct Object {
    var objectClass = "user"
    var forest = 0
    var isInScope = true
    var values: [(String, String)]

    init(_ role: Role, _ address: String = "ann@contoso.com") { values = role.values(address) }
  }

  private static let indexes: [(id: String, index: UniqueIndex)] = [
    ("strong", .addressStrong), ("weak", .addressWeak), ("mirror", .contactMirror),
    ("confusable", .confusable), ("computed", .computedName), ("type", .objectType),
  ]

  private static func ruleSet(join: TenantSettings.Join) throws -> RuleSet {
    let place = SourcePlace(file: "test", line: 1, column: 1)
    let rules = indexes.map { id, index in
      Rule(
        id: id, name: id, severity: .error, category: nil, syncError: nil, summary: "",
        objects: .any, attributes: ["userPrincipalName", "proxyAddresses", "mail"], types: [],
        exceptTypes: [], part: .value, scope: .included, directory: nil, when: nil, needs: [],
        cloud: [], check: UniqueSpec(index: index), message: Template(pieces: []), repairs: [],
        pack: "test", place: place)
    }
    let clause = ScopeClause(
      isExclusion: true,
      expression: ExpressionSource(text: "[adminDescription] = \"out\"", place: place),
      reason: "out", needs: [])
    let pack = Pack(
      name: "test", title: "", version: "1", notes: nil, parameters: [:],
      scopes: [.ad: [.user: [clause], .contact: [clause], .group: [clause]]], rules: rules)
    var settings = CheckSettings()
    settings.tenant.join = join
    return try RuleSet(packs: [pack], rules: rules, settings: settings)
  }

  private static func load(_ object: Object, into evaluator: RuleEvaluator) {
    let (entry, table) = (evaluator.entry, evaluator.ruleSet.table)
    entry.arena.reset()
    entry.reset(dn: entry.arena.copy(Array("CN=x,DC=contoso,DC=com".utf8)))
    let scope = object.isInScope ? [] : [("adminDescription", "out")]
    for (name, value) in [("objectClass", object.objectClass)] + object.values + scope {
      guard let attribute = table.find(name) else { continue }
      entry.append(entry.arena.copy(Array(value.utf8)), to: attribute)
    }
  }

  /// The rules that fire on each object.
  private static func told(
    _ objects: [Object], join: TenantSettings.Join = .none, masters: Set<[UInt8]>? = nil
  ) throws -> [[String]] {
    let ruleSet = try ruleSet(join: join)
    let evaluator = RuleEvaluator(ruleSet, masterAccounts: masters)
    var inventory = AttributeInventory(count: ruleSet.table.count)
    for index in 0..<ruleSet.table.count { inventory.insert(AttributeID(index: UInt16(index))) }
    let checks = SourceChecks(ruleSet, kind: .ad, inventory: inventory)
    let hash = KeyedHash()
    var holders: [KeptHash: [Int]] = [:]
    for (position, object) in objects.enumerated() {
      load(object, into: evaluator)
      let objectClass = evaluator.view.decide(checks.scope).objectClass
      for kept in evaluator.keptHashes(objectClass, hash: hash) {
        holders[kept, default: []].append(position)
      }
    }
    var resolver = DuplicateResolver(evaluator: evaluator, hash: hash)
    for (hash, positions) in holders where positions.count > 1 {
      resolver.resolve(UniquenessIndex.Collision(hash: hash, unsorted: positions)) { position in
        load(objects[position], into: evaluator)
        return DuplicateResolver.Reading(forest: objects[position].forest, checks: checks)
      }
    }
    var told = Array(repeating: [String](), count: objects.count)
    for finding in resolver.findings {
      let holder = resolver.groups[finding.group].holders[finding.holder]
      told[holder.position].append(ruleSet.rules[finding.rule].id)
    }
    return told.map { $0.sorted() }
  }

  @Test func twoOfOneForestAreToldByTheirRoles() throws {
    for left in Role.allCases {
      for right in Role.allCases {
        let expected = left.isStrong && right.isStrong ? "strong" : "weak"
        #expect(
          try Self.told([Object(left), Object(right)]) == [[expected], [expected]],
          "\(left) and \(right)")
      }
    }
  }

  @Test func whatIsOutOfScopeIsNeitherToldNorCounted() throws {
    for role in Role.allCases {
      for (left, right) in [(true, false), (false, true), (false, false)] {
        var objects = [Object(role), Object(.primary)]
        objects[0].isInScope = left
        objects[1].isInScope = right
        #expect(try Self.told(objects) == [[], []], "\(role)")
      }
    }
  }

  @Test func aContactOfAnotherForestIsAMirrorOfThePerson() throws {
    for person in Role.allCases {
      for role in Role.allCases where role != .userPrincipalName {
        var contact = Object(role)
        contact.objectClass = "contact"
        contact.forest = 1
        #expect(
          try Self.told([Object(person), contact]) == [[], ["mirror"]], "\(person) and \(role)")
      }
    }
  }

  @Test func aContactOfThePersonsForestIsAnotherHolder() throws {
    var contact = Object(.primary)
    contact.objectClass = "contact"
    #expect(try Self.told([Object(.primary), contact]) == [["type"], ["type"]])
    // And of another forest, where the other is no person.
    contact.forest = 1
    var group = Object(.primary)
    group.objectClass = "group"
    #expect(try Self.told([group, contact]) == [["type"], ["type"]])
  }

  @Test func aMirrorBesideTwoPersonsIsAHolderForNeither() throws {
    var contact = Object(.primary)
    contact.objectClass = "contact"
    contact.forest = 1
    #expect(
      try Self.told([Object(.primary), Object(.primary), contact])
        == [["strong"], ["strong"], ["mirror"]])
  }

  @Test func onePersonOfTwoForestsIsOneHolder() throws {
    let sid = String(repeating: "S", count: 28)
    var account = Object(.userPrincipalName)
    account.values.append(("objectSid", sid))
    var mailbox = Object(.primary)
    mailbox.forest = 1
    mailbox.values.append(("msExchMasterAccountSid", sid))
    #expect(try Self.told([account, mailbox], join: .sid) == [[], []])
    #expect(try Self.told([account, mailbox], join: .none) == [["strong"], ["strong"]])
    let third = Object(.secondary)
    #expect(
      try Self.told([account, mailbox, third], join: .sid)
        == [["strong"], ["strong"], ["strong"]])
  }

  @Test func oneObjectIsNoHolderBesideItself() throws {
    var object = Object(.userPrincipalName)
    object.values +=
      Role.primary.values("Ann@Contoso.com") + Role.sipAddress.values("ann@contoso.com")
    #expect(try Self.told([object, Object(.primary, "other@contoso.com")]) == [[], []])
  }

  @Test func caseAndOuterWhiteSpaceDoNotTellAddressesApart() throws {
    let objects = [Object(.primary, "ANN@contoso.com "), Object(.secondary)]
    #expect(try Self.told(objects) == [["strong"], ["strong"]])
  }

  /// The primary address of one among the proxy addresses of the other is how Entra finds what to match.
  @Test(arguments: ["group", "contact"])
  func aPrimaryAddressOfAnotherClassIsToldApart(objectClass: String) throws {
    for role in Role.allCases {
      var other = Object(role)
      other.objectClass = objectClass
      let told = try Self.told([Object(.primary), other])
      let expected: String
      switch role {
      case .primary, .secondary, .soleMail: expected = "type"
      default: expected = role.isStrong ? "strong" : "weak"
      }
      #expect(told == [[expected], [expected]], "\(role)")
    }
    var secondary = Object(.secondary)
    secondary.objectClass = objectClass
    #expect(try Self.told([Object(.secondary), secondary]) == [["strong"], ["strong"]])
  }

  @Test func whatOnlyLooksTheSameIsConfusable() throws {
    let objects = [Object(.primary, "änn@contoso.com"), Object(.primary)]
    #expect(try Self.told(objects) == [["confusable"], []])
    let marked = [Object(.primary, "änn@contoso.com"), Object(.primary, "ánn@contoso.com")]
    #expect(try Self.told(marked) == [["confusable"], ["confusable"]])
    let same = [Object(.primary, "änn@contoso.com"), Object(.primary, "ÄNN@contoso.com")]
    #expect(try Self.told(same) == [["strong"], ["strong"]])
  }

  /// ann@corp.local becomes ann@TENANT.onmicrosoft.com.
  @Test func aNameThatIsMadeMeetsOthers() throws {
    let made = Object(.userPrincipalName, "ann@corp.local")
    let other = Object(.userPrincipalName, "ann@lab.local")
    #expect(try Self.told([made, other]) == [["computed"], ["computed"]])
    for role in Role.allCases {
      let told = try Self.told([made, Object(role, "ann@TENANT.onmicrosoft.com")])
      let holder = role == .userPrincipalName ? ["computed"] : []
      #expect(told == (role.isStrong ? [["computed"], holder] : [[], []]), "\(role)")
    }
    // Two that have the address beside one that gets it as its name.
    let real = Object(.userPrincipalName, "ann@TENANT.onmicrosoft.com")
    #expect(try Self.told([made, real, real]) == [["computed"], ["strong"], ["strong"]])
  }

  @Test func manyGetOneName() throws {
    let objects = (0..<300).map { Object(.userPrincipalName, "ann@corp\($0).local") }
    #expect(try Self.told(objects).allSatisfy { $0 == ["computed"] })
  }

  @Test func ownAddressesAreNoOtherName() throws {
    var object = Object(.userPrincipalName, "ann@corp.local")
    object.values += Role.primary.values("ann@TENANT.onmicrosoft.com")
    #expect(try Self.told([object, Object(.primary)]) == [[], []])
  }

  /// The user name of a linked mailbox does not arrive, whatever it is.
  @Test func theNameOfALinkedMailboxMeetsNobody() throws {
    let sid = String(repeating: "S", count: 28)
    for name in ["ann@lab.local", "ann@corp.local", "b@contoso.com"] {
      var mailbox = Object(.userPrincipalName, name)
      mailbox.values += [("msExchRecipientTypeDetails", "2"), ("msExchMasterAccountSid", sid)]
      let others = [
        Object(.userPrincipalName, "ann@corp.local"), Object(.userPrincipalName, "b@contoso.com"),
      ]
      #expect(
        try Self.told([mailbox] + others, masters: [Array(sid.utf8)]) == [[], [], []], "\(name)")
    }
  }

  @Test func manyHoldersAreToldByTheirOwnRole() throws {
    var objects = (0..<300).map { _ in Object(.primary) }
    objects[7] = Object(.target)
    let told = try Self.told(objects)
    #expect(told[7] == ["weak"])
    #expect(told[8] == ["strong"])
    #expect(told.allSatisfy { $0.count == 1 })
  }

  /// However many they are, each is judged by all the others.
  @Test(arguments: [3, 256, 300]) func ofManyHoldersEachIsToldWhatFewAre(_ count: Int) throws {
    var group = Object(.secondary)
    group.objectClass = "group"
    let users = (0..<count).map { _ in Object(.primary) }
    #expect(try Self.told(users + [group]).allSatisfy { $0 == ["type"] })
    let weak = (0..<count).map { _ in Object(.target) }
    #expect(try Self.told(weak + [Object(.primary)]).last == ["weak"])
    var contact = Object(.primary)
    (contact.objectClass, contact.forest) = ("contact", 1)
    #expect(try Self.told(users + [contact]).last == ["mirror"])
  }
}
