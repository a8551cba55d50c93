import Bytes
import Testing

@testable import Directory

@Suite struct TopLevelDomainsTests {
  private func load(_ file: String) throws -> TopLevelDomains {
    try Array(file.utf8).withByteView { bytes throws(TopLevelDomains.FileError) in
      try TopLevelDomains(adding: bytes)
    }
  }

  @Test func everyShippedLabelIsFound() {
    #expect(TopLevelDomains.shipped.count == TopLevelDomainData.count)
    let labels = ByteView(TopLevelDomainData.labels).string.split { $0 == " " || $0 == "\n" }
    #expect(labels.count == TopLevelDomainData.count)
    for label in labels {
      #expect(withView(String(label)) { TopLevelDomains.shipped.contains($0) })
      #expect(withView(label.uppercased()) { TopLevelDomains.shipped.contains($0) })
      #expect(withView(String(label)) { Domain.isHostNameLabelValid($0) })
    }
  }

  @Test(arguments: [
    "local", "internal", "onion", "arpa", "test", "corp", "lan", "", "co", "comm", "com ", "c",
    "goo", "budapest", "рффф",
  ])
  func othersAreNotFound(_ label: String) {
    let isCountry = label == "co"
    #expect(withView(label) { TopLevelDomains.shipped.contains($0) } == isCountry)
  }

  @Test func theDataHasADateAndACommit() {
    #expect(TopLevelDomains.date.utf8.count == 10)
    #expect(TopLevelDomains.commit.utf8.count == 40)
  }

  @Test func aFileAddsLabels() throws {
    let domains = try load("\u{FEFF}# ours\r\n.Corp\r\n\r\n  lan  # home\r\nbücher\ncom\nxn--tda")
    #expect(domains.count == TopLevelDomainData.count + 4)
    for label in ["corp", "LAN", "bücher", "xn--bcher-kva", "ü", "com"] {
      #expect(withView(label) { domains.contains($0) })
    }
    #expect(withView("a.corp") { Domain.verdict(of: $0, using: domains) } == .routable)
    #expect(withView("corp") { !TopLevelDomains.shipped.contains($0) })
  }

  @Test(arguments: [
    ("a.b", 1, "\"a.b\" has more than one label; name the top-level domain only"),
    ("x\nlocal", 2, "\"local\" can never be routable (RFC 6762); remove the line"),
    ("#\n\n-a", 3, "\"-a\" is not a valid label"),
    ("a b", 1, "\"a b\" is not a valid label"),
  ])
  func badLinesAreNamed(_ file: String, _ line: Int, _ reason: String) {
    #expect(throws: TopLevelDomains.FileError(line: line, reason: reason)) { try load(file) }
  }

  @Test func manyLabelsMakeTheTableGrow() throws {
    let domains = try load((0..<20000).map { "z\($0)z" }.joined(separator: "\n"))
    #expect(domains.count == TopLevelDomainData.count + 20000)
    for label in ["z0z", "z19999z", "com", "zw"] {
      #expect(withView(label) { domains.contains($0) })
    }
    #expect(!withView("z20000z") { domains.contains($0) })
  }

  @Test(arguments: hostileBytes)
  func hostileFiles(_ bytes: [UInt8]) {
    bytes.withByteView { view in
      #expect(throws: TopLevelDomains.FileError.self) { try TopLevelDomains(adding: view) }
      #expect(!TopLevelDomains.shipped.contains(view))
    }
  }
}
