// swift-tools-version: 6.2
import PackageDescription

// Strict memory safety makes every use of an unsafe construct visible in the source. Overlapping
// accesses are looked for in debug builds, which the tests run; in a release build the look-up per
// access of a class's property costs a sixth of the whole run.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

// The engine is optimised in debug builds too, with all its checks: the tests put hundreds of
// thousands of made-up objects through it.
let engine: [SwiftSetting] =
  strict + [.unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug))]

// What waits for people, files or servers is built small: the program's size is bounded.
let size: [SwiftSetting] = [.unsafeFlags(["-Osize"], .when(configuration: .release))]
let small: [SwiftSetting] = strict + size

/// A module of the engine: optimised in debug builds too.
func engine(
  _ name: String, on dependencies: [Target.Dependency], exclude: [String] = [],
  linking archive: String? = nil, isSmall: Bool = false
) -> Target {
  .target(
    name: name, dependencies: dependencies, exclude: exclude,
    swiftSettings: isSmall ? engine + size : engine,
    linkerSettings: archive.map { [.linkedLibrary(":\($0)")] })
}

/// What engine and tests are built on, from the bottom up.
let ground: [Target.Dependency] = ["LibC", "Bytes", "System", "Directory"]
/// What a run is made of.
let run: [Target.Dependency] =
  ground + ["LDIF", "Intake", "SyncExpressions", "Rules", "Sync", "Checks", "Findings", "Lint"]

let package = Package(
  name: "ldaplint",
  products: [.executable(name: "ldaplint", targets: ["ldaplint"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    // Bottom: the C library, bytes, files, the directory's vocabulary, LDIF.
    .target(name: "LibC", swiftSettings: strict),
    engine("Bytes", on: ["LibC"]),
    engine("System", on: ["LibC", "Bytes"]),
    engine(
      "Directory", on: ["LibC", "Bytes"],
      exclude: ["Data/generate-top-level-domains.py", "Data/generate-unicode-folds.py"]),
    engine("LDIF", on: ground),
    // zlib as Debian packs it, the archive: the program needs no library of it.
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    engine("Intake", on: ground + ["LDIF", "CZlib"], linking: "libz.a"),
    engine("Tables", on: ["Bytes"]),

    // Live directories, over the system's libldap.
    .systemLibrary(name: "CLDAP", pkgConfig: "ldap", providers: [.apt(["libldap2-dev"])]),
    .target(
      name: "LDAP", dependencies: ground + ["LDIF", "CLDAP", "Findings"], swiftSettings: small),

    // Rules: the expression language, YAML nodes, typed rules, the built-in packs.
    engine("SyncExpressions", on: ["LibC", "Bytes", "Directory"]),
    // libyaml as Debian packs it, the archive: the program needs no library of it.
    .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
    .target(
      name: "RuleNodes", dependencies: ["CYAML"], swiftSettings: small,
      linkerSettings: [.linkedLibrary(":libyaml.a")]),
    engine(
      "Rules",
      on: ["Bytes", "System", "Directory", "SyncExpressions", "RuleNodes", "Findings"],
      isSmall: true),
    .executableTarget(
      name: "embed-rules", dependencies: ["LibC", "Bytes", "System", "RuleNodes", "CZlib"],
      swiftSettings: strict, linkerSettings: [.linkedLibrary(":libz.a")]),
    .plugin(name: "EmbedRules", capability: .buildTool(), dependencies: ["embed-rules"]),
    // Its link to rules makes SwiftPM plan the build anew when a rule is added or removed.
    .target(
      name: "BuiltinRules", dependencies: ["Bytes", "CZlib"], exclude: ["rules"],
      swiftSettings: strict, linkerSettings: [.linkedLibrary(":libz.a")], plugins: ["EmbedRules"]),

    // The run: checks, findings, repairs, reports.
    engine("Findings", on: ["LibC", "Bytes"]),
    engine("Sync", on: ground + ["Tables", "SyncExpressions", "Rules"]),
    engine("Checks", on: ground + ["SyncExpressions", "Rules", "Sync", "Findings"]),
    engine(
      "Lint",
      on: ground + ["LDIF", "Intake", "SyncExpressions", "Rules", "Sync", "Checks", "Findings"]),
    engine("Repairs", on: run + ["Tables"], isSmall: true),
    .target(
      name: "Reports", dependencies: ["LibC", "Bytes", "Directory", "Tables", "Findings"],
      swiftSettings: small),

    // What a program is started with, where Swift does not find it.
    .target(name: "CArguments"),
    .executableTarget(
      name: "ldaplint",
      dependencies: run + [
        "CArguments", "Tables", "LDAP", "BuiltinRules", "Repairs", "Reports",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: small,
      // Linking Swift's libraries in asks for every public symbol to be exported, by name. Nothing
      // loads a program; the tables of names are half a megabyte. Equal code is there once. The
      // index of the frames is for exceptions of C++, which nothing throws.
      linkerSettings: [
        .unsafeFlags(
          [
            "-use-ld=lld", "-Xlinker", "--no-export-dynamic", "-Xlinker", "--icf=all", "-Xlinker",
            "--no-eh-frame-hdr",
          ],
          .when(configuration: .release))
      ]),

    // Benchmarks. The first depends on nothing, so that making data needs no build of the program.
    .executableTarget(
      name: "bench-data", dependencies: ["LibC"], path: "Benchmarks/Sources/bench-data",
      swiftSettings: strict),
    .executableTarget(
      name: "bench-micro", dependencies: run, path: "Benchmarks/Sources/bench-micro",
      swiftSettings: strict),

    // Readers with what must hold of them whatever they are given: for tests and for `make fuzz`.
    .target(name: "FuzzEngine", path: "Fuzz/Engine"),
    .target(
      name: "FuzzTargets",
      dependencies: ground + [
        "FuzzEngine", "LDIF", "Intake", "Tables", "SyncExpressions", "RuleNodes", "Rules", "Sync",
        "Repairs", "LDAP", "CLDAP",
      ], path: "Fuzz/Targets"),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets", "TestKit"]),

    // Tests mirror the sources, module for module.
    .target(
      name: "TestKit", dependencies: run + ["BuiltinRules"], path: "Tests/Support/TestKit"),
    .testTarget(name: "BytesTests", dependencies: ["Bytes", "TestKit"]),
    .testTarget(name: "SystemTests", dependencies: ["System", "Bytes", "TestKit"]),
    .testTarget(name: "DirectoryTests", dependencies: ["Directory", "Bytes", "TestKit"]),
    .testTarget(name: "TablesTests", dependencies: ["Tables", "Bytes", "TestKit"]),
    .testTarget(name: "LDIFTests", dependencies: ground + ["LDIF", "TestKit"]),
    .testTarget(
      name: "IntakeTests", dependencies: ground + ["CZlib", "Intake", "LDIF", "TestKit"]),
    .target(
      name: "TestServers", dependencies: ["LibC"], path: "Tests/Support/TestServers"),
    .testTarget(name: "LDAPTests", dependencies: ground + ["LDAP", "Findings", "TestServers"]),
    .testTarget(
      name: "SyncExpressionsTests", dependencies: ["SyncExpressions", "Directory", "Bytes"]),
    .testTarget(
      name: "RulesTests",
      dependencies: ["Rules", "RuleNodes", "BuiltinRules", "Findings", "embed-rules"],
      exclude: ["Fixtures", "embedding.sh"]),
    .testTarget(name: "FindingsTests", dependencies: ["Findings", "TestKit"]),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["Reports", "Findings", "Bytes", "Directory", "Tables", "TestKit"],
      exclude: ["Golden"]),
    .testTarget(
      name: "SyncTests", dependencies: ground + ["SyncExpressions", "Rules", "Sync", "TestKit"]),
    .testTarget(name: "ChecksTests", dependencies: run + ["BuiltinRules", "TestKit"]),
    .testTarget(name: "RuleExampleTests", dependencies: run + ["BuiltinRules", "TestKit"]),
    .testTarget(
      name: "LintTests", dependencies: run + ["RuleNodes", "BuiltinRules", "TestKit"],
      exclude: [
        "IdFix/README.md", "IdFix/testset.ldif", "IdFix/multi-tenant.csv", "IdFix/dedicated.csv",
      ]),
    .testTarget(
      name: "RepairsTests", dependencies: run + ["Repairs", "Reports", "BuiltinRules", "TestKit"]),
    .testTarget(
      name: "CommandTests",
      dependencies: ["ldaplint", "LibC", "Directory", "TestServers", "TestKit"]),
  ],
  swiftLanguageModes: [.v6]
)

// `make lint` and `make test` take no warnings from our own code. A plain build does: a newer
// compiler's new warnings must not keep anybody from building.
if Context.environment["LDAPLINT_WARNINGS"] == "error" {
  for target in package.targets where target.type != .plugin && target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + [.treatAllWarnings(as: .error)]
  }
}

// `make fuzz` builds with it, apart from everything else: one more program, and every module with what
// tells the engine where an input leads.
if Context.environment["LDAPLINT_FUZZ"] != nil {
  let instrumented = "-sanitize=fuzzer,address"
  // Programs cannot be linked of what is instrumented: they are left out, with what needs them.
  let readers: Set = [
    "LibC", "Bytes", "System", "Directory", "LDIF", "CZlib", "Intake", "Tables", "CLDAP", "LDAP",
    "CYAML", "RuleNodes", "Rules", "SyncExpressions", "Findings", "Sync", "Checks", "Lint",
    "Repairs",
    "FuzzEngine", "FuzzTargets",
  ]
  package.products = []
  package.dependencies = []
  package.targets.removeAll { !readers.contains($0.name) }
  package.targets.append(
    .executableTarget(
      name: "ldaplint-fuzz", dependencies: ["FuzzEngine", "FuzzTargets", "LibC"],
      path: "Fuzz/Driver", linkerSettings: [.unsafeFlags([instrumented, "-use-ld=lld"])]))
  for target in package.targets where target.type != .system && target.name != "FuzzEngine" {
    target.swiftSettings =
      (target.swiftSettings ?? []) + [.unsafeFlags([instrumented, "-enable-testing"])]
  }
}
