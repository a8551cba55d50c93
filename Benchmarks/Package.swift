// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.strictMemorySafety()]

let package = Package(
  name: "ldaplint-benchmarks",
  dependencies: [.package(name: "ldaplint", path: "..")],
  targets: [
    // Depends on nothing, so that making data needs no build of the program.
    .executableTarget(name: "bench-data", swiftSettings: strict),
    .executableTarget(
      name: "bench-micro",
      dependencies: [.product(name: "LDAPLintKit", package: "ldaplint")],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
