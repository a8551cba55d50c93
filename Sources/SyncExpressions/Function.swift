import Bytes
import Directory

/// A function of the language: what it takes, what it gives, how it is evaluated.
struct Function: Sendable {
  enum Parameter: Sendable {
    /// One value; a list is worked on value by value.
    case one(Kinds)
    /// As `one`, and what stands there when it is left out.
    case optional(Kinds, ExpressionValue)
    /// A list as a whole.
    case list(Kinds)
    /// One of the names, which becomes its index; the index when it is left out.
    case choice([String], Int)

    var takesList: Bool { if case .list = self { true } else { false } }

    var isOptional: Bool {
      switch self {
      case .one, .list: false
      case .optional, .choice: true
      }
    }
  }

  enum Result: Sendable {
    case of(ExpressionType.Kind)
    case listOf(ExpressionType.Kind)
    /// One value of the first argument.
    case element
    /// As the first argument.
    case same
  }

  typealias One =
    @Sendable (ExpressionValue, ByteArena) throws(EvaluationError) -> ExpressionValue
  typealias Two =
    @Sendable (ExpressionValue, ExpressionValue, ByteArena) throws(EvaluationError) ->
    ExpressionValue
  typealias Three =
    @Sendable (ExpressionValue, ExpressionValue, ExpressionValue, ByteArena) throws(EvaluationError)
    -> ExpressionValue
  typealias Four =
    @Sendable (ExpressionValue, ExpressionValue, ExpressionValue, ExpressionValue, ByteArena)
    throws(EvaluationError) -> ExpressionValue

  /// Code by number of parameters, so that no array of arguments is built.
  enum Code: Sendable {
    case one(One)
    case two(Two)
    case three(Three)
    case four(Four)
  }

  let name: String
  let parameters: [Parameter]
  let result: Result
  let code: Code

  var givesList: Bool {
    switch result {
    case .listOf, .same: true
    case .of, .element: false
    }
  }

  /// How many arguments must be written.
  var required: Int { parameters.count { !$0.isOptional } }

  init(_ name: String, _ one: Parameter, gives result: Result, _ code: @escaping One) {
    self.name = name
    parameters = [one]
    self.result = result
    self.code = .one(code)
  }

  init(
    _ name: String, _ one: Parameter, _ two: Parameter, gives result: Result,
    _ code: @escaping Two
  ) {
    self.name = name
    parameters = [one, two]
    self.result = result
    self.code = .two(code)
  }

  init(
    _ name: String, _ one: Parameter, _ two: Parameter, _ three: Parameter,
    gives result: Result, _ code: @escaping Three
  ) {
    self.name = name
    parameters = [one, two, three]
    self.result = result
    self.code = .three(code)
  }

  init(
    _ name: String, _ one: Parameter, _ two: Parameter, _ three: Parameter, _ four: Parameter,
    gives result: Result, _ code: @escaping Four
  ) {
    self.name = name
    parameters = [one, two, three, four]
    self.result = result
    self.code = .four(code)
  }
}

/// All functions by name.
enum FunctionTable {
  static let functions: [String: Function] = {
    let all =
      EvaluationFunctions.all + ConversionFunctions.all + NumberFunctions.all + ListFunctions.all
      + TextFunctions.all + DateFunctions.all + DirectoryFunctions.all
    return Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
  }()

  /// Functions that the parser knows itself.
  static let special: Set<String> = [
    "Error", "IIF", "Switch", "Select", "Where", "With", "IsPresent", "IsNullOrEmpty", "IsNull",
    "Count", "ValueCount", "ImportedValue", "Now",
  ]

  /// The certificate family, which is not supported.
  static let certificates: Set<String> = [
    "CertExtensionOids", "CertFormat", "CertFriendlyName", "CertHashString", "CertIssuer",
    "CertIssuerDN", "CertIssuerOid", "CertKeyAlgorithm", "CertKeyAlgorithmParams", "CertNameInfo",
    "CertNotAfter", "CertNotBefore", "CertPublicKeyOid", "CertPublicKeyParametersOid",
    "CertSerialNumber", "CertSignatureAlgorithmOid", "CertSubject", "CertSubjectNameDN",
    "CertSubjectNameOid", "CertThumbprint", "CertVersion", "IsCert", "Thumbprint",
  ]

  /// Functions that would make a run's result differ from the next one's.
  static let random: Set<String> = ["Guid", "RandomNum"]

  /// All names that may be called, in order, for suggestions.
  static let names: [String] = (Array(functions.keys) + special).sorted()
}
