import Foundation
import Testing

/// What a run needs and does not get: it is said, and the status is 2.
@Suite struct ResourceTests {
  @Test(arguments: 4...20) func fewDescriptorsAreAMessage(_ limit: Int) throws {
    let place = try Workplace(Export.local)
    for command in ["check export.ldif", "fix export.ldif -o patch.ldif", "check export.ldif -o r"]
    {
      let outcome = try place.shell(
        "ulimit -n \(limit); exec '\(Workplace.program.path)' \(command)")
      #expect(!outcome.isSignal)
      #expect([0, 1, 2].contains(outcome.status))
      if outcome.status == 2 { #expect(outcome.errors.hasPrefix("ldaplint: ")) }
    }
  }

  /// A source must not get the number of standard output: the report would be written into it.
  @Test func closedOutputIsAMessage() throws {
    let place = try Workplace(Export.local)
    let before = try place.read("export.ldif")
    for line in [
      "ldaplint check export.ldif >&-", "cat export.ldif | ldaplint check - >&-",
      "ldaplint fix export.ldif -o - >&-", "ldaplint check export.ldif <&- >&-",
    ] {
      let outcome = try place.shell(line)
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("standard output"), "\(line): \(outcome.errors)")
    }
    #expect(try place.read("export.ldif") == before)
    let outcome = try place.shell("ldaplint check export.ldif -o report <&- >&- 2>&-")
    #expect(outcome.status == 1)
    #expect(try place.read("report").contains("UPN006"))
  }

  @Test(arguments: [
    "ldaplint check /proc/self/mem", "ldaplint check export.ldif > /dev/full",
    "ldaplint fix export.ldif -o /dev/full --upn-suffix contoso.local=contoso.com",
    "cat export.ldif | ldaplint check - --spool-dir /proc",
    "ldaplint fix export.ldif --diff --upn-suffix contoso.local=contoso.com -q > /dev/full",
    "ldaplint rules list > /dev/full", "ldaplint explain UPN006 > /dev/full",
    "ldaplint --help > /dev/full", "ldaplint --version > /dev/full",
  ]) func failingDevicesAreAMessage(_ line: String) throws {
    let outcome = try Workplace(Export.local).shell(line)
    #expect(outcome.status == 2)
    #expect(outcome.errors.hasPrefix("ldaplint: "))
    #expect(outcome.errorLines.count <= 3)
  }

  /// A plain chroot has no `/proc`, where Dispatch looks for its threads.
  @Test func aRootWithoutProcIsEnough() throws {
    let place = try Workplace(Export.many(3000))
    let outcome = try place.shell(
      """
      set -e
      mkdir root root/tmp
      cp '\(Workplace.program.path)' root/ldaplint
      cp export.ldif root
      for file in $(ldd root/ldaplint | grep -o '/[^ ]*'); do
        mkdir -p "root$(dirname $file)"
        cp -L "$file" "root$file"
      done
      enter() { if [ "$(id -u)" = 0 ]; then chroot root "$@"; else unshare -r chroot root "$@"; fi; }
      enter /ldaplint --version
      for run in $(seq 20); do
        for form in decisions json; do
          enter /ldaplint check export.ldif --threads 4 --format $form -o /tmp/$form || [ $? = 1 ]
        done
      done
      enter /ldaplint fix export.ldif -o /tmp/p.ldif -q || [ $? = 1 ]
      ls root/tmp
      """)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.lines.suffix(5) == ["decisions", "json", "p.ldif", "p.undo.ldif", ""])
  }

  /// Whatever ends a run and whenever: what it should write is as before or whole, and nothing lies
  /// beside it.
  @Test(arguments: ["TERM", "INT", "KILL", "HUP"])
  func signalsLeaveOldFilesOrWholeOnes(_ signal: String) throws {
    let users = (0..<1200).map { Export.user("u\($0)", upn: "u\($0)@corp.local") }
    let export = users.joined(separator: "\n")
    let commands = [
      "check export.ldif --format json -o out.json",
      "fix export.ldif -o out.ldif --upn-suffix corp.local=contoso.com",
    ]
    for (command, name) in zip(commands, ["out.json", "out.ldif"]) {
      for moment in 1...5 {
        let place = try Workplace(export)
        try place.write("before", to: name)
        _ = try place.shell(
          "trap - INT; '\(Workplace.program.path)' \(command) -q & sleep \(Double(moment) * 0.05); "
            + "kill -\(signal) $!; wait $!")
        let text = try place.read(name)
        let isWhole =
          name == "out.json"
          ? text.hasSuffix("}}\n")
          : text.split(separator: "\n").last?.hasPrefix("# end of ldaplint patch") == true
        #expect(text == "before" || isWhole)
        let known: Set = ["export.ldif", name, "out.undo.ldif"]
        let files = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
        #expect(Set(files.filter { !$0.hasPrefix(".") }).subtracting(known) == [])
      }
    }
  }

  @Test func errorsOfPacksArePlainAndShort() throws {
    let place = try Workplace(Export.local)
    try FileManager.default.createDirectory(
      atPath: place.path("own"), withIntermediateDirectories: true)
    try place.write(
      "name: own\ntitle: A pack\nversion: '1'\nscope: { ad: { user: [] }, ldap: { user: [] } }\n",
      to: "own/pack.yaml")
    let long = String(repeating: "x", count: 20_000)
    let checks = [
      "pattern: { require-match: '(\(long)' }",
      "pattern: { require-match: '((a{1,30}){1,30}){1,30}' }",
      "expression: { forbid: 'No\(long)([mail])' }", "expression: { forbid: '[mail] & \(long)(' }",
      "\(long): {}",
    ]
    for (number, check) in checks.enumerated() {
      try place.write(
        """
        id: OWN00\(number)
        name: own-\(number)
        severity: info
        summary: A rule.
        objects: [user]
        attribute: mail
        check: { \(check) }
        message: 'it is so'
        why: It is.
        examples:
          bad:
            - ldif: |
                dn: CN=a,DC=contoso,DC=com
                objectClass: user
                mail: a@contoso.com
              finds: [{ dn: "CN=a,DC=contoso,DC=com", attribute: mail }]
          good:
            - ldif: |
                dn: CN=b,DC=contoso,DC=com
                objectClass: user

        """, to: "own/own-\(number).yaml")
      for arguments in [["rules", "check", "own"], ["check", "export.ldif", "--pack", "own"]] {
        let outcome = try place.run(arguments)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("own-\(number).yaml"))
        #expect(!outcome.errors.contains("RuleError("), "\(outcome.errors.prefix(400))")
        #expect(outcome.errorLines.allSatisfy { $0.count < 700 })
        #expect(Set(outcome.errorLines).count == outcome.errorLines.count)
      }
      try FileManager.default.removeItem(atPath: place.path("own/own-\(number).yaml"))
    }
  }
}
