@testable import Rules
import Testing

@testable import Checks

@Suite struct AddressTests {
  private static func bench(_ aspects: [AddressAspect], message: String = "") throws -> KindBench {
    try KindBench(AddressSpec(aspects: aspects), attributes: ["mail"], message: message)
  }

  /// What each address is at fault with, the first that is asked.
  @Test(
    arguments: [
      ("ann@contoso.com", nil), ("ann", .oneAt), ("a@b@contoso.com", .oneAt),
      ("@contoso.com", .localPart), ("ann@", .domain), (".ann@contoso.com", .dotAtom),
      ("ann.@contoso.com", .dotAtom), ("a..b@contoso.com", .dotAtom),
      ("ann@contoso", .dottedDomain), ("ann@con_toso.com", .domainLabels),
      ("ann@-contoso.com", .domainLabels), ("ann@contoso-.com", .domainLabels),
      ("ann@contoso..com", .domainLabels), (" ann@contoso.com ", nil),
      ("ann@\(String(repeating: "a", count: 63)).com", nil),
      ("ann@\(String(repeating: "a", count: 64)).com", .domainLabels),
    ] as [(String, AddressAspect?)])
  func everyAspectHasItsFault(_ address: String, _ fault: AddressAspect?) throws {
    let all = try Self.bench(AddressAspect.allCases)
    #expect(all.fires("mail", address) == (fault != nil))
    for aspect in AddressAspect.allCases where aspect == fault {
      #expect(try Self.bench([aspect]).fires("mail", address), "\(aspect)")
    }
    let others = AddressAspect.allCases.filter { $0 != fault }
    let isAlone = fault != nil && fault != .dottedDomain && fault != .oneAt
    if isAlone { #expect(try !Self.bench(others).fires("mail", address)) }
  }

  @Test func withoutAnAtOnlyTheAtIsMissed() throws {
    #expect(try !Self.bench([.localPart, .domain, .dotAtom, .dottedDomain]).fires("mail", "ann"))
  }

  @Test func theMessageSaysWhy() throws {
    let bench = try Self.bench(AddressAspect.allCases, message: "{reason}")
    #expect(try bench.message([("mail", "ann")]) == "it has no \"@\"")
    #expect(try bench.message([("mail", "a@b@c.com")]) == "it has 2 \"@\"")
  }

  /// Rules about white space are silent beside one about the form.
  @Test(arguments: [("x..y", false), (" x..y", true), ("x .y.", true), ("x..\u{200B}y", true)])
  func whiteSpaceBesideAnotherFaultIsNamed(_ local: String, _ isNamed: Bool) throws {
    let bench = try Self.bench([.dotAtom], message: "{reason}")
    let message = try bench.message([("mail", "\(local)@contoso.com")])
    #expect(message.hasSuffix("; it also holds white space") == isNamed, "\(message)")
  }
}
