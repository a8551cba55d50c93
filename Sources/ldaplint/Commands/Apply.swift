import ArgumentParser
import Bytes
import LDIF
import Repairs
import System

/// `ldaplint apply`: sends a patch to the directories that it was made for.
struct Apply: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Send a patch to a directory; without --yes, say what that would do.",
    discussion: """
      Every old value is compared with the directory's first; a record whose values have changed \
      is refused and the others go on. What is done is written to a journal, by which --resume \
      continues and `ldaplint undo` takes everything back. Nothing is sent without --yes.

      Examples:
        ldaplint apply patch.ldif --to ldaps://dc1.contoso.com --bind-dn admin@contoso.com
        ldaplint apply patch.ldif --to ldaps://dc1.contoso.com --sasl gssapi --yes --limit 10

      Exit status: 0 everything is (or would be) done, 1 records were refused or not sent, \
      2 the run was misused or failed.
      """)

  @Argument(
    help: ArgumentHelp("The patch, as `fix` writes it.", valueName: "patch"), completion: .file())
  var patch: String

  @OptionGroup var sending: SendingOptions

  @OptionGroup(title: "LDAP") var ldap: LDAPOptions

  func run() throws {
    if patch == "-", ldap.passwordStdin {
      throw Failure("standard input cannot be both the password and the patch")
    }
    if patch == "-", sending.yes, sending.journal == nil {
      throw Failure("name the journal with --journal FILE")
    }
    let records = try records()
    try PatchSending(
      options: sending, ldap: ldap, origin: patch,
      journalPath: sending.journal ?? (patch == "-" ? nil : "\(patch).journal")
    ).send(records)
  }

  /// A patch with one record that cannot be read is not sent at all: it was cut short or damaged.
  private func records() throws -> [ChangeRecord] {
    let list = try PatchFile.read(patch, spoolFolder: Spool.defaultFolder)
    guard list.errors.isEmpty else {
      var failure = Failure("\(patch): nothing is sent of a patch with errors")
      failure.lines += list.errors.prefix(20).map { "\(patch): \($0)" }
      throw failure
    }
    return list.records
  }
}
