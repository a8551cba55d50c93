import Foundation
import Testing

/// `--memory-limit`: what does not fit goes to a file, and nothing of it stays behind.
@Suite struct MemoryLimitTests {
  /// Users with so many addresses that the smallest limit does not hold them.
  private static let manyAddresses: String = {
    var text = ""
    for number in 0..<3000 {
      text += """
        dn: CN=u\(number),DC=contoso,DC=com
        objectClass: user
        cn: u\(number)
        sAMAccountName: u\(number)
        userPrincipalName: u\(number)@contoso.com
        mail: u\(number % 2990)@contoso.com

        """
      for address in 0..<60 { text += "proxyAddresses: smtp:a\(number).\(address)@contoso.com\n" }
      text += "\n"
    }
    return text
  }()

  private static let smallest = ["--threads", "1", "--memory-limit", "33M"]

  @Test func reportsAreTheSame() throws {
    let place = try Workplace(Self.manyAddresses)
    let common = ["export.ldif", "--format", "csv", "--quiet", "--fail-on", "warning"]
    let spilled = try place.run(["check"] + common + Self.smallest)
    let unlimited = try place.run(["check"] + common + ["--memory-limit", "2g"])
    #expect(spilled.status == 1)
    #expect(spilled.output == unlimited.output)
    #expect(spilled.output.components(separatedBy: "DUP002").count > 20)
  }

  @Test(arguments: ["10M", "0", "32M"])
  func tooSmallIsRefusedWithTheSmallest(_ limit: String) throws {
    let place = try Workplace(Export.clean)
    for command in ["check", "fix"] {
      let outcome = try place.run(
        [
          command, "export.ldif", "--threads", "1", "--memory-limit", limit,
        ] + (command == "fix" ? ["--diff"] : []))
      #expect(outcome.status == 2)
      #expect(outcome.errorLines.count == 1)
      #expect(outcome.errors.contains("--memory-limit"))
      #expect(outcome.errors.contains("33M"))
    }
    #expect(try place.run(["check", "export.ldif", "--quiet"] + Self.smallest).status == 0)
  }

  @Test(arguments: ["", "M", "1.5G", "-1", "12Q", "99999999999T", "12 M"])
  func whatIsNoSizeIsRefused(_ limit: String) throws {
    let outcome = try Workplace("").check("--memory-limit=\(limit)")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("--memory-limit"))
  }

  /// A limit on the size of files does what a full disk does.
  @Test func fullDiskIsAnError() throws {
    let place = try Workplace(Self.manyAddresses)
    let outcome = try place.shell(
      "ulimit -f 100; ldaplint check export.ldif --quiet \(Self.smallest.joined(separator: " "))",
      environment: ["TMPDIR": place.folder.path])
    #expect(outcome.status == 2)
    #expect(!outcome.isSignal)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.contains(place.folder.path))
    #expect(outcome.errors.contains("--memory-limit"))
  }

  @Test func folderThatIsNotThereIsAnError() throws {
    let place = try Workplace(Self.manyAddresses)
    let outcome = try place.run(
      ["check", "export.ldif", "--quiet"] + Self.smallest,
      environment: ["TMPDIR": place.path("nowhere")])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("nowhere"))
  }

  #if os(Linux)
    /// Even a process that is killed while values are in a file leaves nothing there.
    @Test func endedRunLeavesNothingBehind() throws {
      let place = try Workplace(Self.manyAddresses)
      let folder = place.path("tmp")
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let outcome = try place.shell(
        """
        '\(Workplace.program.path)' check export.ldif \(Self.smallest.joined(separator: " ")) \
          >/dev/null &
        while kill -0 $!; do
          if ls -l /proc/$!/fd | grep -q "$TMPDIR"; then echo spilled; break; fi
          sleep 0.02
        done
        ls -A "$TMPDIR"; kill -KILL $!; wait $!
        """, environment: ["TMPDIR": folder])
      #expect(outcome.status == 128 + 9)
      #expect(outcome.output == "spilled\n")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    }
  #endif
}

/// One value of many megabytes.
@Suite struct LongValueTests {
  private static func export(_ lines: String) -> String {
    """
    dn: CN=long,DC=contoso,DC=com
    objectClass: user
    cn: long
    sAMAccountName: long
    \(lines)

    dn: CN=after,DC=contoso,DC=com
    objectClass: user
    cn: after
    sAMAccountName: after
    userPrincipalName: after x@contoso.com


    """
  }

  private static let text = String(repeating: "x ", count: 9 << 20)

  static let lines = [
    "displayName: \(text)",
    "proxyAddresses: smtp:\(text)",
    "displayName:: \(String(repeating: "eCB4", count: 5 << 20))",
    "displayName: x\n"
      + String(repeating: " \(String(repeating: "y", count: 75))\n", count: 250_000)
      + "cn: x",
  ]

  @Test(arguments: lines.indices)
  func aLineThatIsTooLongIsNamed(_ number: Int) throws {
    let place = try Workplace(Self.export(Self.lines[number]))
    for format in ["text", "json", "csv"] {
      let outcome = try place.run(["check", "export.ldif", "--format", format])
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("the line is longer than 16 MiB"), "\(format)")
      #expect(outcome.output.contains("after x@contoso.com"))
      #expect(outcome.output.utf8.count < 100_000)
    }
    let fix = try place.run(["fix", "export.ldif", "-o", "patch.ldif", "--undo", "undo.ldif"])
    #expect(fix.status == 2)
    #expect(fix.errors.contains("16 MiB"))
  }

  /// What no rule reads may be as long as it likes.
  @Test func aLongValueThatNobodyReadsIsPassedOver() throws {
    let lines = "jpegPhoto:: \(String(repeating: "eCB4", count: 5 << 20))"
    let outcome = try Workplace(Self.export(lines)).check("--format", "csv")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("after x@contoso.com"))
  }

  /// A record takes no more memory than the limit leaves it.
  @Test func aRecordBeyondTheMemoryLimitIsNamed() throws {
    let lines = "jpegPhoto:: \(String(repeating: "eCB4", count: 5 << 20))"
    let outcome = try Workplace(Self.export(lines)).check(
      "--threads", "1", "--memory-limit", "40M")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("larger than 10 MiB"), "\(outcome.errors)")
    #expect(outcome.errors.contains("memory limit"))
    #expect(outcome.output.contains("after x@contoso.com"))
  }
}
