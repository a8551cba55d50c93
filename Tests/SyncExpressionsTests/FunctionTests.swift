import Directory
import Testing

@testable import SyncExpressions

/// Every function of the table with the examples of its reference.
struct FunctionTests {
  @Test(arguments: [
    (#"Left("John Doe",3)"#, #""Joh""#), (#"Left("John",0)"#, #""""#),
    (#"Left("John",-1)"#, #""John""#), (#"Left("John",9)"#, #""John""#),
    (#"Left([mail],3)"#, #""""#), (#"Left("äöü",2)"#, #""äö""#),
    (#"Left("😀b",2)"#, #""😀""#), (#"Left("a😀b",2)"#, #""a""#),
    (#"Right("John Doe",3)"#, #""Doe""#), (#"Right("John",0)"#, #""""#),
    (#"Right("John",-1)"#, #""John""#), (#"Right("Jo",9)"#, #""Jo""#),
    (#"Right([mail],3)"#, #""""#),
    (#"Mid("John Doe",3,5)"#, #""hn Do""#), (#"Mid("John Doe",6,999)"#, #""Doe""#),
    (#"Mid("John Doe",6)"#, #""Doe""#), (#"Mid("John",1,0)"#, #""""#),
    (#"Mid("John",2,-1)"#, #""John""#), (#"Mid("John",5,1)"#, #""John""#),
    (#"Mid("John",0,1)"#, #""John""#), (#"Mid([mail],1,1)"#, #""""#),
    (#"Trim("  Test ")"#, #""Test""#), (#"LTrim("  Test ")"#, #""Test ""#),
    (#"RTrim("  Test ")"#, #""  Test""#), ("Trim(\"\u{A0}\u{3000}x\u{2003}\")", #""x""#),
    ("Trim([mail])", "NULL"), (#"Trim("   ")"#, #""""#),
    (#"Word("The quick brown fox",3," ")"#, #""brown""#),
    (#"Word("This,string!has&many separators",3,",!&#")"#, #""has""#),
    (#"Word("a b",0," ")"#, #""""#), (#"Word("a b",3," ")"#, #""""#),
    (#"Word([mail],1," ")"#, #""""#), (#"Word("a,,b",3,",")"#, #""b""#),
    (#"InStr("The quick brown fox","quick")"#, "5"),
    (#"InStr("repEated","e",3,vbBinaryCompare)"#, "7"), (#"InStr("repEated","e",3)"#, "4"),
    (#"InStr("abc","x")"#, "0"), (#"InStr([mail],"x")"#, "0"), (#"InStr("ab","b",9)"#, "0"),
    (#"InStr("äÖx","ö")"#, "2"), (#"InStr("äÖx","ö",1,vbBinaryCompare)"#, "0"),
    (#"InStrRev("abbcdbbbef","bb")"#, "7"), (#"InStrRev("repEated","E",1,vbBinaryCompare)"#, "4"),
    (#"Len("John Doe")"#, "8"), ("Len([mail])", "0"), (#"Len("😀ä")"#, "3"),
    (#"LCase("TeSt Ä")"#, #""test ä""#), (#"UCase("TeSt ä ß")"#, #""TEST Ä ß""#),
    (#"PCase("TEsT")"#, #""Test""#), (#"PCase("ann o'brien-SMITH")"#, #""Ann O'brien-smith""#),
    (#"Replace("a-b-c","-","")"#, #""abc""#), (#"Replace("aaa","aa","b")"#, #""ba""#),
    (#"Replace("a|b","|","\n")"#, "\"a\nb\""), (#"Replace("abc","","x")"#, #""abc""#),
    (#"Replace("Abc","a","x")"#, #""Abc""#), (#"Replace([mail],"a","b")"#, "NULL"),
    (#"ReplaceChars("Räksmörgås","å:a,ä:a,ö:oe")"#, #""Raksmoergas""#),
    (#"ReplaceChars("a b","a:, b : xy")"#, #"" xy""#),
    (#"PadLeft("User",10,"0")"#, #""000000User""#), (#"PadRight("User",6," ")"#, #""User  ""#),
    (#"PadLeft("User",2,"0")"#, #""User""#), (#"PadLeft([mail],5,"0")"#, #""""#),
    (#"CRLF & "x""#, "\"\r\nx\""),
  ])
  func text(_ source: String, _ expected: String) throws {
    #expect(try evaluate(source) == expected)
  }

  @Test(arguments: [
    ("CBool(1)", "True"), ("CBool(0)", "False"), ("CBool(NULL)", "False"),
    ("CBool([msExchHideFromAddressLists])", "False"), ("CBool(3 > 2)", "True"),
    (#"CNum("12345")"#, "12345"), (#"CNum("-9223372036854775808")"#, "-9223372036854775808"),
    ("CNum([mail])", "NULL"), ("CStr(15)", #""15""#), ("CStr(True)", #""True""#),
    ("CStr(CRef([dn]))", #""CN=Ann,OU=Staff,DC=contoso,DC=com""#),
    (#"CDate("2013-01-10 4:00 PM -8")"#, "2013-01-11 00:00:00"),
    (#"CDate("2013-01-10")"#, "2013-01-10 00:00:00"),
    (#"CDate("1/10/2013 12:30 am")"#, "2013-01-10 00:30:00"),
    (#"CDate("2012-02-29T23:59:59.5+05:30")"#, "2012-02-29 18:29:59"),
    ("CBin(258,4)", "0x02010000"),
    (#"CGuid("00112233-4455-6677-8899-AABBCCDDEEFF")"#, "0x33221100554477668899aabbccddeeff"),
    (
      #"StringFromGuid(CGuid("{00112233-4455-6677-8899-AABBCCDDEEFF}"))"#,
      #""00112233-4455-6677-8899-aabbccddeeff""#
    ),
    (#"ConvertToBase64("Hello world!")"#, #""SABlAGwAbABvACAAdwBvAHIAbABkACEA""#),
    (#"ConvertFromBase64("SABlAGwAbABvACAAdwBvAHIAbABkACEA")"#, #""Hello world!""#),
    (#"ConvertFromBase64("SGVsbG8gd29ybGQh", UTF8)"#, #""Hello world!""#),
    (#"ConvertFromBase64("SGVsbG8gd29ybGQh", ASCII)"#, #""Hello world!""#),
    (#"ConvertToUTF8Hex("Hello world!")"#, #""48656C6C6F20776F726C6421""#),
    (#"ConvertFromUTF8Hex("48656C6C6F20776F726C6421")"#, #""Hello world!""#),
    ("ConvertToBase64([mail])", "NULL"),
    ("BitAnd(&HF,&HF7)", "7"), ("BitOr(8,1)", "9"), ("BitAnd([userAccountControl],2)", "NULL"),
    ("IsBitSet(&HF,4)", "True"), ("IsBitSet(8,4)", "False"),
    (#"IsDate("2013-01-10")"#, "True"), (#"IsDate("2013-02-29")"#, "False"),
    (#"IsEmpty("")"#, "True"), ("IsEmpty([mail])", "False"), (#"IsEmpty("x")"#, "False"),
    (#"IsGuid("00112233-4455-6677-8899-AABBCCDDEEFF")"#, "True"), (#"IsGuid("0011")"#, "False"),
    ("IsNull([mail])", "True"), (#"IsNull("")"#, "False"), (#"IsNullOrEmpty("")"#, "True"),
    ("IsNullOrEmpty([mail])", "True"), (#"IsNumeric("12")"#, "True"),
    (#"IsNumeric("1x")"#, "False"),
    ("IsPresent([mail])", "False"), (#"IsPresent("")"#, "False"), ("IsPresent([dn])", "True"),
    (#"IsString("x")"#, "True"), ("IsString([objectGUID])", "False"),
  ])
  func conversion(_ source: String, _ expected: String) throws {
    #expect(try evaluate(source) == expected)
  }

  @Test func securityIdentifier() throws {
    let bytes: [UInt8] =
      [1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0] + [1, 0, 0, 0] + [2, 0, 0, 0]
      + [3, 1, 0, 0, 0xF4, 1, 0, 0]
    let sample = Sample([:]).adding("objectSid", bytes: bytes)
    #expect(try evaluate("StringFromSid([objectSid])", sample) == #""S-1-5-21-1-2-259-500""#)
    let short = Sample([:]).adding("objectSid", bytes: [1, 5])
    #expect(
      try evaluationError("StringFromSid([objectSid])", short)
        == "StringFromSid: 2 bytes are not a security identifier")
  }

  @Test(arguments: [
    ("DateFromNum(129699324000000000)", "2012-01-01 23:00:00"),
    ("NumFromDate(DateFromNum(129699324000000000))", "129699324000000000"),
    (#"FormatDateTime(CDate("2014-12-25"),"yyyy-MM-dd")"#, #""2014-12-25""#),
    (
      #"FormatDateTime(DateFromNum(129699324000000000),"yyyyMMddHHmmss.0Z")"#,
      #""20120101230000.0Z""#
    ),
    (
      #"FormatDateTime(CDate("2014-12-25 15:04:05.25"),"dddd, d MMM yy h:mm:s tt fff 'at' \d")"#,
      #""Thursday, 25 Dec 14 3:04:5 PM 250 at d""#
    ),
    (#"CStr(FormatDateTime(CDate("2014-12-25"),"MM/dd"))"#, #""12/25""#),
    (#"DateAdd("m",3,CDate("2014-11-30"))"#, "2015-02-28 00:00:00"),
    (#"DateAdd("yyyy",1,CDate("2012-02-29"))"#, "2013-02-28 00:00:00"),
    (#"DateAdd("q",-1,CDate("2012-02-29"))"#, "2011-11-29 00:00:00"),
    (#"DateAdd("ww",1,CDate("2012-02-29"))"#, "2012-03-07 00:00:00"),
    (#"DateAdd("d",-60,CDate("2012-02-29"))"#, "2011-12-31 00:00:00"),
    (#"DateAdd("n",90,CDate("2012-02-29"))"#, "2012-02-29 01:30:00"),
    (#"DateAdd("s",-1,CDate("1601-01-01"))"#, "1600-12-31 23:59:59"),
    ("DateAdd(\"h\",1,Now())", "2012-01-02 00:00:00"),
    (#"CDate("2012-01-01") < Now()"#, "True"), (#"DateFromNum([pwdLastSet])"#, "NULL"),
  ])
  func dates(_ source: String, _ expected: String) throws {
    #expect(try evaluate(source, now: 129_699_324_000_000_000) == expected)
  }

  static let addresses = Sample([
    "proxyAddresses": "smtp:b@c.com", "proxyAddresses": "SMTP:a@c.com", "proxyAddresses": "SIP:a",
  ])

  @Test(arguments: [
    (#"Contains([proxyAddresses],"SMTP:")"#, "2"), (#"Contains([proxyAddresses],"x")"#, "0"),
    (#"Contains([proxyAddresses],"SMTP:",CaseInsensitive)"#, "1"),
    (#"Contains([proxyAddresses],"SMTP:",CaseSensitive)"#, "2"),
    ("Count([proxyAddresses])", "3"), (#"ValueCount("proxyAddresses")"#, "3"),
    ("Count(Trim([proxyAddresses]))", "3"), (#"Count(Split("a,b",","))"#, "2"),
    (
      #"Mid(Item([proxyAddresses],Contains([proxyAddresses],"SMTP:")),6)"#, #""a@c.com""#
    ),
    ("ItemOrNull([proxyAddresses],9)", "NULL"), ("ItemOrNull([proxyAddresses],3)", #""SIP:a""#),
    (#"Join([proxyAddresses],",")"#, #""smtp:b@c.com,SMTP:a@c.com,SIP:a""#),
    ("Join([proxyAddresses])", #""smtp:b@c.com SMTP:a@c.com SIP:a""#),
    (#"Join(Split("a b"," "),"")"#, #""ab""#), (#"Join(Split("a b"," "),NULL)"#, #""ab""#),
    ("Join([uid])", "NULL"),
    (#"Split("SMTP:john.doe@contoso.com",":")"#, #"["SMTP", "john.doe@contoso.com"]"#),
    (#"Split("a:b:c",":",2)"#, #"["a", "b:c"]"#), (#"Split([mail],":")"#, "NULL"),
    (#"RemoveDuplicates(LCase([proxyAddresses]))"#, #"["smtp:b@c.com", "smtp:a@c.com", "sip:a"]"#),
    (#"RemoveDuplicates(Left([proxyAddresses],4))"#, #"["smtp", "SIP:"]"#),
    (#"ImportedValue("proxyAddresses")"#, #"["smtp:b@c.com", "SMTP:a@c.com", "SIP:a"]"#),
    (#"Contains([member],"CN=x")"#, "0"),
    (
      #"Select($item,[proxyAddresses],Replace($item,"@c.com",""))"#,
      #"["smtp:b", "SMTP:a", "SIP:a"]"#
    ),
    (
      #"Where($item,[proxyAddresses],InStr($item,"smtp:")=1)"#, #"["smtp:b@c.com", "SMTP:a@c.com"]"#
    ),
    (#"With($p,Item([proxyAddresses],2),Mid($p,6) & $p)"#, #""a@c.comSMTP:a@c.com""#),
    (
      #"Select($a,Where($b,[proxyAddresses],Contains(Split($b,"@"),"smtp")>0),Word($a,2,"@"))"#,
      #"["c.com"]"#
    ),
  ])
  func lists(_ source: String, _ expected: String) throws {
    #expect(try evaluate(source, Self.addresses) == expected)
  }

  @Test func referencesContainOnlyWholeNames() throws {
    let sample = Sample(["member": "CN=a,DC=x", "member": "CN=ab,DC=x"])
    #expect(try evaluate(#"Contains([member],"CN=a,DC=x")"#, sample) == "1")
    #expect(try evaluate(#"Contains([member],"CN=a")"#, sample) == "0")
    #expect(try evaluate(#"Contains([member],"cn=ab,DC=x")"#, sample) == "0")
  }

  @Test(arguments: [
    ("DNComponent(CRef([dn]),1)", #""Ann\0ACNF:1\, b""#),
    ("DNComponent(CRef([dn]),2)", "\"\"St,aff\"\""), ("DNComponent(CRef([dn]),9)", "NULL"),
    ("DNComponent(CRef([dn]),0)", "NULL"), ("DNComponent([manager],1)", "NULL"),
    ("DNComponentRev(CRef([dn]),1)", #""com""#),
    ("DNComponentRev(CRef([dn]),1,DC)", "\"\"St,aff\"\""),
    (#"DNComponentRev(CRef([dn]),2,"DC")"#, #""Ann\0ACNF:1\, b""#),
    (#"EscapeDNComponent("a,b=c ")"#, #""a\,b\=c\ ""#),
    (##""cn=" & EscapeDNComponent("#1") & "," & %Forest.LDAP%"##, ##""cn=\#1,DC=contoso,DC=com""##),
    ("%Domain.FQDN%", #""contoso.com""#), ("%Domain.LDAP%", #""DC=contoso,DC=com""#),
    ("%Domain.Netbios%", #""CONTOSO""#),
  ])
  func names(_ source: String, _ expected: String) throws {
    let sample = Sample(
      dn: #"CN=Ann\0aCNF:1\, b, ou = "St,aff" ,DC=contoso,DC=com"#, [:])
    #expect(try evaluate(source, sample) == expected)
  }

  @Test func domainOfANameWithoutOneIsNull() throws {
    #expect(try evaluate("%Domain.FQDN%", Sample(dn: "uid=a,o=x", [:])) == "NULL")
    let record = Sample(dn: "DC=a,DC=zone,CN=MicrosoftDNS,DC=contoso,DC=com", [:])
    #expect(try evaluate("%Domain.FQDN%", record) == #""contoso.com""#)
  }

  @Test(arguments: [
    ("Item([proxyAddresses],4)", "Item: index 4 is out of bounds, there are 3 values"),
    ("Item([proxyAddresses],0)", "Item: index 0 is out of bounds, there are 3 values"),
    (#"CNum("x")"#, #"CNum: "x" is not a whole number"#),
    (#"CDate("x")"#, #"CDate: "x" is not a date"#),
    (#"CGuid("x")"#, #"CGuid: "x" is not a GUID"#),
    (
      #"ConvertFromBase64("SGVsbG8gd29ybGQ")"#,
      #"ConvertFromBase64: "SGVsbG8gd29ybGQ" is not Base64"#
    ),
    (#"ConvertFromUTF8Hex("4")"#, #"ConvertFromUTF8Hex: "4" is not UTF-8 in hexadecimal"#),
    (#"PadLeft("a",3,"xy")"#, "PadLeft: the padding must be one character"),
    (
      #"PadLeft("a",9000000000000000000,"x")"#,
      "PadLeft: the result is longer than 4194304 characters"
    ),
    (#"Split("a","xy")"#, "Split: the delimiter must be one character"),
    (#"InStr("a","a",0)"#, "InStr: the start must be 1 or more, not 0"),
    (
      #"ReplaceChars("a","ab:c")"#,
      #"ReplaceChars: "ab:c" is not a list of character:replacement, separated by commas"#
    ),
    (
      #"DateAdd("x",1,Now())"#,
      #"DateAdd: "x" is not an interval (yyyy, q, m, y, d, w, ww, h, n, s)"#
    ),
    (
      #"DateAdd("d",9000000000000000000,Now())"#,
      "DateAdd: the result is not between the years 1 and 9999"
    ),
    ("9223372036854775807 + 1", "+: the result does not fit in 64 bits"),
    ("-9223372036854775808 * -1", "*: the result does not fit in 64 bits"),
    ("-(-9223372036854775808)", "-: the result does not fit in 64 bits"),
    ("1 / 0", "/: division by zero"),
    (#"Error("a" & CRLF)"#, #"the expression raised "a<U+D><U+A>""#),
    ("CBin(1,9)", "CBin: the length must be 1 to 8 bytes, not 9"),
    (#"Left("a",NULL)"#, "Left: Null where a number is wanted"),
  ])
  func errors(_ source: String, _ expected: String) throws {
    #expect(try evaluationError(source, Self.addresses) == expected)
  }

  @Test(arguments: ["12x", "", "99999999999999999999", "-", "1.5"])
  func aNumberThatIsNoneIsAnError(_ value: String) throws {
    let sample = Sample(["userAccountControl": value, "isCriticalSystemObject": value])
    let message = try evaluationError("BitAnd([userAccountControl],2) = 0", sample)
    #expect(message.contains("[userAccountControl]"))
    #expect(throws: EvaluationError.self) {
      try isTrue("[isCriticalSystemObject] = True", sample)
    }
    #expect(try isTrue("IsPresent([userAccountControl])", sample))
  }
}
