import Directory
import Testing

@testable import SyncExpressions

/// Functions, operators and IIF applied value by value.
struct MappingTests {
  static let addresses = Sample([
    "proxyAddresses": "smtp:b@c.com", "proxyAddresses": "SIP:a@d.com",
    "proxyAddresses": "SMTP:a@c.com ", "mail": "a@c.com", "unknown": "1", "unknown": "x",
    "single": "3",
  ])

  @Test(arguments: [
    ("Trim([proxyAddresses])", #"["smtp:b@c.com", "SIP:a@d.com", "SMTP:a@c.com"]"#),
    (
      #"Word([proxyAddresses],1,"@") & "@contoso.com""#,
      #"["smtp:b@contoso.com", "SIP:a@contoso.com", "SMTP:a@contoso.com"]"#
    ),
    (
      #"IIF(InStr([proxyAddresses],"SIP:")=1,NULL,[proxyAddresses])"#,
      #"["smtp:b@c.com", "SMTP:a@c.com "]"#
    ),
    (
      #"IIF(Contains([proxyAddresses],"SMTP:")>0,[proxyAddresses],Error("No primary SMTP address found."))"#,
      #"["smtp:b@c.com", "SIP:a@d.com", "SMTP:a@c.com "]"#
    ),
    (
      #"Trim(IIF(IsPresent([mail]),[proxyAddresses],NULL))"#,
      #"["smtp:b@c.com", "SIP:a@d.com", "SMTP:a@c.com"]"#
    ),
    // Only the values that are chosen are evaluated.
    (#"IIF(IsNumeric([unknown]),CNum([unknown]),0-1)"#, "[1, -1]"),
    (
      #"IIF(InStr([proxyAddresses],"SIP:")=1,Error("never"),Left([proxyAddresses],1))"#,
      "the expression raised \"never\""
    ),
    (
      #"Switch(InStr([proxyAddresses],"SIP:")=1,"sip",Left([proxyAddresses],5)="smtp:","smtp")"#,
      #"["smtp", "sip", "smtp"]"#
    ),
    (#"Len([proxyAddresses]) + 1"#, "[13, 12, 14]"),
    (#"-Len([proxyAddresses])"#, "[-12, -11, -13]"),
    (
      #"InStr([proxyAddresses],"c.com")>0 && Left([proxyAddresses],5)="SMTP:""#,
      "[True, False, True]"
    ),
    // A list that stays whole is the same for every value.
    (
      #"IIF(Left([proxyAddresses],4)="SIP:",Join([proxyAddresses],"|"),NULL)"#,
      #"["smtp:b@c.com|SIP:a@d.com|SMTP:a@c.com "]"#
    ),
    (#"Count(IIF(InStr([proxyAddresses],"SIP:")=1,NULL,[proxyAddresses]))"#, "2"),
    (#"Item(IIF(InStr([proxyAddresses],"smtp:")=1,NULL,[proxyAddresses]),1)"#, #""SIP:a@d.com""#),
    // Positions stay in step through a bound list.
    (
      #"With($n,InStr([proxyAddresses],"SIP:"),IIF($n=1,[proxyAddresses],NULL))"#,
      #"["SIP:a@d.com"]"#
    ),
    (#"Trim(Split("a , b",","))"#, #"["a", "b"]"#), (#"UCase([single])"#, #""3""#),
    ("[single] + 1", "4"), ("Trim([absent])", "NULL"), ("Trim([uid])", "NULL"),
    (#"[uid] & "x""#, "NULL"), (#"[absent] & "x""#, #""x""#), (#"[mail] & "x""#, #""a@c.comx""#),
    ("[employeeID] & [mail2]", "NULL"),
  ])
  func values(_ source: String, _ expected: String) throws {
    let result: String
    do {
      result = try evaluate(source, Self.addresses)
    } catch let error as EvaluationError {
      result = error.message
    }
    #expect(result == expected)
  }

  @Test(arguments: [
    (#"[proxyAddresses] = "sip:A@d.com""#, true), (#"[proxyAddresses] = "x""#, false),
    (#"[mail] = "x" || Left([proxyAddresses],4) = "SIP:""#, true),
    (#"InStr([proxyAddresses],"b@")>0 && InStr([proxyAddresses],"SIP")>0"#, false),
    (#"InStr([proxyAddresses],"a@")>0 && InStr([proxyAddresses],"SIP")>0"#, true),
    (#"IIF(Left([proxyAddresses],4)="SIP:",True,NULL)"#, true),
    (#"IsPresent([mail]) && [unknown] = "X""#, true),
    (#"[absent] = "x" || [mail] = "a@c.com""#, true),
    (#"IsPresent([absent]) && Item([proxyAddresses],99) = "x""#, false),
    (
      #"IsPresent([absent]) && Trim(IIF(IsPresent([absent]),[proxyAddresses],Error("x"))) = "y""#,
      false
    ),
    ("[single] = 3", true), ("[single] > 2 + 1", false),
  ])
  func conditions(_ source: String, _ expected: Bool) throws {
    #expect(try isTrue(source, Self.addresses) == expected)
  }

  @Test func aConditionOverValuesIsDoubtful() throws {
    let messages = try warnings(#"[proxyAddresses] = "x""#).map(\.message)
    #expect(messages.count == 1 && messages[0].hasPrefix("gives one result per value"))
    #expect(try warnings(#"Contains([proxyAddresses],"x") > 0"#) == [])
  }

  /// What takes the whole list is computed once, not for every value.
  @Test func aLongListIsNotQuadratic() throws {
    var sample = Sample([:])
    for number in 0..<20_000 {
      sample.values.append(("proxyAddresses", Array("smtp:\(number)".utf8)))
    }
    let source =
      #"Count(IIF(Contains([proxyAddresses],"none")=0 && Len([proxyAddresses])=10,[proxyAddresses],NULL))"#
    #expect(try evaluate(source, sample) == "10000")
  }
}
