import Directory
import Testing

@testable import SyncExpressions

struct LanguageTests {
  @Test(arguments: [
    ("2*(5+3)", "16"), ("2*5+3", "13"), ("2+5*3", "17"), ("10-3-2", "5"), ("2-(3-4)", "3"),
    ("7/2", "3"), ("-7/2", "-3"), ("-2147483648", "-2147483648"), ("5-3", "2"), ("5--3", "8"),
    ("&HFF", "255"), ("&HFFFFFFFFFFFFFFFF", "-1"), ("-9223372036854775808", "-9223372036854775808"),
    (#""a" & "b" = "AB""#, "True"), (#""a" & CStr(1+2) & "c""#, #""a3c""#),
    ("1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3 && 1 <> 2", "True"),
    ("False && False || True", "True"), ("True || False && False", "True"),
    ("1 = 1 = True", "True"), (#""\\0ACNF:""#, #""\0ACNF:""#), (#""a\b\""#, #""a\b\""#),
    (#""""#, #""""#), ("(((1)))", "1"), ("1\n+\t2", "3"), (#""a" < "B""#, "True"),
    (#""Ä" = "ä""#, "True"), (#""a" = "b""#, "False"), ("True = False", "False"),
    (#"Switch(1=2,"a",True,"b",True,Error("x"))"#, #""b""#), (#"Switch(1=2,"a")"#, "NULL"),
    ("IIF(NULL,1,2)", "2"), ("IIF(True,1,Error(\"no\"))", "1"),
    ("IgnoreThisFlow", "IgnoreThisFlow"), ("IIF(False,1,AuthoritativeNull)", "AuthoritativeNull"),
    (#"False && Item([uid],1) = "x""#, "False"), (#"True || Item([uid],1) = "x""#, "True"),
    ("With($a,Item([uid],1),True || $a = \"x\")", "True"),
  ])
  func evaluates(_ source: String, _ expected: String) throws {
    #expect(try evaluate(source) == expected)
  }

  @Test func switchEvaluatesEveryCondition() throws {
    #expect(try evaluationError(#"Switch(True,"a",1/0=1,"b")"#) == "/: division by zero")
  }

  /// An absent attribute compares to nothing.
  @Test(arguments: [
    #"[mail] = "a""#, #"[mail] <> "a""#, #"Left([mail],1) = "a""#, "[userAccountControl] < 1",
    "[userAccountControl] = 0", "[isCriticalSystemObject] = False", "[mail] = NULL",
    "BitAnd([userAccountControl],2) = 0", "[mail] = [mail]", "[isCriticalSystemObject]",
    "[userAccountControl] + 1 > 0",
  ])
  func nullIsNotTrue(_ source: String) throws {
    #expect(try isTrue(source, Sample([:])) == false)
  }

  @Test(arguments: [
    ("", 1, 1, "the expression is empty"),
    ("IsPresent(", 1, 11, "expected a value, found the end of the expression"),
    (
      "IsPresent([mail]", 1, 17,
      #"expected ")" or an operator in the call of IsPresent, found the end of the expression"#
    ),
    ("isPresent([mail])", 1, 1, "unknown function isPresent; names are case-sensitive: IsPresent"),
    ("IsPresnt([mail])", 1, 1, "unknown function IsPresnt; did you mean IsPresent?"),
    ("1 +\n  Lenn(\"x\")", 2, 3, "unknown function Lenn; did you mean Len?"),
    ("Blah(1)", 1, 1, "unknown function Blah"),
    ("[mailnickname] = 1", 1, 1, "attribute names are case-sensitive; write [mailNickname]"),
    ("[mail", 1, 1, #"expected an attribute name such as [mail], closed by "]""#),
    ("[]", 1, 1, #"expected an attribute name such as [mail], closed by "]""#),
    ("%Domain.FQDN", 1, 1, #"expected a parameter such as %Domain.FQDN%, closed by "%""#),
    ("%Domain.FQN%", 1, 1, "unknown parameter %Domain.FQN%; did you mean %Domain.FQDN%?"),
    ("%Forest.FQDN%", 1, 1, "%Forest.FQDN% has no value; set the parameter Forest.FQDN"),
    ("%Connector.ID%", 1, 1, "%Connector.ID% exists only inside Entra Connect"),
    (#"[mail] = "a"#, 1, 10, "the string that starts here has no closing quote"),
    (
      #""a""b""#, 1, 3, "a doubled quote is not known to the language; a string cannot hold a quote"
    ),
    ("\u{201C}a\u{201D}", 1, 1, "U+201C is a typographic quote; strings stand in straight ones"),
    ("'a'", 1, 1, "strings stand in double quotes"),
    ("1 == 1", 1, 3, "== is not an operator; write ="),
    ("1 != 1", 1, 3, "!= is not an operator; write <>"),
    ("!True", 1, 1, "! is not an operator; write = False after the operand"),
    ("True | False", 1, 6, "| is not an operator; write ||"),
    ("&hff", 1, 1, "a hexadecimal number starts with &H, not &h"),
    ("&HG", 1, 1, "expected hexadecimal digits after &H"),
    ("&H11111111111111111", 1, 1, "the number does not fit in 64 bits"),
    ("9223372036854775808", 1, 1, "the number does not fit in 64 bits"),
    ("1.5", 1, 2, "numbers are whole; a decimal point is not known"),
    ("true", 1, 1, "unknown name true; did you mean True? Names are case-sensitive"),
    ("mail", 1, 1, "unknown name mail; an attribute is written [mail]"),
    ("Len", 1, 4, #"expected "(" after the function Len, found the end of the expression"#),
    ("1 2", 1, 3, "expected an operator or the end, found 2"),
    ("(1", 1, 3, #"expected ")" or an operator, found the end of the expression"#),
    ("1)", 1, 2, #"")" has no "(""#),
    ("1 + ", 1, 5, "expected a value, found the end of the expression"),
    ("$item", 1, 1, "$item is not bound by Select, Where or With here"),
    ("$", 1, 1, #"expected a variable name such as $item after "$""#),
    ("Left([mail])", 1, 12, #"Left needs argument 2, found ")""#),
    ("Left()", 1, 6, #"Left needs argument 1, found ")""#),
    ("Left([mail],1,2)", 1, 14, "Left takes no more than 2 arguments"),
    ("Now(1)", 1, 5, #"expected ")" in the call of Now, found 1"#),
    (#"Left([mail],"1")"#, 1, 13, "Left: argument 2 must be a number, not a string; use CNum"),
    ("Len([userAccountControl])", 1, 5, "Len: argument 1 must be a string, not a number; use CStr"),
    (
      "DNComponent([dn],1)", 1, 13,
      "DNComponent: argument 1 must be a reference, not a string; use CRef"
    ),
    (
      #"Contains([mail],"x")"#, 1, 10,
      "Contains: argument 1 must be a multi-valued attribute, not [mail], a single value"
    ),
    (
      #"InStr("a","b",1,Text)"#, 1, 17,
      "InStr: argument 4 must be vbTextCompare or vbBinaryCompare, found Text"
    ),
    (
      #"[userAccountControl] = "512""#, 1, 22,
      "= cannot join a number and a string; use CNum or CStr"
    ),
    (
      #"[isCriticalSystemObject] = "TRUE""#, 1, 26,
      "= cannot join a Boolean and a string; write True and False without quotes"
    ),
    ("True < False", 1, 6, "< has no meaning for a Boolean"),
    (
      #"1 & "x""#, 1, 3, "& wants a string or a binary value or a reference, not a number; use CStr"
    ),
    ("1 && True", 1, 3, "&& wants a Boolean, not a number; use CBool"),
    ("IIF(1,2,3)", 1, 5, "IIF: argument 1 must be a Boolean, not a number; use CBool"),
    (
      "Switch(True,1,False)", 1, 20,
      "Switch takes pairs of a condition and a value; the last value is missing"
    ),
    ("Select(1,[uid],1)", 1, 8, "Select: argument 1 must be a variable such as $item, found 1"),
    (
      "ValueCount([member])", 1, 12,
      "ValueCount: argument 1 must be the quoted name of an attribute, found [member]"
    ),
    (
      "CertNotAfter([userCertificate])", 1, 1,
      "CertNotAfter: the certificate functions are not supported (in rule TST001)"
    ),
    (
      "Thumbprint([x])", 1, 1,
      "Thumbprint: the certificate functions are not supported (in rule TST001)"
    ),
    ("Guid()", 1, 1, "Guid: random values are refused, because two runs would not agree"),
    (
      "RandomNum(1,2)", 1, 1,
      "RandomNum: random values are refused, because two runs would not agree"
    ),
    ("Len(IgnoreThisFlow)", 1, 5, "Len: argument 1 must be a string, not a flow constant"),
    ("[mail] = \"ä\" ?", 1, 14, #"unexpected character "?""#),
  ])
  func errors(_ source: String, _ line: Int, _ column: Int, _ message: String) {
    let error = compileError(source)
    #expect(error?.message == message)
    #expect(error.map { [$0.line, $0.column] } == [line, column])
  }

  @Test(arguments: FunctionTable.certificates.sorted() + FunctionTable.random.sorted())
  func refused(_ function: String) {
    #expect(compileError("\(function)([x])") != nil)
  }

  /// Every prefix is an expression or an error with a place inside the text.
  @Test(arguments: DefaultRules.all)
  func prefixesDoNotCrash(_ source: String) {
    let bytes = Array(source.utf8)
    for length in 0..<bytes.count {
      let prefix = String(decoding: bytes[..<length], as: UTF8.self)
      guard let error = compileError(prefix) else { continue }
      #expect(error.offset <= length)
      #expect(error.column <= length + 1 && error.line == 1)
      #expect(!error.message.contains("\n"))
    }
  }

  /// One byte changed at a time: an error or an expression, never a crash.
  @Test(arguments: [DefaultRules.user, DefaultRules.mailEnabled])
  func mutationsDoNotCrash(_ source: String) {
    let bytes = Array(source.utf8)
    let replacements = Array("\"([%$&\\,0".utf8)
    for index in bytes.indices {
      var changed = bytes
      changed[index] = replacements[index % replacements.count]
      _ = compileError(String(decoding: changed, as: UTF8.self))
    }
  }

  @Test func deepNestingIsAnError() throws {
    func nested(_ open: String, _ close: String, _ count: Int) -> String {
      String(repeating: open, count: count) + "1" + String(repeating: close, count: count)
    }
    let message = "nested deeper than 200 levels"
    #expect(try evaluate(nested("(", ")", 199)) == "1")
    #expect(compileError(nested("(", ")", 200))?.message == message)
    #expect(compileError(nested("IIF(True,", ",2)", 5000))?.message == message)
    #expect(try evaluate(nested("IIF(True,", ",2)", 198)) == "1")
    #expect(compileError(nested("- ", "", 10_000))?.message == message)
    #expect(compileError(String(repeating: "1+", count: 300) + "1")?.message == message)
    #expect(compileError(String(repeating: "(", count: 30_000))?.message == message)
    let chain = Array(repeating: "True", count: 5000).joined(separator: " && ")
    #expect(try evaluate(chain) == "True")
    #expect(compileError(String(repeating: " ", count: 70_000))?.message.contains("longer") == true)
  }

  @Test(arguments: [
    ("2+5*3", true), ("2*5+3", false), ("2+(5*3)", false),
    ("IsPresent([mail]) || IsPresent([cn]) = False", true),
    ("IsPresent([mail]) || (IsPresent([cn]) = False)", false),
    ("IsPresent([mail]) && IsPresent([cn]) = True", false),
    (#"IsPresent([mail]) || [cn] = "x""#, false), ("True || False && False", true),
    (#"[mail] & "x" = "y""#, false), ("1 - 2 * 3 > 4", true),
  ])
  func precedenceThatTheDocumentationDenies(_ source: String, _ expected: Bool) throws {
    #expect(try warnings(source).contains { $0.message.hasPrefix("read strictly") } == expected)
  }

  @Test func doubtsAreNamed() throws {
    #expect(
      try warnings("IsPresent([mial])").map(\.message) == [
        "the type of [mial] is not known, so that it is checked only per value; did you mean [mail]?"
      ])
    #expect(
      try warnings("[mail] = NULL").map(\.message) == [
        "a comparison with NULL is never True; use IsNull"
      ])
    #expect(try warnings("4 / 2 = 2").map(\.message) == ["/ is not among the documented operators"])
  }

  @Test(arguments: [
    ("[mail]", "str"), ("[proxyAddresses]", "mvstr"), ("[objectGUID]", "bin"), ("[x]", "var"),
    ("Trim([proxyAddresses])", "mvstr"), ("Len([proxyAddresses]) > 1", "mvbool"),
    ("[manager]", "ref"),
    ("Item([member],1)", "ref"), ("Now()", "dt"), (DefaultRules.user, "bool"), ("NULL", "NULL"),
    (#"Error("x")"#, "void"), ("IIF(True,[mail],[userAccountControl])", "var"),
    (#"Where($i,[member],IsPresent($i))"#, "mvref"), ("IgnoreThisFlow", "IgnoreThisFlow"),
  ])
  func types(_ source: String, _ expected: String) throws {
    var table = AttributeTable()
    let type = try compile(source, &table).resultType.description
    #expect(type == (expected == "IgnoreThisFlow" ? "flow" : expected))
  }

  @Test func attributesAreRegisteredOnce() throws {
    var table = AttributeTable()
    let other = table.need("objectClass")
    let expression = try compile(#"[mail] = "a" || [mail] = "b" || [cn] = "c""#, &table)
    #expect(table.names == ["objectClass", "mail", "cn"])
    #expect(expression.attributes.map { table.name($0) } == ["mail", "cn"])
    #expect(!expression.attributes.contains(other))
    let before = table.count
    #expect(throws: ExpressionError.self) { try compile("[sn] = 1", &table) }
    #expect(table.count == before)
  }
}
