import Bytes
import Directory
import Testing

@testable import SyncExpressions

/// What an expression may do on one object.
struct WorkTests {
  /// An object with `count` addresses of `length` characters and more.
  private func object(_ count: Int, length: Int = 4) -> Sample {
    var sample = Sample([:])
    let filling = String(repeating: "x", count: length)
    for number in 0..<count {
      sample.values.append(("proxyAddresses", Array("\(filling)\(number)".utf8)))
    }
    return sample
  }

  private static let nested = [
    "Count(Where($a,[proxyAddresses],Count(Where($b,[proxyAddresses],$a = $b)) > 1)) > 0",
    "Count(Where($a,[proxyAddresses],Count(Where($b,[proxyAddresses],Count(Where($c,[proxyAddresses],$a = $c)) > 1)) > 1)) > 0",
    "Count(Select($a,[proxyAddresses],Join(Select($b,[proxyAddresses],$a & $b)))) = 0",
    "Count(Select($a,[proxyAddresses],Count(RemoveDuplicates([proxyAddresses])))) = 0",
    "Count(Where($a,[proxyAddresses],Contains([proxyAddresses],$a) = 0)) > 0",
    "Count(Select($a,[proxyAddresses],Select($b,[proxyAddresses],$b))) = 0",
  ]

  @Test(arguments: nested)
  func listsInListsAreRefusedWhenTheyAreLarge(_ source: String) throws {
    var table = AttributeTable()
    let expression = try compile(source, &table)
    let entry = object(4000).entry(table)
    let start = ContinuousClock.now
    let error = try #require(throws: EvaluationError.self) { try expression.isTrue(entry) }
    #expect(error.isLimit)
    #expect(error.message.contains("4000000") || error.message.contains("256 MiB"), "\(error)")
    #expect(error.message.contains(String(source.prefix(40))), "\(error)")
    #expect(start.duration(to: .now) < .seconds(60))
  }

  @Test(arguments: nested)
  func theyAreEvaluatedWhenTheyAreSmall(_ source: String) throws {
    _ = try isTrue(source, object(40))
  }

  @Test(arguments: [
    "Count(Where($a,[proxyAddresses],Left($a,5) = \"smtp:\")) > 0",
    "Count(Select($a,[proxyAddresses],LCase($a) & [cn])) = 0",
    "Count(RemoveDuplicates([proxyAddresses])) = 0",
    "InStr(Join([proxyAddresses],\",\"),\"nobody\") > 0",
    "Contains([proxyAddresses],\"nobody\") > 0",
    "Count(Split(Join([proxyAddresses],\",\"),\",\")) = 0",
    "With($b,RemoveDuplicates([proxyAddresses]),Count($b)) = 0",
    "Left([proxyAddresses],5) = \"smtp:\" && Trim([proxyAddresses]) <> \"a\"",
  ])
  func whatLooksOnceAtEachValueIsNeverRefused(_ source: String) throws {
    #expect(try !isTrue(source, object(50_000)))
  }

  @Test func aLongValueCountsByItsLength() throws {
    let sample = object(1000, length: 20_000)
    let source =
      "Count(Where($a,[proxyAddresses],Count(Where($b,[proxyAddresses],$a = $b)) > 1)) > 0"
    #expect(try evaluationError(source, sample).hasPrefix("it takes more steps"))
  }

  @Test func whatIsMadeIsLimited() throws {
    let pad = "Count(Select($a,[proxyAddresses],PadLeft($a,4000000,\"x\"))) = 0"
    #expect(try evaluationError(pad, object(400)).hasPrefix("it makes more than 256 MiB"))
    let terms = Array(repeating: "[proxyAddresses]", count: 3000).joined(separator: " & ")
    #expect(try evaluationError(terms, object(2000)).contains("more"))
    let parts = Sample(["description": String(repeating: ",", count: 2_000_000)])
    #expect(
      try evaluationError("Count(Split([description],\",\"))", parts)
        == "Split: there are more than 1048576 parts")
  }

  /// A pack of many rules makes no more than one of them.
  @Test func whatAConditionMadeIsForgotten() throws {
    var table = AttributeTable()
    let expression = try compile("Len(Join([proxyAddresses],\",\")) = 1", &table)
    let entry = object(1000, length: 1000).entry(table)
    let before = entry.arena.mark.bytes
    for _ in 0..<50 { #expect(try !expression.isTrue(entry)) }
    #expect(entry.arena.mark.bytes == before)
  }

  @Test func bodiesNestFourDeep() throws {
    func nest(_ depth: Int) -> String {
      (0..<depth).reversed().reduce("True") { inner, number in
        let inner = number == depth - 1 ? "$a\(number) = \"x\"" : "Count(\(inner)) > 0"
        return "Where($a\(number),[proxyAddresses],\(inner))"
      }
    }
    #expect(compileError("Count(\(nest(4))) > 0") == nil)
    let error = try #require(compileError("Count(\(nest(5))) > 0"))
    #expect(error.message.contains("nested deeper than 4"))
  }

  @Test func manyDelimitersAreLookedUp() throws {
    let delimiters = String((0..<50).map { Character(Unicode.Scalar(0x100 + $0)!) })
    #expect(try evaluate("Word(\"aĀbāc\",2,\"\(delimiters)\")") == "\"b\"")
  }
}
