import Bytes
import Directory
import LDIF
import Lint
import System

/// A plan as a script for Windows PowerShell 5.1 and later, with the module ActiveDirectory
/// (`Set-ADObject`, Microsoft Learn).
///
/// Values are single-quoted strings, in which nothing is expanded; a character that may not be shown
/// as it is stands outside them as its number. So no value ends its quotes, and none hides.
public struct PowerShellScript: Sendable {
  /// objectGUIDs by the objects' positions.
  private var identities: [Int: String] = [:]

  /// A script about `objects` of `result`, which it calls by their objectGUID where they have one.
  /// Throws when a source cannot be read.
  public init(_ objects: [ObjectEdit], of result: LintResult) throws(SystemError) {
    let context = result.context
    var current: (source: Int, reader: PlacedRecordReader)?
    for object in objects.sorted(by: { $0.position < $1.position }) {
      let (source, offset) = context.map.locate(object.position)
      if current?.source != source {
        let file = context.sources[source].input.file
        current = (source, PlacedRecordReader(file, hash: context.hash))
      }
      guard let value = try current?.reader.read(at: offset).record?.values("objectGUID").first
      else { continue }
      identities[object.position] = value.withByteView {
        (ObjectGUID(bytes: $0) ?? ObjectGUID(text: $0))?.text
      }
    }
  }

  /// Writes what comes before the objects, with what is said `about` them all.
  public func begin(_ about: [String], to out: inout OutputBuffer) {
    // Windows PowerShell 5.1 takes a file without byte order mark for one in the code page.
    out.append(utf8: "\u{FEFF}")
    let writer = LDIFWriter(comments: .whole)
    writer.comment("ldaplint script for Windows PowerShell 5.1 and later", to: &out)
    for line in about { writer.comment(line, to: &out) }
    out.append(utf8: Self.head)
  }

  /// Writes what is done of `object`, or what takes it back.
  public func write(_ object: ObjectEdit, isUndo: Bool, to out: inout OutputBuffer) {
    let writer = LDIFWriter(comments: .whole)
    out.append(utf8: "\n")
    for text in PatchRecords.comments(object, isUndo: isUndo) { writer.comment(text, to: &out) }
    let name = Self.literal(object.dn)
    let identity = identities[object.position].map { "'\($0)'" } ?? name
    let changes = isUndo ? PatchRecords.backwards(object) : object.modifications
    out.append(utf8: "Edit-Entry \(identity) \(name)")
    for operation in [Modification.Operation.delete, .add] {
      let parts = changes.filter { $0.operation == operation }.map {
        "\(Self.literal(Array($0.attribute.utf8))) = [string[]]@("
          + $0.values.map(Self.literal).joined(separator: ", ") + ")"
      }
      out.append(utf8: " @{ \(parts.joined(separator: "; ")) }")
    }
    out.append(utf8: "\n")
  }

  /// `value` as an expression that is that text. PowerShell takes four more characters for single
  /// quotes (about_Quoting_Rules); each is doubled, as it would end the string otherwise.
  static func literal(_ value: [UInt8]) -> String {
    var text = "'"
    var isSpelled = false
    for scalar in String(decoding: value, as: UTF8.self).unicodeScalars {
      guard HostileText.isShown(scalar) else {
        isSpelled = true
        text += "' + [char]::ConvertFromUtf32(\(scalar.value)) + '"
        continue
      }
      text.unicodeScalars.append(scalar)
      if scalar == "'" || (0x2018...0x201B).contains(scalar.value) {
        text.unicodeScalars.append(scalar)
      }
    }
    return isSpelled ? "(\(text)')" : "\(text)'"
  }

  /// What comes after the objects.
  public static let end = """

    Write-Entry "end: $script:done changed, $script:refused refused"
    if (-not $Apply) { Write-Entry 'nothing was changed; -Apply changes' }
    if ($script:refused) { exit 1 }

    """

  private static let head = """
    # Written on Linux, checked there as to its grammar, and never run on Windows: read it first.
    # Without -Apply it only says what it would do. Each object is changed in one operation, and only
    # when every old value is still there. The undo script beside it takes everything back.
    [CmdletBinding()]
    param([switch]$Apply, [string]$Server, [string]$Log = "$PSCommandPath.log")
    Set-StrictMode -Version 2
    $ErrorActionPreference = 'Stop'
    Import-Module ActiveDirectory
    $script:done = 0
    $script:refused = 0
    $to = @{}
    if ($Server) { $to['Server'] = $Server }

    function Write-Entry([string]$Text) {
      Write-Output $Text
      Add-Content -LiteralPath $Log -Encoding UTF8 -WhatIf:$false -Value "$(Get-Date -Format o) $Text"
    }

    # Whether one of $Values is $Value, letter by letter.
    function Test-Value($Values, [string]$Value) {
      foreach ($one in $Values) {
        if ([string]::Equals([string]$one, $Value, [StringComparison]::Ordinal)) { return $true }
      }
      return $false
    }

    function Edit-Entry([string]$Identity, [string]$Name, [hashtable]$Old, [hashtable]$New) {
      try {
        $names = @(@($Old.Keys) + @($New.Keys) | Select-Object -Unique)
        $entry = Get-ADObject -Identity $Identity -Properties $names @to
        $change = @{ Remove = @{}; Add = @{}; Replace = @{} }
        foreach ($attribute in $names) {
          $values = @($entry[$attribute])
          foreach ($value in $Old[$attribute]) {
            if (-not (Test-Value $values $value)) { throw "$attribute does not hold '$value'" }
          }
          foreach ($value in $New[$attribute]) {
            if ((Test-Value $values $value) -and -not (Test-Value $Old[$attribute] $value)) {
              throw "$attribute holds '$value' already"
            }
          }
          if ($values.Count -eq 1 -and $Old[$attribute] -and $New[$attribute]) {
            $change['Replace'][$attribute] = $New[$attribute]
          } else {
            if ($Old[$attribute]) { $change['Remove'][$attribute] = $Old[$attribute] }
            if ($New[$attribute]) { $change['Add'][$attribute] = $New[$attribute] }
          }
        }
        foreach ($kind in 'Remove', 'Add', 'Replace') {
          if ($change[$kind].Count -eq 0) { $change.Remove($kind) }
        }
        Set-ADObject -Identity $Identity @change @to -WhatIf:(-not $Apply)
        if ($Apply) { $script:done++; Write-Entry "changed $Name" }
        else { Write-Entry "would change $Name" }
      } catch {
        $script:refused++
        Write-Entry "refused ${Name}: $_"
      }
    }

    """
}
