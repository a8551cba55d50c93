import ArgumentParser
import Bytes
import LDIF
import Repairs
import System

/// `ldaplint undo`: takes back what `apply` did.
struct Undo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Take back what a journal says was done; without --yes, say what that would do.",
    discussion: """
      Takes back exactly what was done, newest first. A value that somebody has changed since is \
      left alone and reported. The undo writes a journal of its own, by which --resume continues.

      Examples:
        ldaplint undo patch.ldif.journal --to ldaps://dc1.contoso.com --sasl gssapi
        ldaplint undo patch.ldif.journal --to ldaps://dc1.contoso.com --sasl gssapi --yes

      Exit status: 0 everything is (or would be) taken back, 1 records were refused or not sent, \
      2 the run was misused or failed.
      """)

  @Argument(
    help: ArgumentHelp("The journal that `apply` wrote.", valueName: "journal"),
    completion: .file())
  var done: String

  @OptionGroup var sending: SendingOptions

  @OptionGroup(title: "LDAP") var ldap: LDAPOptions

  func run() throws {
    // The run whose journal it is must not go on while it is taken back.
    let lock = try contents().isEmpty || !sending.yes ? nil : AppendOnlyFile.opened(done)
    defer { withExtendedLifetime(lock) {} }
    let bytes = try lock?.contents ?? contents()
    let undos: [Journal.Undo]
    let found: Journal?
    do throws(JournalError) {
      found = try Journal(bytes)
      undos = try found?.undos() ?? []
    } catch {
      let kind = error.isOfOtherFile ? PatchFile.kind(of: done) : nil
      throw Failure("\(done): \(kind.map { "this is \($0), and " } ?? "")\(error)")
    }
    if let found, found.unknown > 0, !sending.quiet {
      Terminal.note(
        "\(done): it says nothing of \(found.unknown) of \(found.patch.records) records: they were "
          + "not sent, or the file was cut off")
    }
    var sending = PatchSending(
      options: sending, ldap: ldap, origin: done, journalPath: sending.journal ?? "\(done).undo")
    // What was done again since it was taken back is to be taken back again.
    sending.isDoubtful = { found?.state(of: undos[$0 - 1].number) != .undone }
    if let lock, let found {
      let note = try marking(lock, found)
      sending.settled = { number, outcome in
        if outcome == .done || outcome == .already { note(undos[number - 1].number) }
      }
    }
    try sending.send(undos.map(\.record))
  }

  /// Writes into the journal what was taken back, so that a run which is continued does it again.
  private func marking(_ file: AppendOnlyFile, _ found: Journal) throws -> (Int) -> Void {
    do throws(SystemError) {
      try file.truncate(to: found.length)
    } catch {
      throw Failure("\(done): \(error.sentence)")
    }
    var journal = found
    return { number in
      do throws(SystemError) {
        try file.append(journal.undone(number))
      } catch {
        Terminal.note(
          "\(done): record \(number) was taken back but could not be marked so: \(error.reason)")
      }
    }
  }

  private func contents() throws -> [UInt8] {
    do throws(SystemError) {
      guard let found = try AppendOnlyFile.contents(of: done) else {
        throw SystemError(operation: "open", code: 2)
      }
      return found
    } catch {
      throw Failure("\(done): \(error.sentence)")
    }
  }
}
