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

let package = Package(
  name: "ldaplint",
  products: [
    .executable(name: "ldaplint", targets: ["ldaplint"]),
    .library(
      name: "LDAPLintKit",
      targets: ["Bytes", "LDIF", "Directory", "SyncExpressions", "RulePacks", "Checks", "Lint"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
  ],
  targets: [
    // Bottom: bytes, the directory's vocabulary, LDIF.
    .target(name: "Bytes", swiftSettings: engine),
    .target(
      name: "Directory", dependencies: ["Bytes"],
      exclude: [
        "Data/generate-top-level-domains.py", "Data/generate-unicode-folds.py",
      ],
      swiftSettings: engine),
    .target(name: "LDIF", dependencies: ["Bytes", "Directory"], swiftSettings: engine),

    // Live directories, over the system's libldap.
    .systemLibrary(name: "CLDAP", pkgConfig: "ldap", providers: [.apt(["libldap2-dev"])]),
    .target(
      name: "LDAPSource", dependencies: ["CLDAP", "Bytes", "Directory", "Findings"],
      swiftSettings: strict),

    // Rules: the expression language, YAML nodes, typed rules, the built-in packs.
    .target(name: "SyncExpressions", dependencies: ["Bytes", "Directory"], swiftSettings: engine),
    .target(
      name: "RuleNodes", dependencies: [.product(name: "Yams", package: "Yams")],
      swiftSettings: strict),
    .target(
      name: "RulePacks",
      dependencies: ["Bytes", "Directory", "SyncExpressions", "RuleNodes", "Findings"],
      swiftSettings: engine),
    .executableTarget(name: "embed-rules", dependencies: ["RuleNodes"], swiftSettings: strict),
    .plugin(name: "EmbedRules", capability: .buildTool(), dependencies: ["embed-rules"]),
    // Its link to rules makes SwiftPM plan the build anew when a rule is added or removed.
    .target(
      name: "BuiltinRules", exclude: ["rules"], swiftSettings: strict, plugins: ["EmbedRules"]),

    // The run: checks, findings, reports.
    .target(name: "Findings", dependencies: ["Bytes"], swiftSettings: engine),
    .target(
      name: "Checks",
      dependencies: ["Bytes", "Directory", "SyncExpressions", "RulePacks", "Findings"],
      swiftSettings: engine),
    .target(
      name: "Lint",
      dependencies: ["Bytes", "Directory", "LDIF", "RulePacks", "Checks", "Findings"],
      swiftSettings: engine),
    .target(
      name: "Remediation",
      dependencies: ["Bytes", "Directory", "LDIF", "RulePacks", "Checks", "Findings", "Lint"],
      swiftSettings: engine),
    .target(name: "Reports", dependencies: ["Bytes", "Findings"], swiftSettings: strict),

    .executableTarget(
      name: "ldaplint",
      dependencies: [
        "Bytes", "Directory", "LDIF", "LDAPSource", "RulePacks", "BuiltinRules", "Checks",
        "Findings", "Lint", "Remediation", "Reports",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Tests mirror the sources, module for module.
    .testTarget(name: "BytesTests", dependencies: ["Bytes"]),
    .testTarget(name: "DirectoryTests", dependencies: ["Directory", "Bytes"]),
    .testTarget(name: "LDIFTests", dependencies: ["LDIF", "Directory", "Bytes"]),
    .target(name: "TestServers", path: "Tests/Support/TestServers"),
    .testTarget(
      name: "LDAPSourceTests", dependencies: ["LDAPSource", "Findings", "TestServers"]),
    .testTarget(
      name: "SyncExpressionsTests", dependencies: ["SyncExpressions", "Directory", "Bytes"]),
    .testTarget(
      name: "RulePacksTests",
      dependencies: ["RulePacks", "RuleNodes", "BuiltinRules", "Findings", "embed-rules"],
      exclude: ["Fixtures", "embedding.sh"]),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Findings", "Bytes"], exclude: ["Golden"]),
    .testTarget(
      name: "ChecksTests",
      dependencies: [
        "Checks", "RulePacks", "BuiltinRules", "SyncExpressions", "Directory", "Bytes",
      ]),
    .testTarget(
      name: "RuleTests",
      dependencies: ["Lint", "Checks", "RulePacks", "BuiltinRules", "LDIF", "Bytes"]),
    .testTarget(
      name: "LintTests",
      dependencies: [
        "Lint", "Checks", "RulePacks", "RuleNodes", "BuiltinRules", "Findings", "LDIF", "Directory",
        "Bytes",
      ],
      exclude: [
        "IdFix/README.md", "IdFix/testset.ldif", "IdFix/multi-tenant.csv", "IdFix/dedicated.csv",
      ]),
    .testTarget(
      name: "RepairTests",
      dependencies: [
        "Remediation", "Lint", "Checks", "RulePacks", "BuiltinRules", "Findings", "LDIF",
        "Directory", "Bytes",
      ]),
    .testTarget(name: "RemediationTests", dependencies: ["Remediation", "LDIF", "Bytes"]),
    .testTarget(name: "CommandTests", dependencies: ["ldaplint", "TestServers"]),
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
