import Bytes

/// A CSV file as the list of its columns: RFC 4180 with a header and CRLF; with another separator than
/// the comma, and a byte order mark, where spreadsheets want them.
public struct CSVTable<Row>: Sendable {
  /// A column: its name in the header, and what writes a row's cell.
  public struct Column: Sendable {
    let name: StaticString
    let write: @Sendable (Row, CSVCells, inout OutputBuffer) -> Void

    /// The column `name` whose cells `write` writes.
    public init(
      _ name: StaticString,
      cell write: @escaping @Sendable (Row, CSVCells, inout OutputBuffer) -> Void
    ) {
      self.name = name
      self.write = write
    }

    /// The column `name` of texts; an empty cell for nil.
    public init(_ name: StaticString, _ text: @escaping @Sendable (Row) -> String?) {
      self.init(name) { row, cells, out in
        if let text = text(row) { cells.append(text.utf8Span.span, to: &out) }
      }
    }

    /// The column `name` of sentences; an empty cell for nil.
    public init(_ name: StaticString, sentence: @escaping @Sendable (Row) -> String?) {
      self.init(name) { row, cells, out in
        if let text = sentence(row) { cells.append(sentence: text, to: &out) }
      }
    }

    /// The column `name` of values; an empty cell for nil and for what is not UTF-8.
    public init(_ name: StaticString, value: @escaping @Sendable (Row) -> [UInt8]?) {
      self.init(name) { row, cells, out in
        if let value = value(row), ScalarScan.isUTF8(value.span) {
          cells.append(value.span, to: &out)
        }
      }
    }
  }

  private let columns: [Column]
  private let cells: CSVCells

  /// A table with `columns`, whose cells are written as `cells` says.
  public init(_ columns: [Column], _ cells: CSVCells) {
    self.columns = columns
    self.cells = cells
  }

  /// Appends the names of the columns.
  public func header(to out: inout OutputBuffer) {
    cells.append(header: columns.map(\.name), to: &out)
  }

  /// Appends a row.
  public func append(_ row: Row, to out: inout OutputBuffer) {
    for index in columns.indices {
      if index > 0 { out.append(cells.separator) }
      columns[index].write(row, cells, &out)
    }
    out.append("\r\n")
  }
}
